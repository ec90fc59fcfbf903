import { handler as getLead } from '../../../lambdas/api/get-lead/handler.ts';
import type { LeadDetail } from '../../../lambdas/api/schemas/lead-view.ts';
import { reconcile } from '../../../lambdas/shared/reconcile.ts';
import { handler as assignOwner } from '../../../lambdas/workflow/assign-owner/handler.ts';
import { ask, arrived, owned, submit } from '../../support/flow.ts';
import {
  change,
  CONTACT,
  inquire,
  logAll,
  personalIn,
  signal,
  suppress,
  told,
  update,
  without,
} from '../../support/inquiries.ts';
import { Backend } from '../../support/services.ts';
import { ofLead, throttledTable } from '../../support/troubles.ts';

const MORNING = '2026-11-20T15:00:00.000Z';
let backend: Backend;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(() => backend.begin(MORNING));

const PHONE = { contact: { phone: CONTACT.phone } };
const names = () => [...backend.started.keys()];
const held = async () =>
  (await inquire(backend, { contact: without('phone'), signals: [signal(backend, 'demo_request')] })).body
    .inquiryId;
const detail = async (leadId: string) => (await ask<LeadDetail>(getLead, { path: { leadId } })).body;

describe('a lead that is held', () => {
  it('becomes an MQL as soon as nothing is missing; its clock of Sales starts then, not before', async () => {
    const leadId = await held();
    backend.pass(3600);
    const { status, body } = await update(leadId, { ...PHONE, by: 'olive' });
    expect([status, body.status, body.qualifiedAt]).toEqual([200, 'unassigned', backend.now()]);
    expect(body.clocks.map(({ commitment, status: is, startedAt }) => [commitment, is, startedAt])).toEqual([
      ['marketing.score', 'met', '2026-11-20T14:59:00.000Z'],
      ['marketing.enrich', 'met', MORNING],
      ['mql.respond', 'within_sla', backend.now()],
      ['mql.route', 'within_sla', backend.now()],
    ]);
    expect(body.gate).toMatchObject({ heldAt: MORNING, completedAt: backend.now(), passedAt: backend.now() });
    expect(names()).toEqual([`${leadId}-marketing-enrich-1`, `${leadId}-1`]);
  });

  it('shows what is missing, and names the fields that somebody has changed, never their values', async () => {
    const leadId = await held();
    const { body } = await update(leadId, { contact: { phone: '12' }, by: 'olive' });
    expect(body.gate?.failing).toMatchObject([{ criterion: 'completeness.phone', field: 'contact.phone' }]);
    expect(body.status).toBe('held');
    const entry = (await backend.services.leads.timeline(leadId)).find(({ what }) => what === 'lead_updated');
    expect(entry).toMatchObject({ who: 'person:olive', why: 'Now given or corrected: contact.phone.' });
  });

  it('stays held while something else is missing, and its clock runs on', async () => {
    const leadId = await held();
    const { body } = await update(leadId, { contact: { ...PHONE.contact, lastName: null } });
    expect([body.status, body.clocks.at(-1)]).toMatchObject([
      'held',
      { commitment: 'marketing.enrich', status: 'within_sla', startedAt: MORNING },
    ]);
    expect([names().length, backend.factsOf('LeadHeld')]).toEqual([1, 1]);
  });

  it('that turns out to be a customer’s is let go, and the account team has it', async () => {
    const { body } = await update(await held(), { relations: { customer: true } });
    expect(body).toMatchObject({ status: 'disqualified' });
    expect(body.clocks.map(({ commitment, status }) => [commitment, status])).toEqual([
      ['marketing.score', 'met'],
      ['marketing.enrich', 'cancelled'],
    ]);
    expect(backend.facts()).toContain('SentToAccountTeam');
  });

  it('whose new address is suppressed waits for the return, and is no MQL', async () => {
    const leadId = await held();
    await suppress({ email: 'grace@analytical.example' });
    const { body } = await update(leadId, {
      contact: { ...PHONE.contact, email: 'grace@analytical.example' },
    });
    expect([body.status, names()]).toEqual(['recycled', [`${leadId}-marketing-enrich-1`]]);
  });

  it('whose new domain takes no mail stays held', async () => {
    const leadId = await held();
    const asked: string[] = [];
    await change(backend, { mx: (domain) => (asked.push(domain), Promise.resolve('takes_none')) });
    const { body } = await update(leadId, { contact: { ...PHONE.contact, email: 'ada@elsewhere.example' } });
    expect([body.status, asked]).toEqual(['held', ['elsewhere.example']]);
  });
});

describe('a lead in nurture', () => {
  it('is evaluated anew: a title that fits brings it on', async () => {
    const { body } = await inquire(backend, {
      contact: { ...CONTACT, title: 'Student' },
      signals: [signal(backend, 'demo_request')],
    });
    expect(body.status).toBe('nurture');
    expect((await update(body.inquiryId, { contact: { title: 'Chief Engineer' } })).body.status).toBe(
      'unassigned',
    );
  });
});

