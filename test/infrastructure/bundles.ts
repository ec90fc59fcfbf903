/** What is promised of the code that is deployed. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bundleFolder, bundleFunctions } from '../../lib/bundle.ts';
import { ENVIRONMENTS } from '../../lib/environments.ts';
import { FUNCTIONS } from '../../lib/functions.ts';
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
  AWS_REGION: 'eu-west-1',
};

const startAll = `
  const files = JSON.parse(process.argv[1]);
  const modules = await Promise.all(files.map((file) => import(file)));
  console.log(JSON.stringify(modules.map(({ handler }) => typeof handler)));
`;

export function bundlePromises(synthesized: () => Synthesized): void {
  describe('the bundles', () => {
    test('hold every function, none above 700 kB', () => {
      for (const sizes of Object.values(synthesized().sizes)) {
        expect(Object.keys(sizes).sort()).toEqual(FUNCTIONS.map(({ folder }) => folder).sort());
        expect(Math.max(...Object.values(sizes))).toBeLessThanOrEqual(700_000);
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

    test('are refused when a handler is missing, which is named', async () => {
      const spec = { ...FUNCTIONS[0]!, folder: 'forgotten' };
      await expect(bundleFunctions(ENVIRONMENTS[0]!.policyFile, [spec])).rejects.toThrow(
        /do not exist:\n.*forgotten\/handler\.ts/,
      );
    });
  });
}
