/** What libraries bring along and no function uses: each byte of a bundle is part of a cold start. */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** Each client of the SDK brings its whole package.json in order to say its version. */
const versionsOfClients: Plugin = {
  name: 'versions-of-clients',
  setup: (build) => {
    build.onLoad({ filter: /\/@aws-sdk\/client-[\w-]+\/package\.json$/ }, async ({ path: file }) => {
      const version = /"version": "([^"]+)"/.exec(await readFile(file, 'utf8'))?.[1];
      if (version === undefined) throw new Error(`${file} tells no version`);
      return { loader: 'json', contents: JSON.stringify({ version }) };
    });
  },
};

/** Loaded on demand by the SDK, for services that answer in streams of events: none of ours does. */
const noEventStreams: Plugin = {
  name: 'no-event-streams',
  setup: (build) => {
    build.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, () => ({
      path: 'event-streams',
      namespace: 'dead-weight',
    }));
    build.onLoad({ filter: /^event-streams$/, namespace: 'dead-weight' }, () => ({
      contents: `throw new Error('Event streams are not in the bundle.');`,
    }));
  },
};

/** JSON Schemas are made of the routes when they are deployed and described, never by a function. */
const noJsonSchemas: Plugin = {
  name: 'no-json-schemas',
  setup: (build) => {
    const filter = /\/zod\/v4\/core\/(?:json-schema-processors|to-json-schema)\.js$/;
    build.onLoad({ filter }, async ({ path: file }) => {
      const names = [...(await readFile(file, 'utf8')).matchAll(/^export (?:const|function) (\w+)/gm)];
      // What makes a method is called for every schema; the methods are not.
      const exported = names.map(([, name = '']) =>
        name.startsWith('create')
          ? `export const ${name} = () => refused;`
          : `export const ${name} = refused;`,
      );
      const refused = `const refused = () => { throw new Error('JSON Schemas are not in the bundle.'); };`;
      return { contents: [refused, ...exported].join('\n') };
    });
  },
};

export const withoutDeadWeight: readonly Plugin[] = [versionsOfClients, noEventStreams, noJsonSchemas];
