/** `npm run deploy -- <environment>`: the check, then the stacks of that environment, then what to do next. */
import { iso } from '../core/time.ts';
import { systemClock } from '../lambdas/shared/clock.ts';
import { deploy } from './deploying/deploy.ts';
import { firstLead } from './deploying/first-lead.ts';
import { argumentsOf, runCommand, say } from './shared/command.ts';
import { environmentNamed } from './shared/environment.ts';

const USAGE = `usage: npm run deploy -- ENVIRONMENT [options]
  --yes                      asks for nothing
  --require-approval KIND    which changes ask first: never, any-change, broadening (the default)
  --force                    deploys although the check says that something required is missing`;

await runCommand(async () => {
  const { positionals, values } = argumentsOf(
    {
      args: process.argv.slice(2),
      allowPositionals: true,
      options: {
        yes: { type: 'boolean', short: 'y' },
        force: { type: 'boolean' },
        'require-approval': { type: 'string' },
      },
    },
    USAGE,
  );
  const { name } = environmentNamed(positionals[0]);
  const deployment = await deploy(name, {
    yes: values.yes,
    force: values.force,
    requireApproval: values['require-approval'],
    say,
  });
  const now = iso(systemClock.now());
  for (const line of firstLead(deployment, now, process.env['AWS_ENDPOINT_URL'])) say(line);
  return 0;
});
