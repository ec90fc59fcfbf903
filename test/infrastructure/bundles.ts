/** What is promised of the code that is deployed. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { ROUTES } from '../../lambdas/api/routes.ts';
import { compressedJson } from '../../lib/bundle-plugins.ts';
import { BANNER, bundleFolder, bundleFunctions, bundleLimit } from '../../lib/bundle.ts';
import { ENVIRONMENTS } from '../../lib/environments.ts';
import { FUNCTIONS, type FunctionSpec } from '../../lib/functions.ts';
import type { Synthesized } from './synthesized.ts';

const environment = {
  ENVIRONMENT: 'test',
  LEADS_TABLE: 'leads',
  ROSTER_TABLE: 'roster',
  EVENT_BUS_NAME: 'events',
  MAIL_FROM: 'sla@example.com',
  CONFIGURATION_SET: 'mail',
  MQL_RESPONSE_ARN: 'arn:aws:states:eu-west-1:123456789012:stateMachine:mql-response',
  COMMITMENT_CLOCK_ARN: 'arn:aws:states:eu-west-1:123456789012:stateMachine:commitment-clock',
  MX_LOOKUP: 'on',
  SUPPRESSION_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:suppression-key-123456',
  AWS_REGION: 'eu-west-1',
};

const startAll = `
  const files = JSON.parse(process.argv[1]);
  const modules = await Promise.all(files.map((file) => import(file)));
  console.log(JSON.stringify(modules.map(({ handler }) => typeof handler)));
`;

/** The functions whose bundles hold a file. */
function holders(file: RegExp): string[] {
  const folder = path.dirname(bundleFolder(ENVIRONMENTS[0]!.policyFile, 'any'));
  const { outputs } = JSON.parse(readFileSync(path.join(folder, 'meta.json'), 'utf8')) as {
    outputs: Record<string, { inputs: object }>;
  };
  return Object.entries(outputs)
    .filter(([, { inputs }]) => Object.keys(inputs).some((name) => file.test(name)))
    .map(([output]) => path.basename(path.dirname(output)))
    .sort();
}

function foldersOf(which: (spec: FunctionSpec) => boolean): string[] {
  return FUNCTIONS.filter(which)
    .map(({ folder }) => folder)
    .sort();
}

