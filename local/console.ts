/** What the runner prints: where it is, what to try, and then one line per thing that happens. */
import { z } from 'zod';
import type { EpochMs } from '../core/time.ts';
import { iso, storedMs } from '../core/time.ts';
import type { KeptEvent } from './aws/event-bridge.ts';
import type { KeptMail } from './aws/mail.ts';
import type { Execution } from './machines/execution.ts';
import type { Runner, Watcher } from './runner-types.ts';
import { sampleLead } from './sample-lead.ts';

type Print = (line: string) => void;

const aboutSchema = z.looseObject({
  data: z.looseObject({
    leadId: z.string().optional(),
    ownerId: z.string().nullish(),
    personId: z.string().nullish(),
    poolId: z.string().nullish(),
  }),
});

/** What to show when it is ready. */
export function welcome(runner: Runner, readyInMs: number, kept: boolean): string {
  const { url, apiKey } = runner;
  const people = runner.scheduler.waiting === 0 ? '' : `, ${runner.scheduler.waiting} executions waiting`;
  return [
    `lead-sla: ready in ${Math.round(readyInMs)} ms, it is ${iso(runner.now())}${people}`,
    '',
    `  API   ${url}/v1`,
    `  key   ${apiKey}`,
    `  data  ${kept ? runner.data : 'temporary, gone when it ends (keep it with --data DIR)'}`,
    '',
    'Try:',
    '',
    sampleRequest(url, apiKey, runner.now()),
    '',
    `  curl -s ${url}/local/clock -d '{"advance":"PT10M"}'`,
    '',
  ].join('\n');
}

/** A lead that qualified just now. */
function sampleRequest(url: string, apiKey: string, now: EpochMs): string {
  const lead = sampleLead(iso(now), `00Q${String(now).slice(-9)}`);
  return `  curl -s ${url}/v1/leads -H 'x-api-key: ${apiKey}' -H 'content-type: application/json' -d '${JSON.stringify(lead)}'`;
}

/** Prints a line per event and mail, and whatever went wrong. */
export function printer(print: Print, now: () => EpochMs): Watcher {
  return {
    event: (event) => print(eventLine(event)),
    mail: (mail) => print(mailLine(mail)),
    ended: (execution) => {
      if (execution.status !== 'SUCCEEDED') print(endLine(execution));
    },
    error: (message, fields) =>
      print(line(now(), 'error', message, textOf(fields['leadId']), textOf(fields['error']))),
  };
}

function eventLine({ at, detailType, detail }: KeptEvent): string {
  const about = aboutSchema.safeParse(detail).data?.data;
  const who = about?.ownerId ?? about?.personId ?? about?.poolId ?? '';
  return line(storedMs(at), 'event', detailType, about?.leadId ?? '', who);
}

function mailLine({ at, to, subject }: KeptMail): string {
  return line(storedMs(at), 'mail', subject, '', to);
}

function endLine(one: Execution): string {
  return line(
    one.end?.at ?? one.startedAt,
    'failed',
    `${one.machine}: ${one.end?.error ?? one.status}`,
    one.name,
    one.state ?? '',
  );
}

/** Time, kind, what, lead, who. */
function line(at: EpochMs, kind: string, what: string, lead: string, who: string): string {
  const time = iso(at).replace('T', ' ').slice(0, 19);
  return [time, kind.padEnd(6), what.padEnd(22), lead, who]
    .join('  ')
    .trimEnd()
    .replace(/\s{3,}(?=\S*@)/, '  ');
}

function textOf(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return typeof value === 'string' ? value : '';
}
