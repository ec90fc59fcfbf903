import { deliverAt, nextUpInHours } from '../../../core/routing/index.ts';
import type { Person } from '../../../core/model/person.ts';
import { iso } from '../../../core/time.ts';
import { aPerson, aPolicy, FRIDAY_NIGHT, leave, rosterOf, WEDNESDAY } from './fixture.ts';

const policy = aPolicy();
const sam = aPerson('sam', { managerId: 'mia' });
const mia = aPerson('mia', { role: 'sdr_manager', managerId: 'dan' });
const dan = aPerson('dan', { role: 'sales_director' });
/** Friday evening in Berlin is still office time in Los Angeles. */
const lee = aPerson('lee', { role: 'vp_sales', timeZone: 'America/Los_Angeles' });
const forGood = { availability: [leave('2026-11-01T00:00:00.000Z', null)] };
const onCall = { onCall: true };

describe('a message for somebody', () => {
  const NIGHT = iso(FRIDAY_NIGHT);
  const MONDAY_MORNING = '2026-11-23T08:00:00.000Z';
  const monday = leave('2026-11-23T00:00:00.000Z', '2026-11-24T00:00:00.000Z');
  const tuesdayToo = leave('2026-11-24T07:00:00.000Z', '2026-11-25T12:00:00.000Z');
  const weekend = leave('2026-11-20T12:00:00.000Z', '2026-11-22T12:00:00.000Z');

  test.each<[string, Person, Person[], 'wait' | 'next_up', string, string]>([
    ['waits for their next opening', sam, [mia], 'wait', 'sam', MONDAY_MORNING],
    ['goes at once to who is on call', { ...sam, ...onCall }, [mia], 'wait', 'sam', NIGHT],
    [
      'waits until a leave is over and the office open',
      { ...sam, availability: [monday] },
      [mia],
      'wait',
      'sam',
      '2026-11-24T08:00:00.000Z',
    ],
    [
      'waits over one leave after the other',
      { ...sam, availability: [monday, tuesdayToo] },
      [mia],
      'wait',
      'sam',
      '2026-11-25T12:00:00.000Z',
    ],
    [
      'waits for who is on call until they are back',
      { ...sam, ...onCall, availability: [weekend] },
      [],
      'wait',
      'sam',
      '2026-11-22T12:00:00.000Z',
    ],
    [
      'does not wait for somebody without a known return',
      { ...sam, ...forGood },
      [mia],
      'wait',
      'mia',
      MONDAY_MORNING,
    ],
    [
      'is kept for their opening if nobody has a known return',
      { ...sam, ...forGood },
      [],
      'wait',
      'sam',
      MONDAY_MORNING,
    ],
    ['goes to the next one up who is on call', sam, [mia, { ...dan, ...onCall }], 'next_up', 'dan', NIGHT],
    ['goes to the next one up who is in hours', sam, [mia, dan, lee], 'next_up', 'lee', NIGHT],
    [
      'passes over who is on call and away',
      sam,
      [mia, { ...dan, ...onCall, ...forGood }, lee],
      'next_up',
      'lee',
      NIGHT,
    ],
    ['waits when nobody up is in hours', sam, [mia, dan], 'next_up', 'sam', MONDAY_MORNING],
  ])('%s', (_, person, others, mode, expected, at) => {
    const delivery = deliverAt(policy, rosterOf(person, ...others), person, FRIDAY_NIGHT, mode);
    expect([delivery.person.personId, iso(delivery.at)]).toEqual([expected, at]);
  });

  test.each(['wait', 'next_up'] as const)('goes at once to who is in hours (%s)', (mode) => {
    expect(deliverAt(policy, rosterOf(sam, mia), sam, WEDNESDAY, mode)).toEqual({
      person: sam,
      at: WEDNESDAY,
    });
  });
});

describe('the next one up', () => {
  const up = (person: Person, ...people: Person[]) =>
    nextUpInHours(policy, rosterOf(...people), person, WEDNESDAY)?.personId ?? null;

  test.each<[string, string | null, string | null]>([
    ['is the manager first', 'mia', up(sam, dan, mia, sam)],
    ['is found in the chain of command without a manager', 'mia', up({ ...sam, managerId: null }, dan, mia)],
    ['is never below', null, up({ ...dan, managerId: null }, mia, sam)],
    ['is never the person', null, up(dan, dan, sam)],
    ['is nobody when nobody is in hours', null, up(sam, { ...mia, ...forGood }, lee)],
  ])('%s', (_, expected, found) => {
    expect(found).toBe(expected);
  });
});
