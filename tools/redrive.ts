/** `npm run redrive -- <environment>`: sends the events again that a target has refused. */
import { GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { listUndelivered } from './redrive/list.ts';
import { failedRuns, purgeFailedRuns } from './redrive/reconcile-failed.ts';
import { redrive } from './redrive/redrive.ts';
import { redriveLines, waitingLines } from './redrive/report.ts';
import { awsClients } from './shared/aws.ts';
import { argumentsOf, countOf, runCommand, say } from './shared/command.ts';
import { environmentNamed } from './shared/environment.ts';

const USAGE = `usage: npm run redrive -- ENVIRONMENT [options]
  --list               shows what waits, by rule and error, and changes nothing
  --rule NAME          only the events of this rule, such as crm or slack
  --max N              at most so many
  --rate N             events a second (default 20)
  --purge-reconcile    empties the queue of failed runs of the reconciler`;

await runCommand(async () => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { positionals, values } = argumentsOf(
    {
      args: process.argv.slice(2),
      allowPositionals: true,
      options: { list: flag, rule: text, max: text, rate: text, 'purge-reconcile': flag },
    },
    USAGE,
  );
  const { name, region } = environmentNamed(positionals[0]);
  const [max, perSecond] = [countOf('--max', values.max), countOf('--rate', values.rate)];
  const { sqs, events } = awsClients({ region });
  const queue = async (what: string) => {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `lead-sla-${name}-${what}` }));
    if (QueueUrl === undefined) throw new Error(`There is no queue lead-sla-${name}-${what}.`);
    return { sqs, queueUrl: QueueUrl };
  };
  const reconciler = await queue('reconcile-failed');
  if (values['purge-reconcile'] === true) {
    await purgeFailedRuns(reconciler);
    say('The failed runs of the reconciler are forgotten.');
    return 0;
  }
  const undelivered = await queue('undelivered');
  if (values.list === true) {
    const { waiting, broken } = await listUndelivered(undelivered, { max });
    for (const line of waitingLines(waiting, broken)) say(line);
    const runs = await failedRuns(reconciler);
    if (runs > 0) {
      say(
        `${runs} runs of the reconciler failed. The next run has done their work; the log of the function says why.`,
      );
      say(`Forget them: npm run redrive -- ${name} --purge-reconcile`);
    }
    return 0;
  }
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  const place = { ...undelivered, events, busName: `lead-sla-${name}-events` };
  const report = await redrive(place, { max, perSecond, rule: values.rule, signal: stopping.signal });
  for (const line of redriveLines(report)) say(line);
  return Object.keys(report.refused).length + report.broken.length === 0 ? 0 : 1;
});
