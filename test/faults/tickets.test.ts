/** A ticket's tale: a function dies after each single effect of each step, and somebody goes on. */
import type { Ticket } from '../../core/model/ticket.ts';
import { handler as exclude } from '../../lambdas/api/exclude-ticket/handler.ts';
import { handler as record } from '../../lambdas/api/record-ticket-activity/handler.ts';
import { handler as submit } from '../../lambdas/api/submit-ticket/handler.ts';
import { handler as update } from '../../lambdas/api/update-ticket/handler.ts';
import { handler as reconcile } from '../../lambdas/schedule/reconcile/handler.ts';
import { ticketIdOf } from '../../lambdas/shared/ticket-id.ts';
import { handler as breach } from '../../lambdas/workflow/reassign-on-breach/handler.ts';
import { ask } from '../support/flow.ts';
import { Backend, type Kept } from '../support/services.ts';
import { deathsOf, words, type Death } from './deaths.ts';
import { played } from './report.ts';

const NIGHT = Date.parse('2026-11-16T21:30:00Z');
const at = (minutes: number): string => new Date(NIGHT + minutes * 60_000).toISOString();
const desk = { system: 'zendesk', recordId: '4711' };
const ticketId = ticketIdOf(desk);
const path = { ticketId };
const RESPONSE = `${ticketId}-support-critical-response-1`;

interface Step {
  name: string;
  at: string;
  take: () => Promise<unknown>;
}

let backend: Backend;

/** An API's caller goes by the status. */
const asked = async (...[handler, request]: Parameters<typeof ask>): Promise<void> => {
  const { status, body } = await ask(handler, request);
  if (status >= 300) throw new Error(JSON.stringify(body));
};

const STEPS: Step[] = [
  {
    name: 'opened',
    at: at(0),
    take: () =>
      asked(submit, {
        body: {
          desk,
          customer: { id: 'acme', kind: 'enterprise' },
          severity: 'critical',
          ownerId: 'sam',
          openedAt: at(0),
        },
      }),
  },
  { name: 'breached', at: at(16), take: () => breach(backend.started.get(RESPONSE)) },
  {
    name: 'answered',
    at: at(20),
    take: () => asked(record, { path, body: { what: 'answered', occurredAt: at(20), by: 'sam' } }),
  },
  {
    name: 'excluded afterwards',
    at: at(30),
    take: () =>
      asked(exclude, {
        path,
        body: { exclusion: 'customer_caused', from: at(0), to: at(10), by: 'mona' },
      }),
  },
  {
    name: 'given to somebody else',
    at: at(40),
    take: () => asked(update, { path, body: { ownerId: 'kim', by: 'mona' } }),
  },
  {
    name: 'resolved',
    at: at(60),
    take: () => asked(record, { path, body: { what: 'resolved', occurredAt: at(60), by: 'kim' } }),
  },
];

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());

/** What there is to be seen; a mail that goes out twice stands here twice. */
async function seen() {
  const ticket = (await backend.services.tickets.get(ticketId)) as Ticket;
  const timeline = await backend.services.tickets.timeline(ticketId);
  const records = await backend.services.tickets.records(ticketId);
  const ids = new Set(backend.events.map(({ detailType, id }) => `${detailType} ${id}`));
  const clocks = ticket.clocks.map(({ clockId, status, verdicts, pauses, run, owes }) =>
    [clockId, status, verdicts.map(({ verdict }) => verdict), pauses.length, run, owes].join(' '),
  );
  return {
    clocks,
    state: [ticket.state, ticket.contacts, ticket.owed.length],
    mails: backend.mails.map(({ to, tag }) => `${to} ${tag}`).sort(),
    events: [...ids].map(plain).sort(),
    history: timeline
      .filter(({ what }) => what !== 'finished_by_reconciler')
      .map(({ entryId }) => plain(entryId))
      .sort(),
    records: records.map(({ type, recordId, state }) => `${type} ${recordId} ${state}`).sort(),
    started: [...backend.started.keys()].sort(),
  };
}

/** Named after the version of the ticket, which a fault may raise. */
const plain = (id: string): string => id.replace(/(ticket_updated|TicketUpdated)\/\d+$/, '$1/@');

/** Plays on from a step; what was left undone is finished a few minutes later. */
async function play(steps: Step[], again: boolean): Promise<boolean> {
  let died = false;
  for (const [n, step] of steps.entries()) {
    backend.at(step.at);
    await step.take().catch(() => undefined);
    if (!backend.dead) continue;
    died = true;
    await backend.restart();
    backend.pass(5);
    if (n === 0 && again) await step.take();
    backend.pass(150);
    await reconcile();
  }
  backend.at(at(75));
  await reconcile();
  return died;
}

const recorded: { step: number; commands: Backend['heard']; kept: Kept }[] = [];
let healthy: Awaited<ReturnType<typeof seen>>;

test('without a fault: owner and manager are told once, the breach is logged and taken back', async () => {
  await backend.begin(at(0));
  for (const [step, { at: instant, take }] of STEPS.entries()) {
    backend.at(instant);
    const kept = await backend.keep();
    await backend.services.roster.load();
    backend.dieAt(Infinity, 'before');
    await take();
    recorded.push({ step, commands: backend.heard, kept });
  }
  backend.at(at(75));
  await reconcile();
  healthy = await seen();
  expect(healthy).toMatchObject({
    clocks: [
      'support.critical.response-1 met missed,missed,met 1 1 sam',
      'support.critical.resolution-1 met met 1 1 kim',
    ],
    state: ['resolved', 2, 0],
    records: ['breach support.critical.response-1/breach overturned'],
    started: [`${ticketId}-support-critical-resolution-1`, RESPONSE],
  });
  expect(healthy.mails.map((mail) => mail.split(' ')[0])).toEqual(['mona', 'sam']);
  expect(healthy.events.filter((id) => id.startsWith('SlaBreached'))).toHaveLength(1);
});

/** Whether the save has been done, so that the reconciler has something to go by. */
const isSaved = (commands: Backend['heard'], { n, when }: Death): boolean =>
  commands.slice(0, when === 'after' ? n + 1 : n).some(({ command }) => command === 'PutCommand');

test.each(['retried', 'left'])('whatever dies is made good when it is %s', async (afterwards) => {
  const faults: string[] = [];
  let count = 0;
  for (const { step, commands, kept } of recorded) {
    for (const death of deathsOf(commands)) {
      if (afterwards === 'left' && !isSaved(commands, death)) continue;
      count += 1;
      await backend.resume(kept);
      await backend.services.roster.load();
      backend.dieAt(death.n, death.when);
      const died = await play(STEPS.slice(step), afterwards === 'retried');
      const now = await seen();
      const isGap = death.when === 'after' && commands[death.n]?.command === 'SendEmailCommand';
      const mails = isGap ? [...new Set(now.mails)] : now.mails;
      const where = `${STEPS[step]!.name} dies ${death.when} ${death.n}, ${words(commands[death.n]!)}`;
      const [got, wanted] = [{ ...now, mails }, healthy].map((one) => JSON.stringify(one, null, 1));
      if (!died) faults.push(`${where}: it did not die`);
      if (got !== wanted) faults.push(`${where}: ${got ?? ''}`);
    }
  }
  played(`death of a ticket's step, ${afterwards}`, count, faults.length);
  expect(count).toBeGreaterThan(20);
  expect(faults.join('\n')).toBe('');
});
