/** Performing suppressions that a decision owes: who that is, is read from the lead (policy book §8, §13). */
import type { SuppressEffect } from '../../../core/lifecycle/suppressing.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { suspectsOf } from '../../../core/qualification/suppression.ts';
import { handler as erase } from '../../../lambdas/api/erase-personal-data/handler.ts';
import { performOwed, saveAndPerform } from '../../../lambdas/shared/perform.ts';
import { suppressOwed } from '../../../lambdas/shared/suppress.ts';
import { ask, owned } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import { throttledTable } from '../../support/troubles.ts';

let backend: Backend;
let lead: Lead;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  await backend.begin('2026-11-20T15:00:00Z');
  const company = { name: 'Analytical Engines', domain: 'engines.example', employees: 1200 };
  const contact = { firstName: 'Ada', lastName: 'Byron', email: 'Ada@Analytical.example', country: 'US' };
  lead = await backend.lead((await owned(backend, { contact, company })).leadId);
  backend.logged = [];
});

const effect = (change: Partial<SuppressEffect> = {}): SuppressEffect => ({
  kind: 'suppress',
  id: 'suppress/1/cadence_exhausted/person',
  subject: 'person',
  scenario: 'cadence_exhausted',
  reason: 'Unable to reach',
  by: 'sam',
  from: '2026-11-20T15:00:00.000Z',
  ...change,
});
const found = (one: Pick<Lead, 'contact' | 'company'> = lead) =>
  backend.services.suppressions.find(suspectsOf(one));
const about = (email: string) => found({ contact: { email }, company: {} });

it('keeps the person of the lead by a hash, until the end of the window', async () => {
  await saveAndPerform(backend.services, lead, [effect()]);
  expect(await about('ada@analytical.example')).toMatchObject([
    {
      ...{ kind: 'person', value: null, scenario: 'cadence_exhausted', reason: 'Unable to reach' },
      ...{ from: '2026-11-20T15:00:00.000Z', until: '2027-02-18T15:00:00.000Z' },
      origin: { by: 'sam', leadId: lead.leadId },
    },
  ]);
  expect((await backend.lead(lead.leadId)).owed).toEqual([]);
});

it.each<[string, Partial<SuppressEffect>, string]>([
  ['the domain of the address', { subject: 'domain', scenario: 'competitor' }, 'analytical.example'],
  [
    'the domain of the company',
    { subject: 'domain', of: 'company', scenario: 'competitor' },
    'engines.example',
  ],
  ['the company by its name', { subject: 'company', scenario: 'below_icp' }, 'Analytical Engines'],
])('keeps %s in clear', async (_, change, value) => {
  await saveAndPerform(backend.services, lead, [effect(change)]);
  expect(await found()).toMatchObject([{ kind: change.subject, value, until: null }]);
});

it('twice is once, and what comes late does not replace what was decided after it', async () => {
  await suppressOwed(backend.services, { ...lead, owed: [effect(), effect()] });
  const newer = { from: '2026-12-20T15:00:00.000Z' };
  await suppressOwed(backend.services, { ...lead, owed: [effect(newer), effect()] });
  expect((await found()).map(({ from }) => from)).toEqual([newer.from]);
});

it.each<[string, Partial<Lead>, Partial<SuppressEffect>]>([
  ['a lead without an address', { contact: {} }, {}],
  ['a scenario that suppresses nobody', {}, { scenario: 'wrong_buyer' }],
  ['a scenario that the policy no longer has', {}, { scenario: 'gone' }],
])('%s: nobody is kept out, the log says so, and it is done', async (_, change, other) => {
  const owed = [effect(other)];
  const after = await performOwed(backend.services, { ...lead, ...change, owed }, owed);
  expect([await found(), after.owed]).toEqual([[], []]);
  expect(JSON.stringify(backend.logged)).toContain('Nobody was suppressed');
});

it('stays owed while the table does not answer', async () => {
  const put = jest.spyOn(backend.services.suppressions, 'put').mockRejectedValueOnce(throttledTable);
  const after = await saveAndPerform(backend.services, lead, [effect()]);
  expect(after.owed.map(({ id }) => id)).toEqual([effect().id]);
  put.mockRestore();
  expect((await performOwed(backend.services, after, after.owed)).owed).toEqual([]);
  expect(await found()).toHaveLength(1);
});

it('is performed before an erasure takes the address', async () => {
  const put = jest.spyOn(backend.services.suppressions, 'put').mockRejectedValueOnce(throttledTable);
  await saveAndPerform(backend.services, lead, [effect()]);
  put.mockRestore();
  expect((await ask(erase, { path: { leadId: lead.leadId } })).status).toBe(200);
  expect(await about('ada@analytical.example')).toHaveLength(1);
  expect((await backend.lead(lead.leadId)).owed).toEqual([]);
});
