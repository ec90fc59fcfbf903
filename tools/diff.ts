/** `npm run diff -- <environment>`: what a deployment would change, in that environment alone. */
import { argumentsOf, runCommand } from './shared/command.ts';
import { cdk, synthesize } from './shared/cdk.ts';
import { environmentNamed } from './shared/environment.ts';

const USAGE = 'usage: npm run diff -- ENVIRONMENT';

await runCommand(async () => {
  const { positionals } = argumentsOf({ args: process.argv.slice(2), allowPositionals: true }, USAGE);
  const { name } = environmentNamed(positionals[0]);
  const { folder, stacks } = await synthesize(name);
  await cdk(['diff', '--app', folder, ...stacks], {});
  return 0;
});
