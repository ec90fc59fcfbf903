/** Support tickets over their routes: what is taken in, changed, refused, and reported. */
import { handler as exclude } from '../../../lambdas/api/exclude-ticket/handler.ts';
import { handler as partnerReport } from '../../../lambdas/api/get-partner-report/handler.ts';
import { handler as read } from '../../../lambdas/api/get-ticket/handler.ts';
import { handler as timeline } from '../../../lambdas/api/get-ticket-timeline/handler.ts';
import { handler as putOutage } from '../../../lambdas/api/put-outage/handler.ts';
import { handler as record } from '../../../lambdas/api/record-ticket-activity/handler.ts';
import { handler as submit } from '../../../lambdas/api/submit-ticket/handler.ts';
import { handler as update } from '../../../lambdas/api/update-ticket/handler.ts';
import type { TicketView } from '../../support/desk-views.ts';
import { ask, submit as submitLead } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';

const NOW = '2026-11-20T15:00:00.000Z';
let backend: Backend;
beforeAll(async () => {
  backend = await Backend.start();
});
beforeEach(() => backend.begin(NOW));
afterAll(() => backend.stop());

const body = (change: object = {}) => ({
  desk: { system: 'zendesk', recordId: '4711' },
  customer: { id: 'acme', kind: 'enterprise' },
  severity: 'high',
  ownerId: 'sam',
  openedAt: NOW,
  ...change,
});
const post = (change: object = {}) => ask<TicketView>(submit, { body: body(change) });
const opened = async (change: object = {}) => (await post(change)).body;
const on = (handler: Parameters<typeof ask>[0], ticketId: string, sent: object) =>
  ask<TicketView & { allowed?: string[] }>(handler, { path: { ticketId }, body: sent });

