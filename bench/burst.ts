/** A burst of leads over HTTP, and what became of each: lost, owned twice, told twice. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** How many times a request without an answer is made again. */
const TRIES = 20;

const eventSchema = z.object({
  detailType: z.string(),
  detail: z.object({
    metadata: z.object({ id: z.string() }),
    data: z.object({ leadId: z.string().optional(), rung: z.string().nullish() }),
  }),
});
const mailSchema = z.object({ to: z.string(), subject: z.string() });
const executionSchema = z.object({ name: z.string(), stateMachine: z.string(), status: z.string() });
const answerSchema = z.object({ leadId: z.string() });

/** Reads a `/local` list. */
export type Get = (path: string) => Promise<unknown>;

export interface Burst {
  posted: number;
  /** Ids of the leads that were answered with 200 or 202. */
  accepted: Set<string>;
  /** Milliseconds from the first request to the last answer. */
  took: number;
}

export interface Verdict {
  /** Accepted leads of which the bus has not heard, or that nobody owns. */
  lost: number;
  severalOwners: number;
  /** Accepted leads without exactly one execution of their own that goes on or has ended. */
  severalExecutions: number;
  /** Rungs that were climbed, each once per lead. */
  climbed: number;
  /** Rungs of a lead that were climbed again, and mails that somebody got again. */
  doubled: number;
}

/** A lead of a company of its own, so that its mails can be told from others'. */
export function burstLead(qualifiedAt: string): object {
  const id = randomUUID();
  return {
    crm: { system: 'burst', recordId: id },
    ...{ qualifiedAt, source: 'demo_request' },
    contact: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', country: 'US', region: 'MA' },
    company: { name: `Company ${id}`, employees: 1200 },
  };
}

/**
 * Posts leads spread over a time, whether or not those before have been answered; who gets no answer asks again.
 * @param post gives the status and the body of the answer
 * @param overMs within which all are posted for the first time
 */
export async function burst(
  bodies: object[],
  overMs: number,
  post: (body: object) => Promise<{ status: number; body: unknown }>,
): Promise<Burst> {
  const started = performance.now();
  const accepted = new Set<string>();
  const one = async (body: object, index: number): Promise<void> => {
    await sleep((overMs * index) / bodies.length);
    for (let tried = 0; tried < TRIES; tried += 1) {
      const answer = await post(body).catch(() => ({ status: 0, body: null }));
      if (answer.status === 200 || answer.status === 202) {
        accepted.add(answerSchema.parse(answer.body).leadId);
        return;
      }
      await sleep(250 * (tried + 1));
    }
  };
  await Promise.all(bodies.map(one));
  return { posted: bodies.length, accepted, took: performance.now() - started };
}

/** How many of these leads have an owner. */
export async function owned(get: Get, accepted: ReadonlySet<string>): Promise<number> {
  const events = z.array(eventSchema).parse(await get('/local/events'));
  return new Set(leadsOf(events, 'LeadAssigned').filter((leadId) => accepted.has(leadId))).size;
}

/** Judges what became of the leads by what went out: events, mails, executions. */
export async function judge(get: Get, accepted: ReadonlySet<string>): Promise<Verdict> {
  const [eventList, mailList, executionList] = await Promise.all(
    ['/local/events', '/local/mail', '/local/executions'].map(get),
  );
  const events = once(z.array(eventSchema).parse(eventList));
  const executions = z.array(executionSchema).parse(executionList);
  const owners = counted(leadsOf(events, 'LeadAssigned'));
  const known = new Set(leadsOf(events, 'LeadReceived'));
  const ids = [...accepted];
  const alive = executions.filter(
    ({ stateMachine, status }) => stateMachine === 'mql-response' && status !== 'FAILED',
  );
  const runs = counted(alive.map(({ name }) => name.replace(/-\d+(-r\d+)?$/, '')));
  const rungs = events.flatMap(({ detailType, detail: { data } }) =>
    data.rung == null ? [] : [`${data.leadId ?? ''} ${detailType} ${data.rung}`],
  );
  const mails = z
    .array(mailSchema)
    .parse(mailList)
    .map(({ to, subject }) => `${to} ${subject}`);
  return {
    lost: ids.filter((leadId) => !known.has(leadId) || !owners.has(leadId)).length,
    severalOwners: ids.filter((leadId) => (owners.get(leadId) ?? 0) > 1).length,
    severalExecutions: ids.filter((leadId) => runs.get(leadId) !== 1).length,
    climbed: new Set(rungs).size,
    doubled: rungs.length - new Set(rungs).size + mails.length - new Set(mails).size,
  };
}

type Event = z.infer<typeof eventSchema>;

/** An event that is delivered again carries the same id, and is the same fact. */
function once(events: Event[]): Event[] {
  return [...new Map(events.map((event) => [event.detail.metadata.id, event])).values()];
}

function leadsOf(events: Event[], detailType: string): string[] {
  return events.flatMap((event) =>
    event.detailType === detailType && event.detail.data.leadId !== undefined
      ? [event.detail.data.leadId]
      : [],
  );
}

function counted(names: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
