/** Saving what is owed and performing it: what was saved is done sooner or later, what was not saved never. */
import { entry, event, notice } from '../../../core/ladder/facts.ts';
import type { Effect } from '../../../core/model/effects.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { storedMs } from '../../../core/time.ts';
import { performOwed, saveAndPerform, startOwed } from '../../../lambdas/shared/perform.ts';
import { owned } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import { busDown, ofLead, throttledMail, throttledStart, throttledTable } from '../../support/troubles.ts';

let backend: Backend;
let lead: Lead;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  await backend.begin('2026-11-20T15:00:00Z');
  lead = await backend.lead((await owned(backend)).leadId);
  [backend.mails, backend.events, backend.asked, backend.logged] = [[], [], {}, []];
});

const on = () => ({ clock: lead.clocks[0]!, rung: 'critical' as const });
const now = () => storedMs(backend.now());
const fact = (): Effect => event(lead, 'SlaCritical', now(), on());
const line = (): Effect => entry(now(), 'rung_critical', 'A test.', on());
const mailTo = (personId: string): Effect => notice(now(), 'critical', personId, on());
const start = (name: string): Effect => ({
  kind: 'start',
  id: `start/${name}`,
  machine: 'commitment-clock',
  name,
  input: {
    leadId: lead.leadId,
    cycle: 1,
    clockId: 'c-1',
    run: 1,
    outcome: 'climb',
    next: { rung: 'look', at: backend.now() },
  },
});
const stored = () => backend.lead(lead.leadId);

it('saves, performs and takes off what is done: two saves, nothing owed', async () => {
  const after = await saveAndPerform(backend.services, lead, [line(), fact(), mailTo('dana'), start('a')]);
  expect(after).toEqual(await stored());
  expect([after.version, after.owed]).toEqual([lead.version + 2, []]);
  expect([backend.facts(), backend.mails.length, backend.started.has('a')]).toEqual([
    ['SlaCritical'],
    1,
    true,
  ]);
  expect(await backend.happened(lead.leadId)).toContain('rung_critical');
});

it('does nothing when somebody else has saved since the lead was read', async () => {
  const stale = { ...lead, version: lead.version - 1 };
  await expect(
    saveAndPerform(backend.services, stale, [fact(), mailTo('dana'), start('a')]),
  ).rejects.toMatchObject({ name: 'VersionConflict' });
  expect([backend.facts(), backend.mails, backend.started.has('a')]).toEqual([[], [], false]);
  expect(await stored()).toEqual(lead);
});

it('tells people one after the other in the order of the policy, when the facts are written', async () => {
  const seen: string[] = [];
  const note = (what: string) => () => Promise.resolve(void seen.push(what));
  backend.meanwhile('PutEventsCommand', note('event'));
  backend.meanwhile('BatchWriteCommand', note('history'));
  for (const n of [1, 2, 3]) backend.meanwhile('SendEmailCommand', note(`mail ${n}`));
  await saveAndPerform(backend.services, lead, [
    mailTo('victor'),
    mailTo('dana'),
    line(),
    fact(),
    mailTo('mona'),
  ]);
  expect(seen.slice(0, 2).sort()).toEqual(['event', 'history']);
  expect(seen.slice(2)).toEqual(['mail 1', 'mail 2', 'mail 3']);
  expect(backend.mails.map(({ to }) => to)).toEqual(['victor', 'dana', 'mona']);
});

it('keeps what failed and only that, and never throws', async () => {
  backend.fail('PutEventsCommand', busDown);
  backend.fail('SendEmailCommand', throttledMail, { times: 1 });
  const effects = [fact(), line(), mailTo('dana'), mailTo('victor'), start('a')];
  const after = await saveAndPerform(backend.services, lead, effects);
  expect(after.owed).toEqual([effects[0], effects[2]]);
  expect((await stored()).owed).toEqual(after.owed);
  expect(backend.logged).toContain('Effects are still owed');
});

it('an event that the bus refuses stays owed alone: the others are not published again', async () => {
  backend.refuses = (detailType) => detailType === 'SlaCritical';
  const other = event(lead, 'ClockPaused', now(), on());
  const after = await saveAndPerform(backend.services, lead, [other, fact()]);
  expect(backend.facts()).toEqual(['ClockPaused']);
  expect(after.owed).toEqual([fact()]);
});

it.each([
  ['of a type that this version does not know', event, 'LeadTeleported', {}],
  ['with a field that this version does not know', event, 'ClockPaused', { mood: 'bad' }],
])('an event %s stays owed and does not keep the others', async (_, make, detailType, data) => {
  const strange = make(lead, detailType, now(), on(), data);
  const after = await saveAndPerform(backend.services, lead, [strange, fact()]);
  expect(backend.facts()).toEqual(['SlaCritical']);
  expect(after.owed).toEqual([strange]);
});

it('takes off what is done also when somebody else saves in between, and keeps their effects', async () => {
  const theirs = event(lead, 'ClockPaused', now(), on());
  const other = async () => {
    const { version, owed, ...rest } = await stored();
    await backend.services.leads.save({
      ...rest,
      version: version + 1,
      attempts: 7,
      owed: [...owed, theirs],
    });
  };
  backend.meanwhile('PutEventsCommand', other);
  await saveAndPerform(backend.services, lead, [fact(), line()]);
  expect(await stored()).toMatchObject({ attempts: 7, owed: [theirs] });
});

it('leaves everything owed when the list cannot be shortened, and doing it again does no harm', async () => {
  backend.fail('PutCommand', throttledTable, {
    when: (input) => ofLead(input) && input.Item?.['version'] === lead.version + 2,
  });
  const effects = [fact(), line(), mailTo('dana')];
  await saveAndPerform(backend.services, lead, effects);
  expect((await stored()).owed).toEqual(effects);
  expect(backend.logged).toContain('Performed effects could not be settled');

  backend.heal();
  await performOwed(backend.services, await stored(), effects);
  expect((await stored()).owed).toEqual([]);
  expect([backend.mails.length, backend.factsOf('SlaCritical')]).toEqual([1, 1]);
  expect((await backend.happened(lead.leadId)).filter((what) => what === 'rung_critical')).toHaveLength(1);
});

it('asks for nothing when nothing is owed', async () => {
  expect(await performOwed(backend.services, lead, [])).toBe(lead);
  expect(backend.asked).toEqual({});
});

it('starts what a new lead owes, and leaves the rest and the failed start to others', async () => {
  backend.fail('StartExecutionCommand', throttledStart, { when: ({ name }) => name === 'b' });
  await startOwed(backend.services, { ...lead, owed: [fact(), start('a'), start('b'), mailTo('dana')] });
  expect([backend.started.has('a'), backend.started.has('b')]).toEqual([true, false]);
  expect(backend.asked).toEqual({ StartExecutionCommand: 2 });
});
