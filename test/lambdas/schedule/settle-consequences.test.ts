/** The schedule opens, tells and takes back what the facts call for, each once, whatever happens in between (policy book §13). */
import type { KeptItem } from '../../../core/consequences/kept.ts';
import { NEW_LIFE } from '../../../core/model/life.ts';
import type { Handoff } from '../../../core/model/life.ts';
import { handler } from '../../../lambdas/schedule/settle-consequences/handler.ts';
import { clock } from '../../core/consequences/leads.ts';
import { itemsOf, leadWith, live, missedLeads, settleNow, turned } from '../../support/missed.ts';
import { Backend } from '../../support/services.ts';
import { busDown, rejectedMail, throttledMail, throttledTable, type Input } from '../../support/troubles.ts';

const WEDNESDAY = '2026-11-18T15:00:00Z';
const SUNDAY = '2026-11-22T20:00:00Z';
/** The week is over at 05:00 UTC: five past it, at night, and the manager's opening. */
const AT_NIGHT = '2026-11-23T05:05:00Z';
const BY_DAY = '2026-11-23T13:05:00Z';
let backend: Backend;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  await backend.begin(BY_DAY);
  await live(backend);
});

const ofItem = ({ Item }: Input): boolean => String(Item?.['sk']).startsWith('ITEM#');
const mails = () => backend.mails.map(({ to, subject }) => `${to}: ${subject}`);

it('opens nothing while the week runs, and one item a person when it is over', async () => {
  await missedLeads(backend, 1, 'sam', WEDNESDAY);
  await missedLeads(backend, 2, 'jo', WEDNESDAY);
  await missedLeads(backend, 4, 'kim', WEDNESDAY);
  backend.at(SUNDAY);
  expect(await settleNow(backend)).toMatchObject({ looked: 7, written: 0 });
  backend.at(BY_DAY);
  expect(await handler()).toEqual({ looked: 7, written: 3, owed: 0, heldUntil: null });
  expect(await itemsOf(backend, 'sam')).toEqual(['open coaching 2026-W47: mona']);
  expect(await itemsOf(backend, 'jo')).toEqual(['open written_warning_and_training 2026-W47: mona']);
  expect(await itemsOf(backend, 'kim')).toEqual(['open improvement_plan 2026-W47: mona']);
  expect(mails().sort()).toEqual([
    expect.stringMatching(/^mona: Please decide: a written warning and training for Jo/) as string,
    expect.stringMatching(/^mona: Please decide: an improvement plan for Kim/) as string,
    expect.stringMatching(/^mona: Please decide: coaching for Sam/) as string,
  ]);
  expect(backend.facts()).toEqual(['ConsequenceOpened', 'ConsequenceOpened', 'ConsequenceOpened']);
  expect(backend.metrics.sum('ItemsOpened')).toBe(3);
});

it('does nothing a second time', async () => {
  await missedLeads(backend, 2, 'sam', WEDNESDAY);
  await settleNow(backend);
  const before = [await backend.leadItems(), mails(), backend.events];
  expect(await settleNow(backend)).toMatchObject({ written: 0, owed: 0 });
  expect([await backend.leadItems(), mails(), backend.events]).toEqual(before);
});

it('opens and tells once, though two schedules run at the same moment', async () => {
  await missedLeads(backend, 2, 'sam', WEDNESDAY);
  await Promise.all([settleNow(backend), settleNow(backend)]);
  await settleNow(backend);
  expect(mails()).toHaveLength(1);
  expect(backend.factsOf('ConsequenceOpened')).toBe(1);
  expect(await itemsOf(backend, 'sam')).toEqual(['open written_warning_and_training 2026-W47: mona']);
});

it('holds at night what it tells, and sends it at the opening of whom it is for', async () => {
  await missedLeads(backend, 1, 'sam', WEDNESDAY);
  backend.at(AT_NIGHT);
  expect(await settleNow(backend)).toMatchObject({ written: 1, heldUntil: '2026-11-23T13:00:00.000Z' });
  expect([mails(), await itemsOf(backend, 'sam')]).toEqual([[], ['open coaching 2026-W47']]);
  backend.at(BY_DAY);
  await settleNow(backend);
  expect(mails()).toHaveLength(1);
  expect(await itemsOf(backend, 'sam')).toEqual(['open coaching 2026-W47: mona']);
});

