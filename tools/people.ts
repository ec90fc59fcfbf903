/** `npm run people -- <environment> FILE.yaml`: makes the roster say what the file says. */
import { loadPeople } from '../lib/policy/people.ts';
import { peopleLines, putPeople } from './people/put-people.ts';
import { apiOf } from './shared/api.ts';
import { awsClients } from './shared/aws.ts';
import { argumentsOf, runCommand, say } from './shared/command.ts';
import { BadCommand, environmentNamed } from './shared/environment.ts';
import { stacksThatAreThere } from './shared/stacks.ts';

const USAGE = `usage: npm run people -- ENVIRONMENT FILE.yaml
FILE.yaml has the form of policy/people.yaml. Running it again changes nothing; nobody is removed.`;

await runCommand(async () => {
  const { positionals } = argumentsOf({ args: process.argv.slice(2), allowPositionals: true }, USAGE);
  const [environment, file] = positionals;
  const { name, region } = environmentNamed(environment);
  if (file === undefined) throw new BadCommand(USAGE);
  const people = await loadPeople(file);
  const aws = awsClients({ region });
  const report = await putPeople(
    await apiOf(aws, await stacksThatAreThere(aws.cloudFormation, name)),
    people,
  );
  for (const line of peopleLines(report)) say(line);
  return report.refused.length === 0 ? 0 : 1;
});
