/** `npm run preflight -- <environment>`: what is missing before, and what is left to do after, a deployment. */
import { awsClients } from './shared/aws.ts';
import { argumentsOf, runCommand, say } from './shared/command.ts';
import { environmentNamed } from './shared/environment.ts';
import { isReady, preflight } from './preflight/check.ts';
import { findingLines } from './preflight/finding.ts';

const USAGE = `usage: npm run preflight -- ENVIRONMENT
Looks at all that a deployment needs, changes nothing; exit 1 if something required is missing.`;

await runCommand(async () => {
  const { positionals } = argumentsOf({ args: process.argv.slice(2), allowPositionals: true }, USAGE);
  const settings = environmentNamed(positionals[0]);
  const result = await preflight(settings, awsClients({ region: settings.region }));
  const { account, deployed, findings } = result;
  if (account !== null) {
    say(`${settings.name} in account ${account.account}, ${account.region}, as ${account.caller}`);
    say(deployed === null ? 'Nothing of it is deployed there yet.' : 'It is deployed there.');
  }
  for (const line of findingLines(findings)) say(line);
  if (findings.length === 0) say('Nothing is missing.');
  return isReady(result) ? 0 : 1;
});