it('takes back what a late delivery has turned, and tells who was told', async () => {
  const [one] = await missedLeads(backend, 2, 'sam', WEDNESDAY);
  await settleNow(backend);
  await turned(backend, one!);
  await settleNow(backend);
  expect(await itemsOf(backend, 'sam')).toEqual([
    'open coaching 2026-W47: mona',
    'taken_back written_warning_and_training 2026-W47',
  ]);
  expect(mails().slice(1).sort()).toEqual([
    expect.stringMatching(/^mona: No longer due: a written warning/) as string,
    expect.stringMatching(/^mona: Please decide: coaching/) as string,
  ]);
  expect(backend.facts().sort()).toEqual(['ConsequenceOpened', 'ConsequenceOpened', 'ConsequenceTakenBack']);
});

it('takes nothing back because the index does not show a lead', async () => {
  await missedLeads(backend, 1, 'sam', WEDNESDAY);
  await settleNow(backend);
  backend.answer('QueryCommand', { Items: [] }, { when: ({ IndexName }) => IndexName === 'byStatus' });
  expect(await settleNow(backend)).toMatchObject({ looked: 1, written: 0 });
  backend.heal();
  expect(await itemsOf(backend, 'sam')).toEqual(['open coaching 2026-W47: mona']);
});

it('marks what is of the time of diagnosis, and tells nobody', async () => {
  await backend.restart();
  await missedLeads(backend, 4, 'sam', WEDNESDAY);
  await settleNow(backend);
  expect(await backend.services.consequences.of('sam')).toMatchObject([
    { item: 'improvement_plan', diagnostic: true, told: [], owed: [] },
  ]);
  expect([mails(), backend.events]).toEqual([[], []]);
});

it('tells the executive of four weeks in a row at the highest step', async () => {
  for (const day of ['2026-10-28', '2026-11-04', '2026-11-11', '2026-11-18'])
    await missedLeads(backend, 4, 'sam', `${day}T15:00:00Z`);
  await settleNow(backend);
  expect((await itemsOf(backend, 'sam')).at(-1)).toBe('open role_review 2026-W47: vera');
  expect(backend.factsOf('PatternFound')).toBe(1);
  expect(mails().filter((mail) => mail.startsWith('vera'))).toHaveLength(1);
});

it('brings AE, SDR and managers together when the month is over', async () => {
  const at = '2026-10-14T15:00:00.000Z';
  for (const code of [null, null, null, 'AE-REJ-01', 'AE-REJ-02']) {
    const act = { at, by: 'alice' };
    const handoff: Handoff = {
      ...{ n: 1, sdr: 'sam', notifiedAt: at, introducedAt: null, introducedBy: null },
      ae: { personId: 'alice', assignedAt: at, reason: 'Next.', via: 'round_robin', n: 1 },
      accepted: code === null ? act : null,
      rejected: code === null ? null : { ...act, code },
    };
    await leadWith(backend, [], { life: { ...NEW_LIFE, handoff } });
  }
  await settleNow(backend);
  expect(await itemsOf(backend, 'alice')).toEqual(['open three_way_review 2026-10: aaron, alice, mona, sam']);
  expect(backend.factsOf('AeReviewOpened')).toBe(1);
  expect(mails()).toHaveLength(4);
  await settleNow(backend);
  expect(mails()).toHaveLength(4);
});

it('keeps the compliance of this month and the last, with its band', async () => {
  await leadWith(backend, [
    clock('sam', WEDNESDAY, 'met'),
    clock('sam', WEDNESDAY, 'missed', { clockId: 'x-1' }),
  ]);
  await leadWith(backend, [clock('sam', '2026-10-18T15:00:00Z', 'met')]);
  await leadWith(backend, [clock('sam', '2026-09-18T15:00:00Z', 'met')]);
  await settleNow(backend);
  const { consequences } = backend.services;
  expect(await consequences.compliance('sam', '2026-11')).toMatchObject({
    ...{ counted: { judged: 2, met: 1, percent: 50 }, asOf: backend.now() },
    band: { id: 'reduction', reductionPercent: { from: 5, to: 10 } },
  });
  expect(await consequences.compliance('sam', '2026-10')).toMatchObject({ band: { id: 'eligible' } });
  expect(await consequences.compliance('sam', '2026-09')).toBeUndefined();
});

