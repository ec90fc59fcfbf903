import { inspect } from 'node:util';
import { handler as getTimeline } from '../../../../lambdas/api/get-timeline/handler.ts';
import { handler as listLeads } from '../../../../lambdas/api/list-leads/handler.ts';
import { handler as getLead } from '../../../../lambdas/api/get-lead/handler.ts';
import { handler as erase } from '../../../../lambdas/api/erase-personal-data/handler.ts';
import { reconcile } from '../../../../lambdas/shared/reconcile.ts';
import { ask } from '../../../support/flow.ts';
import { broughtTo, command, done } from '../../../support/life.ts';
import { Backend } from '../../../support/services.ts';
import { busDown, throttledMail } from '../../../support/troubles.ts';

/** Words of the SQL, the briefing, the disposition and the meeting's link. */
const TYPED = /Zdenka|Quixwort|room-4711|Releases wait|left over a late fix|Xylo/;
let backend: Backend;
beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());

describe.each([
  ['an opportunity', 'opportunity', () => Promise.resolve()],
  [
    'a lead disposed of',
    'handed_over',
    (leadId: string) =>
      done(leadId, 'dispose', {
        disposition: 'disqualified',
        reason: 'not_a_fit',
        detail: 'Too small: Xylo.',
      }),
  ],
  ['a lead that an AE gave back', 'handed_over', (leadId: string) => done(leadId, 'aeReject')],
] as const)('what somebody typed about %s', (_, stage, then) => {
  let leadId: string;
  const entries = async () =>
    (await backend.services.leads.timeline(leadId)).filter(({ why }) => TYPED.test(why));

  let logged: string;
  beforeAll(async () => {
    await backend.begin('2026-11-20T15:00:00Z');
    const { log } = backend.services;
    const lines = [jest.spyOn(log, 'info'), jest.spyOn(log, 'warn'), jest.spyOn(log, 'error')];
    // Trouble all the way is what is logged at length.
    backend.fail('PutEventsCommand', busDown, { times: 3 });
    backend.fail('SendEmailCommand', throttledMail, { times: 3 });
    leadId = await broughtTo(backend, stage);
    await then(leadId);
    expect((await command(leadId, 'promote', { force: true })).status).toBe(400);
    expect((await command(leadId, 'aeReject', { code: 'AE-REJ-09' })).status).toBe(409);
    backend.pass(120);
    await reconcile(backend.services);
    logged = inspect(
      lines.map(({ mock }) => mock.calls),
      { depth: null },
    );
  });

  it('stands in the lead, and in no answer about it', async () => {
    expect(JSON.stringify(await backend.lead(leadId))).toMatch(TYPED);
    const list = await ask(listLeads, { query: {} });
    expect(JSON.stringify(list.body)).toContain(leadId);
    const answers = [list, await ask(getLead, { path: { leadId } })];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(TYPED);
    }
  });

  it('is not on the bus, in no log, in no subject and with no execution', () => {
    expect(backend.events.length).toBeGreaterThan(5);
    expect(logged).toContain('still owed');
    expect(logged).not.toMatch(TYPED);
    const kept = [backend.events, backend.mails, [...backend.started.values()]];
    expect(JSON.stringify(kept)).not.toMatch(TYPED);
  });

  it('is in entries of the person who typed it and no others', async () => {
    for (const { who } of await entries()) expect(who).toMatch(/^person:/);
    expect((await ask(getTimeline, { path: { leadId } })).status).toBe(200);
  });

  it('goes with the person', async () => {
    await ask(erase, { path: { leadId } });
    expect(JSON.stringify(await backend.leadItems())).not.toMatch(TYPED);
    expect(await entries()).toEqual([]);
  });
});
