/** Support tickets on the real machines (policy book §16): told, paused, judged anew, and what is owed for the month. */
import { Desk } from '../support/desk.ts';
import { Story } from '../support/story.ts';

/** A Monday: half past ten at night for the customer in Berlin, the afternoon for those who owe. */
const NIGHT = '2026-11-16T22:30:00+01:00';
const at = (minutes: number): string => new Date(Date.parse(NIGHT) + minutes * 60_000).toISOString();

describe('support', () => {
  let story: Story;
  let desk: Desk;
  beforeAll(async () => {
    story = await Story.begin(NIGHT);
    desk = new Desk(story);
  });
  afterAll(async () => {
    await story.end();
  });

  const factsOf = async (ticketId: string) =>
    (await story.events())
      .filter(({ detail }) => detail.data['ticketId'] === ticketId)
      .map(({ detailType }) => detailType);
  const clocks = async (ticketId: string) =>
    (await desk.read(ticketId)).clocks.map(({ clockId, status, dueAt }) => [clockId, status, dueAt]);

  test('a critical ticket at night: told once, paused, resolved late, and the remedy of its month', async () => {
    const { ticketId } = await desk.open();
    expect(await clocks(ticketId)).toEqual([
      ['support.critical.response-1', 'within_sla', at(15)],
      ['support.critical.resolution-1', 'within_sla', at(240)],
    ]);
    await story.until(at(16));
    expect(await story.mails('Europe/Berlin')).toEqual([
      'Mon 22:45:00 sam: Target missed: zendesk T-1, Response, system down (due now)',
      'Mon 22:45:00 mona: Breach: zendesk T-1, Response, system down (due now)',
    ]);
    expect(await factsOf(ticketId)).toEqual(['TicketOpened', 'SlaBreached']);

    await story.until(at(20));
    const answered = await desk.tell(ticketId, 'answered');
    expect(answered.body).toMatchObject({ state: 'answered', firstResponseAt: at(20), contacts: 1 });
    expect((await desk.tell(ticketId, 'answered', { occurredAt: at(20) })).body).toEqual(answered.body);

    const maintenance = { exclusion: 'scheduled_maintenance', from: at(30), to: at(90) };
    await desk.exclude(ticketId, maintenance);
    await story.until(at(40));
    expect((await desk.read(ticketId)).clocks[1]).toMatchObject({ status: 'paused' });
    await story.until(at(100));
    expect((await clocks(ticketId))[1]).toEqual(['support.critical.resolution-1', 'within_sla', at(300)]);
    await story.until(at(299));
    expect(await story.mail()).toHaveLength(2);
    await story.until(at(310));
    expect((await desk.read(ticketId)).clocks[1]).toMatchObject({ status: 'breached' });
    const resolved = await desk.tell(ticketId, 'resolved');
    expect(resolved.body.clocks.map(({ status }) => status)).toEqual(['missed', 'missed']);
    const happened = await desk.happened(ticketId);
    const times = (what: string) => happened.filter((other) => other === what).length;
    expect(happened.slice(0, 4)).toEqual(['ticket_opened', 'clock_started', 'clock_started', 'rung_breach']);
    expect(['rung_breach', 'clock_met_late', 'clock_paused', 'clock_resumed'].map(times)).toEqual([
      2, 2, 1, 1,
    ]);

    const { body } = await desk.remedies('month=2026-11&customer=acme');
    expect(body).toMatchObject({
      ...{ customerId: 'acme', kind: 'enterprise', complete: false, leftOut: null },
      tickets: { judged: 2, met: 0, percent: 0 },
      availability: [{ service: 'mail', downtimeMs: 0, kept: true }],
      ...{ credits: [{ percent: 10 }], creditPercent: 10 },
    });
    expect(body.analyses.map(({ analysisId }) => analysisId)).toEqual([
      `${ticketId}/support.critical.response-1/root_cause`,
      `${ticketId}/support.critical.resolution-1/root_cause`,
    ]);
  });

  test('a high ticket that is met in time tells nobody', async () => {
    const before = (await story.mail()).length;
    const { ticketId } = await desk.open({ severity: 'high', customer: { id: 'bolt', kind: 'smb' } });
    await story.pass('PT50M');
    await desk.tell(ticketId, 'answered');
    await story.pass('PT6H');
    const { body } = await desk.tell(ticketId, 'resolved');
    expect(body.clocks.map(({ status }) => status)).toEqual(['met', 'met']);
    await story.pass('PT10H');
    expect((await story.mails()).slice(before)).toEqual([]);
    expect(await factsOf(ticketId)).toEqual([
      'TicketOpened',
      ...['TicketAnswered', 'SlaMet', 'TicketResolved', 'SlaMet'],
    ]);
    const runs = (await story.executions()).filter(({ name }) => name.startsWith(ticketId));
    expect(runs.map(({ status, state }) => [status, state])).toEqual([
      ['SUCCEEDED', 'Met in time'],
      ['SUCCEEDED', 'Met in time'],
    ]);
    expect((await desk.remedies('month=2026-11&customer=bolt')).body).toMatchObject({
      tickets: { judged: 2, met: 2 },
      creditPercent: 0,
    });
  });

  test('an exclusion that is entered afterwards turns the verdict, and the history keeps both', async () => {
    const { ticketId, openedAt } = await desk.open({ customer: { id: 'cube', kind: 'enterprise' } });
    const later = (minutes: number) => new Date(Date.parse(openedAt) + minutes * 60_000).toISOString();
    await story.until(later(20));
    expect((await desk.tell(ticketId, 'answered')).body.clocks[0]).toMatchObject({ status: 'missed' });
    await story.until(later(60));
    const ask = { exclusion: 'customer_caused', from: later(0), to: later(10) };
    const { body } = await desk.exclude(ticketId, ask);
    expect(body.clocks[0]).toMatchObject({ status: 'met', dueAt: later(25) });
    expect(body.clocks[0]?.verdicts.map(({ verdict }) => verdict)).toEqual(['missed', 'missed', 'met']);
    expect((await desk.exclude(ticketId, ask)).body).toEqual(body);
    expect(await desk.happened(ticketId)).toContain('verdict_turned');
    expect(await factsOf(ticketId)).toContain('SlaVerdictTurned');
    expect((await desk.exclude(ticketId, { ...ask, to: later(12) })).status).toBe(409);
    await desk.tell(ticketId, 'resolved');
  });

  test('a miss that is taken back is told anew when the new deadline passes', async () => {
    const { ticketId, openedAt } = await desk.open({ customer: { id: 'dune', kind: 'enterprise' } });
    const later = (minutes: number) => new Date(Date.parse(openedAt) + minutes * 60_000).toISOString();
    const mailsOf = async () => (await story.mail()).filter(({ text }) => text.includes('dune')).length;
    await story.until(later(16));
    expect(await mailsOf()).toBe(2);
    await desk.exclude(ticketId, { exclusion: 'force_majeure', from: later(5), to: later(20) });
    await story.until(later(29));
    expect([(await desk.read(ticketId)).clocks[0]?.status, await mailsOf()]).toEqual(['within_sla', 2]);
    await story.until(later(31));
    expect([(await desk.read(ticketId)).clocks[0]?.status, await mailsOf()]).toEqual(['breached', 4]);
    await story.pass('PT2H');
    expect(await mailsOf()).toBe(4);
    expect(await factsOf(ticketId)).toEqual(
      expect.arrayContaining(['SlaBreached', 'ClockPaused', 'ClockResumed']),
    );
    await desk.tell(ticketId, 'resolved');
  });

  test('the free tier has its clocks and no remedy; one that comes back is to be resolved anew', async () => {
    const free = { severity: null, customer: { id: 'free-1', kind: 'free' } };
    const { ticketId } = await desk.open({ ...free, severity: undefined });
    expect((await desk.read(ticketId)).clocks).toMatchObject([{ commitment: 'support.free.response' }]);
    await story.pass('PT25H');
    await desk.tell(ticketId, 'resolved');
    expect((await desk.remedies('month=2026-11&customer=free-1')).body).toMatchObject({
      ...{ leftOut: 'free_tier', credits: [], analyses: [], tickets: { judged: 1, met: 0 } },
    });
    const judged = await desk.change(ticketId, { severity: 'low' });
    expect(judged.body.clocks).toHaveLength(1);
    const again = await desk.tell(ticketId, 'reopened');
    expect(again.body.clocks[1]).toMatchObject({ clockId: 'support.low.resolution-1', target: 'PT72H' });
    expect((await desk.tell(ticketId, 'reopened', { occurredAt: at(1) })).status).toBe(409);
  });

  test('downtime beyond the budget of the month is owed for, and excluded downtime is not', async () => {
    const put = (id: string, body: object) =>
      story.call('PUT', `/v1/services/shop/outages/${id}`, { by: 'rex', ...body });
    const span = { from: '2026-11-17T09:00:00Z', to: '2026-11-17T09:20:00Z' };
    expect((await put('o-1', span)).status).toBe(200);
    const query = 'month=2026-11&customer=shopper&kind=enterprise&services=shop';
    expect((await desk.remedies(query)).body).toMatchObject({
      availability: [{ service: 'shop', downtimeMs: 1_200_000, kept: false }],
      creditPercent: 10,
    });
    await put('o-1', { ...span, exclusion: 'scheduled_maintenance' });
    expect((await desk.remedies(query)).body).toMatchObject({
      availability: [{ downtimeMs: 0, excludedMs: 1_200_000, kept: true }],
      creditPercent: 0,
    });
    expect((await desk.remedies('month=2026-11&customer=unknown')).status).toBe(400);
  });
});
