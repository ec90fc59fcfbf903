/** `npm run synth`: the templates of every environment, without asking the network for anything. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { builtSizes, sizeTable } from '../lib/bundle.ts';
import { findingsIn } from '../lib/findings.ts';

const project = path.resolve(import.meta.dirname, '..');
const assembly = path.join(project, 'cdk.out');
rmSync(assembly, { recursive: true, force: true });

const flags = ['--quiet', '--no-notices', '--no-version-reporting', '--no-lookups', '--output', assembly];
const cdk = spawnSync(process.execPath, ['node_modules/aws-cdk/bin/cdk', 'synth', ...flags], {
  cwd: project,
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: [path.join(project, 'node_modules', '.bin'), process.env['PATH']].join(path.delimiter),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
  },
});
if (cdk.status !== 0) process.exit(cdk.status ?? 1);

console.log(sizeTable(builtSizes()));
const findings = findingsIn(assembly);
for (const finding of findings) console.error(finding);
console.log(
  findings.length === 0 ? 'No findings of CloudFormation Validate.' : `${findings.length} findings.`,
);
process.exitCode = findings.length === 0 ? 0 : 1;