describe('a ticket', () => {
  it('is taken in once: the same again is the same ticket and starts nothing', async () => {
    const first = await post();
    expect(first.status).toBe(202);
    expect(first.body).toMatchObject({
      ...{ state: 'open', ownerId: 'sam', dueAt: '2026-11-20T16:00:00.000Z' },
      clocks: [
        { commitment: 'support.high.response', owes: 'sam' },
        { commitment: 'support.high.resolution', target: 'PT8H' },
      ],
    });
    expect(first.body.clocks[0]?.executionArn).toContain(`${first.body.ticketId}-support-high-response-1`);
    const started = backend.started.size;
    const again = await post({ severity: 'low' });
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(backend.started.size).toBe(started);
    expect((await ask<TicketView>(read, { path: { ticketId: first.body.ticketId } })).body).toEqual(
      first.body,
    );
  });

  it('starts executions that hold identifiers and instants alone', async () => {
    const { ticketId } = await opened();
    for (const input of backend.started.values()) {
      expect(Object.keys(input).sort()).toEqual(['clockId', 'next', 'outcome', 'run', 'ticketId']);
      expect(input).toMatchObject({ ticketId, run: 1, outcome: 'climb' });
    }
  });

  it.each([
    [{ severity: 'urgent' }, 'severity', 'critical, high, medium, low'],
    [{ customer: { id: 'acme', kind: 'gold' } }, 'customer.kind', 'enterprise, smb, free'],
    [{ ownerId: 'nobody' }, 'ownerId', 'active person'],
    [{ openedAt: '2026-11-20T16:00:00Z' }, 'openedAt', 'must not lie in the future'],
    [{ customer: { id: 'ada@example.com' } }, 'customer.id', 'letters, digits'],
    [{ note: 'call Ada' }, 'note', 'is not a known field'],
  ])('is refused where it names what is not there: %j', async (change, path, message) => {
    const { status, body: problem } = await post(change);
    expect(status).toBe(400);
    expect(problem.errors).toEqual([{ path, message: expect.stringContaining(message) as string }]);
    expect(backend.started.size).toBe(0);
  });

  it('that is not there is not found, by any route', async () => {
    const path = { ticketId: 'ticket-000000000000000000000000' };
    const sent = { what: 'answered', occurredAt: NOW, by: 'sam' };
    const answers = [ask(read, { path }), ask(timeline, { path }), ask(record, { path, body: sent })];
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});

describe('what happens to it', () => {
  it('is told once, however often it is sent', async () => {
    const { ticketId } = await opened();
    const answered = { what: 'answered', occurredAt: NOW, by: 'sam' };
    const first = await on(record, ticketId, answered);
    expect(first.body).toMatchObject({ state: 'answered', contacts: 1 });
    expect((await on(record, ticketId, answered)).body).toEqual(first.body);
    expect(backend.factsOf('TicketAnswered')).toBe(1);
    const { body: history } = await ask<{ timeline: { what: string; who: string }[] }>(timeline, {
      path: { ticketId },
    });
    expect(history.timeline.filter(({ what }) => what === 'ticket_answered')).toMatchObject([
      { who: 'person:sam' },
    ]);
  });

  it('is refused by what the ticket is, with what would be allowed', async () => {
    const { ticketId } = await opened();
    const reopened = await on(record, ticketId, { what: 'reopened', occurredAt: NOW, by: 'sam' });
    expect([reopened.status, reopened.body.allowed]).toEqual([409, ['answered', 'resolved']]);
    const early = { what: 'answered', occurredAt: '2026-11-20T14:59:59Z', by: 'sam' };
    expect((await on(record, ticketId, early)).status).toBe(422);
    expect((await on(record, ticketId, { ...early, occurredAt: NOW, by: 'nobody' })).status).toBe(422);
  });

  it('of severity and owner opens and moves clocks, and tells which fields', async () => {
    const { ticketId } = await opened({ severity: undefined });
    const { body: changed } = await on(update, ticketId, {
      severity: 'critical',
      ownerId: 'kim',
      by: 'mona',
    });
    expect(changed.clocks.map(({ clockId, status, owes }) => [clockId, status, owes])).toEqual([
      ['support.enterprise.response-1', 'cancelled', 'kim'],
      ['support.critical.response-1', 'within_sla', 'kim'],
      ['support.critical.resolution-1', 'within_sla', 'kim'],
    ]);
    expect(backend.events.find(({ detailType }) => detailType === 'TicketUpdated')?.data).toMatchObject({
      fields: ['ownerId', 'severity'],
      ownerId: 'kim',
    });
    expect((await on(update, ticketId, { by: 'mona' })).status).toBe(400);
  });

  it('of an exclusion has to be one that pauses, with an end after its beginning', async () => {
    const { ticketId } = await opened();
    const free = await on(exclude, ticketId, { exclusion: 'free_tier', from: NOW, by: 'mona' });
    expect([free.status, free.body.errors[0]?.message]).toEqual([
      400,
      expect.stringContaining('scheduled_maintenance, customer_caused'),
    ]);
    const turned = { exclusion: 'force_majeure', from: NOW, to: '2026-11-20T14:00:00Z', by: 'mona' };
    expect((await on(exclude, ticketId, turned)).body.errors).toMatchObject([{ path: 'to' }]);
    const lasting = { exclusion: 'force_majeure', from: NOW, by: 'mona' };
    expect((await on(exclude, ticketId, lasting)).body.clocks).toMatchObject([{ status: 'paused' }, {}]);
    backend.pass(1800);
    const ended = await on(exclude, ticketId, { ...lasting, to: '2026-11-20T15:30:00Z' });
    expect(ended.body.clocks[0]).toMatchObject({ status: 'within_sla', dueAt: '2026-11-20T16:30:00.000Z' });
  });
});

describe('reports', () => {
  it('of a partner read the leads that are stored', async () => {
    await submitLead(backend, { partner: { id: 'p-17' }, source: 'demo_request' });
    backend.pass(3600);
    const report = (partnerId: string, month = '2026-11') =>
      ask<{ leads: number; leadsRead: number; complete: boolean; promises: { commitment: string }[] }>(
        partnerReport,
        { path: { partnerId }, query: { month } },
      );
    expect((await report('p-17')).body).toMatchObject({ partnerId: 'p-17', complete: false, leadsRead: 1 });
    expect((await report('p-18')).body).toMatchObject({ leads: 0, promises: [], creditPercent: 0 });
    expect((await report('p-17', '2026-13')).status).toBe(400);
  });

  it('an outage replaces what was said of it, by somebody of the roster', async () => {
    const path = { service: 'mail', outageId: 'o-1' };
    const put = (sent: object) => ask(putOutage, { path, body: { from: NOW, by: 'rex', ...sent } });
    expect((await put({})).body).toMatchObject({ ...path, to: null, exclusion: null });
    expect((await put({ to: '2026-11-20T15:30:00Z' })).status).toBe(200);
    expect(await backend.services.outages.of('mail')).toMatchObject([{ to: '2026-11-20T15:30:00.000Z' }]);
    expect((await put({ by: 'nobody' })).status).toBe(422);
    expect((await put({ exclusion: 'free_tier' })).status).toBe(400);
  });
});