describe('when something breaks', () => {
  it('a run that dies between the save and the telling is made good by the next one', async () => {
    await missedLeads(backend, 1, 'sam', WEDNESDAY);
    backend.dieAfter('PutCommand', ofItem);
    // What was saved owes; nothing was told.
    await settleNow(backend).catch(() => undefined);
    await live(backend);
    const [left] = await backend.services.consequences.of('sam');
    expect([left?.owed.length, mails(), backend.events]).toEqual([2, [], []]);
    expect(await settleNow(backend)).toMatchObject({ written: 0, owed: 0 });
    expect([mails().length, backend.factsOf('ConsequenceOpened')]).toEqual([1, 1]);
    expect(await itemsOf(backend, 'sam')).toEqual(['open coaching 2026-W47: mona']);
  });

  it('a run that dies after the mail sends it again at most, and says once that it is open', async () => {
    await missedLeads(backend, 1, 'sam', WEDNESDAY);
    backend.dieAfter('SendEmailCommand');
    await settleNow(backend).catch(() => undefined);
    await live(backend);
    // The claim of who died holds for the policy's lease.
    expect(await settleNow(backend)).toMatchObject({ owed: 1 });
    backend.pass(3600);
    expect(await settleNow(backend)).toMatchObject({ owed: 0 });
    expect(mails()).toHaveLength(2);
    expect(backend.factsOf('ConsequenceOpened')).toBe(1);
  });

  it.each([
    ['the table throttles the reading of leads', 'BatchGetCommand', throttledTable],
    ['the table throttles the reading of items', 'QueryCommand', throttledTable],
    ['the table throttles the writing', 'PutCommand', throttledTable],
  ])('%s: the run fails, nothing is wrong, and the next one does it', async (_what, command, error) => {
    await missedLeads(backend, 1, 'sam', WEDNESDAY);
    backend.fail(command, error);
    await expect(settleNow(backend)).rejects.toThrow();
    await live(backend);
    expect([mails(), await itemsOf(backend, 'sam')]).toEqual([[], []]);
    await settleNow(backend);
    expect([mails().length, await itemsOf(backend, 'sam')]).toEqual([1, ['open coaching 2026-W47: mona']]);
  });

  it('one person’s trouble is apart from the others’', async () => {
    await missedLeads(backend, 1, 'sam', WEDNESDAY);
    await missedLeads(backend, 1, 'jo', WEDNESDAY);
    backend.fail('PutCommand', throttledTable, {
      when: (input) => ofItem(input) && input.Item?.['pk'] === 'CONSEQUENCE#sam',
    });
    await expect(settleNow(backend)).rejects.toThrow('the items of 1 people could not be settled');
    backend.heal();
    expect(await itemsOf(backend, 'jo')).toEqual(['open coaching 2026-W47: mona']);
    expect(backend.logged).toContain('The items of a person could not be settled');
  });

  it('bus and mail are down: both stay owed, and are performed once when they are back', async () => {
    await missedLeads(backend, 1, 'sam', WEDNESDAY);
    backend.fail('PutEventsCommand', busDown);
    backend.fail('SendEmailCommand', throttledMail);
    expect(await settleNow(backend)).toMatchObject({ written: 1, owed: 2 });
    expect(backend.metrics.values('ItemEffectsOwed')).toEqual([2]);
    backend.heal();
    expect(await settleNow(backend)).toMatchObject({ written: 0, owed: 0 });
    expect([mails().length, backend.factsOf('ConsequenceOpened')]).toEqual([1, 1]);
  });

  it('a mail that is refused for good is given up and told to the operator; the item stands', async () => {
    await missedLeads(backend, 1, 'sam', WEDNESDAY);
    backend.fail('SendEmailCommand', rejectedMail);
    expect(await settleNow(backend)).toMatchObject({ owed: 0 });
    expect(backend.facts().sort()).toEqual(['ConsequenceOpened', 'ItemNoticeFailed']);
    expect(backend.logged).toContain('A notice was given up');
    expect(JSON.stringify(backend.events)).not.toContain('ada@example.com');
    expect(await itemsOf(backend, 'sam')).toEqual(['open coaching 2026-W47']);
  });

  it('the item was taken back while it was being told: who was told hears of that', async () => {
    const [lead] = await missedLeads(backend, 1, 'sam', WEDNESDAY);
    backend.meanwhile('SendEmailCommand', async () => {
      await turned(backend, lead!);
      await settleNow(backend);
    });
    await settleNow(backend);
    await settleNow(backend);
    const [item]: KeptItem[] = await backend.services.consequences.of('sam');
    expect([item?.state, item?.owed, item?.told]).toEqual(['taken_back', [], []]);
    expect(mails().some((mail) => mail.includes('No longer due'))).toBe(true);
  });
});
