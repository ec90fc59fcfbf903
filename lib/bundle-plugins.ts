/** What the bundles have in place of what runs from source. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'esbuild';

/**
 * The compiled policy where the code imports `#policy`: compressed, for most of it is dates of holidays, and the size
 * of a bundle is part of each cold start.
 */
export function policyFrom(compiledFile: string): Plugin {
  return {
    name: 'policy',
    setup: (build) => {
      build.onResolve({ filter: /^#policy$/ }, () => ({ path: compiledFile, namespace: 'policy' }));
      build.onLoad({ filter: /.*/, namespace: 'policy' }, async () => {
        return { contents: decompressing(await readFile(compiledFile)) };
      });
    },
  };
}

/** JSON of libraries that is large: domains that give mailboxes, and the telephone numbers of the world. */
const LARGE_JSON =
  /\/node_modules\/(?:email-providers\/all|disposable-email-domains-js\/dist\/dict\/\w+|libphonenumber-js\/metadata\.min)\.json(?:\.js)?$/;

/** Compresses what the gate brings along (decision 0021). */
export const compressedJson: Plugin = {
  name: 'compressed-json',
  setup: (build) => {
    build.onLoad({ filter: LARGE_JSON }, async ({ path: file }) => ({
      // One of them is the same JSON in a module of its own, for browsers; another is required, by CommonJS.
      contents: decompressing(
        await readFile(file.replace(/\.js$/, '')),
        file.endsWith('.js') ? 'esm' : 'cjs',
      ),
    }));
  },
};

/** A module that has some JSON for its only export, compressed and in base64. */
function decompressing(json: Buffer, format: 'esm' | 'cjs' = 'esm'): string {
  const compressed = brotliCompressSync(json).toString('base64');
  const value = `JSON.parse(brotliDecompressSync(Buffer.from('${compressed}', 'base64')).toString())`;
  return format === 'esm'
    ? `import { brotliDecompressSync } from 'node:zlib'; export default ${value};`
    : `const { brotliDecompressSync } = require('node:zlib'); module.exports = ${value};`;
}

/**
 * Puts an entry around each handler that makes the services while the function starts, before its first request.
 * The import on demand that the source has for this keeps the bundler from dropping unused code, so it is cut off.
 */
export function startsWithServices(sharedFolder: string): Plugin {
  const shared = (file: string): string => JSON.stringify(path.join(sharedFolder, file));
  return {
    name: 'starts-with-services',
    setup: (build) => {
      build.onResolve({ filter: /handler\.ts$/ }, ({ kind, path: handler }) =>
        kind === 'entry-point' ? { path: handler, namespace: 'entry' } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: 'entry' }, ({ path: handler }) => ({
        resolveDir: path.dirname(handler),
        contents: `import { useServices } from ${shared('services.ts')};
          import { servicesFromEnvironment } from ${shared('production.ts')};
          useServices(await servicesFromEnvironment(process.env));
          export { handler } from ${JSON.stringify(handler)};`,
      }));
      build.onResolve({ filter: /production\.ts$/ }, ({ kind }) =>
        kind === 'dynamic-import' ? { path: 'production', namespace: 'cut-off' } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: 'cut-off' }, () => ({
        contents: `export const servicesFromEnvironment = () => { throw new Error('made at the start'); };`,
      }));
    },
  };
}

/** Lambda gives its credentials in the environment: the other ways to find some would be dead weight. */
export const credentialsFromEnvironment: Plugin = {
  name: 'credentials-from-environment',
  setup: (build) => {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ resolveDir }) => ({
      path: 'credentials',
      namespace: 'credentials',
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /.*/, namespace: 'credentials' }, ({ pluginData }) => ({
      resolveDir: String(pluginData),
      contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
    }));
  },
};

/** A text of the source, with what stands before it. */
const TEXT = String.raw`(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")`;
/** What routes and schemas say of themselves to readers of the API's description. */
const PROSE = new RegExp(String.raw`\b(summary|description):\s*${TEXT}`, 'g');
const DESCRIBED = new RegExp(String.raw`\s*\.describe\(\s*${TEXT},?\s*\)`, 'g');

/**
 * Our own sources as they are bundled. zod hands out all of itself as one object; imported as a namespace, what is not
 * used can be dropped. What the API says of itself is for its description, and no function reads it.
 */
export const ownSources: Plugin = {
  name: 'own-sources',
  setup: (build) => {
    build.onLoad({ filter: /\/(core|lambdas)\/.*\.ts$/ }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      const contents = source.replace("import { z } from 'zod';", "import * as z from 'zod';");
      return { loader: 'ts', contents: file.includes('/lambdas/api/') ? withoutProse(contents) : contents };
    });
  },
};

function withoutProse(source: string): string {
  return source.replace(PROSE, "$1: ''").replace(DESCRIBED, '');
}

/** Our own modules only export: one of which nothing is used can be dropped, with all that it imports. */
export const sourcesWithoutSideEffects: Plugin = {
  name: 'sources-without-side-effects',
  setup: (build) => {
    build.onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path: file, resolveDir }) => ({
      path: path.resolve(resolveDir, file),
      sideEffects: false,
    }));
  },
};