export function bundlePromises(synthesized: () => Synthesized): void {
  describe('the bundles', () => {
    test('hold every function, none above 750 kB, with mail domains 850 kB, with the whole gate 1,000 kB', () => {
      const most = ({ gate, mailDomains }: FunctionSpec): number =>
        gate === true ? 1_000_000 : mailDomains === true ? 850_000 : 750_000;
      for (const sizes of Object.values(synthesized().sizes)) {
        expect(Object.keys(sizes).sort()).toEqual(FUNCTIONS.map(({ folder }) => folder).sort());
        for (const spec of FUNCTIONS) {
          expect(bundleLimit(spec)).toBe(most(spec));
          expect([spec.folder, sizes[spec.folder]! <= bundleLimit(spec)]).toEqual([spec.folder, true]);
        }
        expect(Math.min(...Object.values(sizes))).toBeGreaterThan(10_000);
      }
    });

    test('start with nothing but what Lambda gives them, and export a handler', () => {
      const files = FUNCTIONS.map(({ folder }) =>
        path.join(bundleFolder(ENVIRONMENTS[0]!.policyFile, folder), 'index.mjs'),
      );
      const args = ['--input-type=module', '-e', startAll, JSON.stringify(files)];
      const answer = execFileSync(process.execPath, args, { env: environment, encoding: 'utf8' });
      expect(JSON.parse(answer)).toEqual(files.map(() => 'function'));
    });

    test('hold the compiled policy, no parser of YAML and no table of holidays of the world', () => {
      const folder = path.dirname(bundleFolder(ENVIRONMENTS[0]!.policyFile, 'any'));
      const { inputs } = JSON.parse(readFileSync(path.join(folder, 'meta.json'), 'utf8')) as {
        inputs: object;
      };
      const files = Object.keys(inputs);
      expect(files.filter((file) => file.startsWith('policy:'))).toHaveLength(1);
      expect(files.filter((file) => /node_modules\/(yaml|date-holidays|countries-and)/.test(file))).toEqual(
        [],
      );
    });

    test('hold nothing that the API says of itself to readers of its description', () => {
      for (const { folder } of FUNCTIONS) {
        const code = readFileSync(
          path.join(bundleFolder(ENVIRONMENTS[0]!.policyFile, folder), 'index.mjs'),
          'utf8',
        );
        for (const { summary, description } of ROUTES)
          expect([folder, [summary, description].filter((text) => code.includes(text))]).toEqual([
            folder,
            [],
          ]);
      }
    });

    test('hold the lists of the gate where they are asked and nowhere else', () => {
      const inGate = foldersOf(({ gate }) => gate === true);
      const inMailDomains = foldersOf(({ gate, mailDomains }) => gate === true || mailDomains === true);
      expect(inMailDomains).toHaveLength(inGate.length + 1);
      const inTelephones = foldersOf(({ gate, telephones }) => gate === true || telephones === true);
      expect(inTelephones).toHaveLength(inGate.length + 1);
      expect(holders(/libphonenumber-js/)).toEqual(inTelephones);
      expect(holders(/disposable_email_blocklist\.json$/)).toEqual(inMailDomains);
      expect(holders(/email-providers\/all\.json$/)).toEqual(inMailDomains);
    });

    test('hold nothing that libraries bring along for others', () => {
      expect(holders(/\/event-streams\//)).toEqual([]);
      const source = path.join(bundleFolder(ENVIRONMENTS[0]!.policyFile, 'get-lead'), 'index.mjs');
      const text = readFileSync(source, 'utf8');
      // What stands in for the schemas' way to JSON Schema, and what that would write.
      expect(text).toContain('JSON Schemas are not in the bundle.');
      expect(text).not.toContain('json-schema.org');
      expect(text).not.toContain('"devDependencies"');
    });

    test('hold the same lists as the libraries, compressed', async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'lead-sla-lists-'));
      const outfile = path.join(folder, 'lists.mjs');
      await build({
        stdin: {
          contents: `export { default as free } from 'email-providers/all.json';
            import { disposableEmailBlocklist } from 'disposable-email-domains-js';
            export const disposable = disposableEmailBlocklist();
            export { default as telephones } from 'libphonenumber-js/min/metadata';`,
          resolveDir: process.cwd(),
        },
        ...{ outfile, bundle: true, platform: 'node', format: 'esm', mainFields: ['module', 'main'] },
        banner: { js: BANNER },
        plugins: [compressedJson],
      });
      const print = `import(process.argv[1]).then((lists) => console.log(JSON.stringify(lists)));`;
      const answer = execFileSync(process.execPath, ['-e', print, outfile], { encoding: 'utf8' });
      const bytes = statSync(outfile).size;
      rmSync(folder, { recursive: true });
      const json = (file: string): unknown => JSON.parse(readFileSync(`node_modules/${file}`, 'utf8'));
      expect(JSON.parse(answer)).toEqual({
        free: json('email-providers/all.json'),
        disposable: json('disposable-email-domains-js/dist/dict/disposable_email_blocklist.json'),
        telephones: json('libphonenumber-js/metadata.min.json'),
      });
      // 365 kB as they are.
      expect(bytes).toBeLessThan(200_000);
    });

    test('are refused when a handler is missing, which is named', async () => {
      const spec = { ...FUNCTIONS[0]!, folder: 'forgotten' };
      await expect(bundleFunctions(ENVIRONMENTS[0]!.policyFile, [spec])).rejects.toThrow(
        /do not exist:\n.*forgotten\/handler\.ts/,
      );
    });
  });
}