describe('a lead on which Sales works', () => {
  it('has other facts, and its clocks, owner and kind stay as they are', async () => {
    const { leadId } = await owned(backend);
    const before = await backend.lead(leadId);
    backend.pass(60);
    const { body } = await update(leadId, {
      contact: { phone: CONTACT.phone, country: 'DE', region: null },
      company: { employees: 3 },
    });
    const { clocks, owner, tier, segment, territory, poolId, status } = await backend.lead(leadId);
    expect({ clocks, owner, tier, segment, territory, poolId, status }).toEqual({
      clocks: before.clocks,
      ...{ owner: before.owner, tier: before.tier, segment: before.segment },
      ...{ territory: before.territory, poolId: before.poolId, status: 'assigned' },
    });
    expect(body.clocks.map(({ dueAt }) => dueAt)).toEqual(before.clocks.map(({ dueAt }) => dueAt));
    expect((await detail(leadId)).contact).toMatchObject({
      phone: CONTACT.phone,
      country: 'DE',
      firstName: 'Ada',
    });
    expect((await detail(leadId)).contact).not.toHaveProperty('region');
    expect(names().filter((name) => name.startsWith(`${leadId}-1`))).toHaveLength(1);
  });

  it('that is a customer’s, as somebody finds out now, stays where it is', async () => {
    const { leadId } = await owned(backend);
    expect((await update(leadId, { relations: { customer: true } })).body.status).toBe('assigned');
  });

  it('is not written to at what is no address, or several: the mail is given up, and nobody else gets it', async () => {
    backend.at('2026-11-21T00:00:00Z');
    const state = await arrived(backend, { source: 'content_download', score: 30 });
    for (const email of ['eve@example.com, mallory@example.com', 'nonsense']) {
      expect((await update(state.leadId, { contact: { email } })).status).toBe(200);
    }
    await assignOwner(state);
    backend.pass(60);
    await reconcile(backend.services);
    expect(backend.mails.filter(({ to }) => /eve|mallory|nonsense/.test(to))).toEqual([]);
    expect(backend.facts()).toContain('NotificationFailed');
    expect(personalIn(await told(backend))).toBeUndefined();
  });
});

describe('fields', () => {
  it('that are left out stay, null takes one away, and what was taken away can be given again', async () => {
    const { body: lead } = await submit(backend);
    await update(lead.leadId, { contact: { lastName: null }, company: { employees: null } });
    const { contact, company } = await detail(lead.leadId);
    expect([contact, company]).toEqual([
      { firstName: 'Ada', email: 'ada@example.com', country: 'US', region: 'MA' },
      { name: 'Example' },
    ]);
    await update(lead.leadId, { contact: { lastName: 'King' } });
    expect((await detail(lead.leadId)).contact.lastName).toBe('King');
  });

  it('of relations are kept beside those that were told before', async () => {
    const { body } = await inquire(backend, { relations: { openOpportunity: false } });
    await update(body.inquiryId, { relations: { customer: false } });
    expect((await backend.lead(body.inquiryId)).relations).toEqual({
      openOpportunity: false,
      customer: false,
    });
  });
});

describe('the same change again', () => {
  it('changes nothing, and the history tells it once', async () => {
    const leadId = await held();
    const first = await update(leadId, PHONE);
    const facts = backend.facts();
    const again = await update(leadId, PHONE);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(backend.facts()).toEqual(facts);
    expect((await backend.happened(leadId)).filter((what) => what === 'lead_updated')).toHaveLength(1);
  });

  it('twenty times at one moment is one MQL, started once, and Marketing’s clock is met once', async () => {
    const leadId = await held();
    const answers = await Promise.all(Array.from({ length: 20 }, () => update(leadId, PHONE)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.status}`))).toEqual(
      new Set(['200 unassigned']),
    );
    expect(names().filter((name) => name === `${leadId}-1`)).toHaveLength(1);
    expect(['LeadQualified', 'LeadHeld'].map((fact) => backend.factsOf(fact))).toEqual([1, 1]);
  });

  it('of which two halves come at one moment completes the lead once', async () => {
    const { body } = await inquire(backend, {
      contact: { ...without('phone'), lastName: undefined },
      signals: [signal(backend, 'demo_request')],
    });
    await Promise.all([
      update(body.inquiryId, PHONE),
      update(body.inquiryId, { contact: { lastName: 'Byron' } }),
    ]);
    expect((await backend.lead(body.inquiryId)).status).toBe('unassigned');
    expect(backend.factsOf('LeadQualified')).toBe(1);
  });

  it('after the first was lost on its way is taken', async () => {
    const leadId = await held();
    backend.fail('PutCommand', throttledTable, { when: ofLead });
    expect((await update(leadId, PHONE)).status).toBe(503);
    backend.heal();
    expect((await update(leadId, PHONE)).body.status).toBe('unassigned');
  });
});

describe('a request that cannot be taken', () => {
  it.each([
    ['nothing to change', {}, ''],
    ['an unknown field', { contact: { fax: '1' } }, 'contact.fax'],
    ['two lines', { contact: { title: 'VP\nBcc: all' } }, 'contact.title'],
    ['a zone that is none', { contact: { timeZone: 'Mars/Base' } }, 'contact.timeZone'],
    ['a source', { source: 'demo_request' }, 'source'],
  ])('with %s is answered with 400 and the path', async (_, body, path) => {
    const leadId = await held();
    const { status, body: problem } = await update(leadId, body);
    expect([status, problem.errors[0]?.path]).toEqual([400, path]);
  });

  it('of somebody who is not on the roster changes nothing', async () => {
    const leadId = await held();
    const { status, body } = await update(leadId, { ...PHONE, by: 'nobody' });
    expect([status, body.errors]).toEqual([
      422,
      [{ path: 'by', message: 'must be an active person of the roster' }],
    ]);
    expect((await backend.services.leads.get(leadId))?.status).toBe('held');
  });

  it('for a lead that does not exist is answered with 404', async () => {
    expect((await update('lead-none', PHONE)).status).toBe(404);
  });
});

it('neither the answer nor anything beside the lead tells who it is', async () => {
  await logAll(backend);
  const leadId = await held();
  const answers = [
    await update(leadId, { contact: { email: 'byron@', title: 'VP Engine Byron' } }),
    await update(leadId, { contact: CONTACT, company: { name: 'Byron & Sons' } }),
  ];
  expect(personalIn(JSON.stringify(answers))).toBeUndefined();
  expect(personalIn(await told(backend))).toBeUndefined();
});
