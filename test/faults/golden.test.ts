/** A lead whose clock was started by another version of the code finishes under this one. */
import { iso } from '../../core/time.ts';
import { isOpen, type Clock } from '../../core/model/clock.ts';
import { handler as recordActivity } from '../../lambdas/api/record-activity/handler.ts';
import { ask } from '../support/flow.ts';
import { Backend } from '../support/services.ts';
import { goldenOf, VERSIONS } from './golden.ts';
import { Player, type Position } from './player.ts';
import { broken, see } from './promises.ts';
import { played } from './report.ts';
import { TALES } from './tales.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());

const ALL = VERSIONS.flatMap((version) =>
  goldenOf(version).map((golden) => ({ version, tale: golden.tale, place: golden.place, golden })),
);

/** Everything goes on from a position to its end. @returns what is broken */
async function finish(taleName: string, position: Position): Promise<string[]> {
  const tale = TALES.find(({ name }) => name === taleName)!;
  const player = new Player(backend, tale);
  await player.resume(position);
  await player.play();
  const seen = await see(player);
  // What comes after the first contact may wait for longer than the tale lasts.
  const end = player.begins + tale.lasts;
  const running = player.runs
    .filter(({ status, machine, at }) => status === 'RUNNING' && (machine === 'mql-response' || at <= end))
    .map(({ name }) => `${name} still runs`);
  const failed = player.runs
    .filter(({ status }) => status === 'FAILED')
    .map(({ name }) => `${name} has failed`);
  const found = [...player.refused, ...broken(seen), ...running, ...failed];
  played('another version', 1, Math.min(found.length, 1));
  return found;
}

it('there are golden inputs', () => {
  expect(ALL.length).toBeGreaterThan(10);
});

/** Of which Sales owes an answer. */
const AWAITED = ALL.filter(({ golden }) => golden.position.kept.leads.some(awaitsContact));

function awaitsContact(item: Record<string, unknown>): boolean {
  const lead = item['lead'] as { clocks: Clock[] } | undefined;
  return lead?.clocks.some((clock) => clock.commitment === 'mql.respond' && isOpen(clock)) ?? false;
}

describe.each(AWAITED)('$version, $tale, at $place', ({ tale, golden }) => {
  it('a contact meets its clock', async () => {
    const player = new Player(
      backend,
      TALES.find(({ name }) => name === tale)!,
    );
    await player.resume(golden.position);
    const path = { leadId: player.leadId };
    const recordedBy = { kind: 'system', name: 'dialler' };
    const occurredAt = backend.now();
    const body = { activityId: 'golden', type: 'call', outcome: 'connected', occurredAt, recordedBy };
    expect((await ask(recordActivity, { path, body })).status).toBe(200);
    const { clocks } = await backend.lead(player.leadId);
    const response = clocks.find(({ commitment }) => commitment === 'mql.respond');
    expect(response?.metAt).toBe(iso(Date.parse(occurredAt)));
  });
});

describe.each(ALL)('$version, $tale, at $place', ({ tale, golden }) => {
  it('everything goes on to its end', async () => {
    expect(await finish(tale, golden.position)).toEqual([]);
  });

  it('fields that a newer version has added are kept or ignored', async () => {
    const leads = golden.position.kept.leads.map((item) => withMore(item));
    const roster = golden.position.kept.roster.map((item) => withMore(item));
    const kept = { ...golden.position.kept, leads: leads, roster: roster };
    const runs = golden.position.runs.map((run) => ({ ...run, input: { ...run.input, newer: { a: 1 } } }));
    const found = await finish(tale, { ...golden.position, kept: kept as Position['kept'], runs });
    expect(found).toEqual([]);
    if (golden.position.leadId === '') return;
    expect(await backend.lead(golden.position.leadId)).toMatchObject({ newer: { deep: [1] } });
  });
});

/** Maps by people or tickets: a new key in them would be a person. */
const MAPS = new Set(['entries', 'tickets']);

/** A value with a field more in each object of it. */
function withMore(value: unknown, name = ''): unknown {
  // What events say is checked to the letter, so that nothing undeclared leaves.
  if (name === 'data') return value;
  if (Array.isArray(value)) return value.map((one) => withMore(one));
  if (typeof value !== 'object' || value === null) return value;
  const more = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withMore(one, key)]));
  return MAPS.has(name) ? more : { ...more, newer: { deep: [1] } };
}

describe('fields that an older version did not have yet', () => {
  const position = (place: string) => ALL.find((one) => one.place === place)!.golden;

  it.each([
    ...['previousOwners', 'unassignedSince', 'retryAssignAt', 'firstAttemptAt', 'firstContactAt', 'attempts'],
    ...['backDatedActivities', 'judged', 'flags', 'held', 'explanation', 'owed', 'afterHours', 'execution'],
    ...['signals', 'segment', 'territory'],
  ])('a lead without %s', async (field) => {
    const { tale, position: given } = position('Wait until 50 percent');
    const leads = given.kept.leads.map((item) =>
      'lead' in item ? { ...item, lead: without(item['lead'], field) } : item,
    );
    expect(await finish(tale, { ...given, kept: { ...given.kept, leads } })).toEqual([]);
  });

  it.each([
    'verdicts',
    'pauses',
    'extensions',
    'metAt',
    'metBy',
    'owes',
    'explanation',
    'targetFrom',
    'wakeAt',
  ])('a clock without %s', async (field) => {
    const { tale, position: given } = position('Wait until 50 percent');
    // A clock that is met says when: that is no field that may be missing.
    const strip = (clock: { metAt: string | null }) =>
      field === 'metAt' && clock.metAt !== null ? clock : without(clock, field);
    const leads = given.kept.leads.map((item) => {
      if (!('lead' in item)) return item;
      const lead = item['lead'] as { clocks: { metAt: string | null }[] };
      return { ...item, lead: { ...lead, clocks: lead.clocks.map(strip) } };
    });
    expect(await finish(tale, { ...given, kept: { ...given.kept, leads } })).toEqual([]);
  });

  it.each([
    'availability',
    'territories',
    'segments',
    'verticals',
    'partners',
    'weight',
    'openLeadCap',
    'onCall',
  ])('people without %s', async (field) => {
    const { tale, position: given } = position('Wait until 50 percent');
    const roster = given.kept.roster.map((item) => ({
      ...item,
      ...('person' in item && { person: without(item['person'], field) }),
      ...('latest' in item && { latest: without(item['latest'], field) }),
    }));
    expect(await finish(tale, { ...given, kept: { ...given.kept, roster } })).toEqual([]);
  });
});

function without(value: unknown, field: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value as object).filter(([key]) => key !== field));
}
