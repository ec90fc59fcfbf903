import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import { assign, nobody, reassign, responseClock } from '../../../core/ladder/assign.ts';
import type { Decision } from '../../../core/ladder/facts.ts';
import { isMovable, isMoved, moveLead, namedOwner, nextOwner } from '../../../core/ladder/move.ts';
import { pauseLead, resumeLead } from '../../../core/ladder/pause.ts';
import { tellOwner } from '../../../core/ladder/tell-owner.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { LEAD_STATUSES } from '../../../core/model/lead.ts';
import type { Lead } from '../../../core/model/lead.ts';
import type { Person } from '../../../core/model/person.ts';
import { enforcing } from '../../support/rows.ts';
import { arrived, demoRequest, events, later, mails, owned, timeline, worldAt } from '../../support/world.ts';

const NINE = '2026-11-17T09:00:00-05:00';
const ask = { by: 'mona', reason: 'The prospect knows her.' };
let world: World;
let lead: Lead;
beforeAll(async () => {
  world = enforcing(await worldAt(NINE));
  lead = owned(world, demoRequest(NINE), 'sam');
});

const person = (personId: string, change: Partial<Person> = {}): Person => ({
  ...world.roster.people.find((candidate) => candidate.personId === personId)!,
  ...change,
});
const toKim = (at: string, from = lead, personId = 'kim'): Decision =>
  moveLead(later(world, at), from, namedOwner(later(world, at), person(personId), ask, 0));
const personal = ({ clocks }: Lead) => clocks.filter((clock) => clock.commitment === 'owner.respond');

describe('a lead that is moved by hand', () => {
  const at = '2026-11-17T09:01:00-05:00';

  test('goes to who was named, with why and on whose request', () => {
    const { lead: moved, effects } = toKim(at);
    expect(moved.owner).toMatchObject({
      personId: 'kim',
      via: 'by_hand',
      n: 2,
      reason: 'Given by mona by hand: The prospect knows her.',
    });
    expect(moved.previousOwners.map(({ personId }) => personId)).toEqual(['sam']);
    expect(effects.find((effect) => effect.kind === 'timeline')?.entry).toMatchObject({
      what: 'lead_reassigned',
      who: 'person:mona',
      why: 'Taken from sam. Given by mona by hand: The prospect knows her.',
    });
  });

  test('keeps its own clock and gives the new owner a fresh personal target', () => {
    const { lead: moved } = toKim(at);
    expect(responseClock(moved)).toMatchObject({ dueAt: '2026-11-17T14:05:00.000Z', owes: 'kim' });
    expect(personal(moved)).toMatchObject([
      { owes: 'kim', startedAt: '2026-11-17T14:01:00.000Z', dueAt: '2026-11-17T14:06:00.000Z', run: 1 },
    ]);
  });

  test('is told to both owners', () => {
    expect(mails(toKim(at).effects)).toEqual(['assigned → kim', 'moved_away → sam']);
  });

  test('is a fact on the bus, without what somebody typed', () => {
    const { effects } = toKim(at);
    expect(events(effects)).toEqual(['LeadReassigned']);
    const fact = effects.find((effect) => effect.kind === 'event');
    expect(fact?.data).toMatchObject({
      previousOwnerId: 'sam',
      via: 'by_hand',
      reason: 'Moved on the request of mona.',
    });
  });

  test('closes the personal clock of whoever had it', () => {
    const again = toKim(at);
    const back = moveLead(later(world, at), again.lead, namedOwner(world, person('jo'), ask, 0));
    expect(personal(back.lead).map(({ status, owes }) => [status, owes])).toEqual([
      ['cancelled', 'kim'],
      ['within_sla', 'jo'],
    ]);
  });

  test('after a contact has a new owner and no new target', () => {
    const contacted = takeAttempt(later(world, at), lead, {
      activityId: 'a1',
      type: 'call',
      outcome: 'connected',
      occurredAt: later(world, at).now,
      recordedBy: { kind: 'system', name: 'dialler' },
      personId: 'sam',
    }).lead;
    const { lead: moved, effects } = toKim('2026-11-17T23:00:00-05:00', contacted);
    expect(moved).toMatchObject({ status: 'contacted', owner: { personId: 'kim' }, held: [] });
    expect(personal(moved)).toEqual([]);
    // Nothing waits for the lead any more that could hold a message until the morning.
    expect(mails(effects)).toEqual(['assigned → kim', 'moved_away → sam']);
  });
});

describe('a lead without owner', () => {
  test('is assigned by hand: Marketing’s clock is met and the owner is told', () => {
    const taken = arrived(world, demoRequest(NINE));
    const waiting = nobody(world, taken.lead, { at: world.now + 600_000, why: 'Nobody is available.' }).lead;
    const { lead: moved, effects } = toKim('2026-11-17T09:01:00-05:00', waiting);
    expect(moved).toMatchObject({ status: 'assigned', unassignedSince: null, retryAssignAt: null });
    expect(moved.clocks.find((clock) => clock.commitment === 'mql.route')?.status).toBe('met');
    expect(events(effects)).toEqual(['LeadAssigned', 'SlaMet']);
    expect(mails(effects)).toEqual(['assigned → kim']);
  });
});

describe('outside hours', () => {
  const night = '2026-11-16T22:00:00-05:00';
  const given = (): Lead => {
    const dark = later(world, night);
    const taken = arrived(dark, demoRequest(night));
    const draw = { personId: 'jo', reason: 'Next.', via: 'round_robin' as const };
    return tellOwner(dark, assign(dark, taken.lead, draw).lead).lead;
  };

  test('who had not been told yet that the lead was theirs is not told at all', () => {
    const before = given();
    expect(before.held.map(({ notice }) => notice.recipient)).toEqual(['jo']);
    const { lead: moved, effects } = toKim('2026-11-16T22:10:00-05:00', before, 'lee');
    expect(moved.held.map(({ notice }) => `${notice.notice} → ${notice.recipient}`)).toEqual([
      'assigned → lee',
    ]);
    expect(mails(effects)).toEqual([]);
    expect(timeline(effects)).toContain('held_message_dropped');
  });

  test('the same holds when a breach takes the lead away', () => {
    const before = given();
    const draw = { personId: 'kim', reason: 'Next.', via: 'round_robin' as const };
    const { lead: passed } = reassign(later(world, night), before, responseClock(before), draw);
    expect(passed.held).toEqual([]);
  });

  test('an execution that would sleep beyond the message gets a successor', () => {
    const before = given();
    const asleep = {
      ...before,
      held: [],
      clocks: before.clocks.map((clock) => ({ ...clock, wakeAt: '2026-11-20T15:00:00.000Z' })),
    };
    const { lead: moved, effects } = toKim('2026-11-16T22:10:00-05:00', asleep, 'lee');
    expect(responseClock(moved)?.run).toBe(2);
    expect(effects.flatMap((effect) => (effect.kind === 'start' ? [effect.name] : []))).toContain(
      'lead-1-1-r2',
    );
  });
});

describe('while the clocks stand still', () => {
  const pausedAt = '2026-11-17T09:02:00-05:00';
  const paused = () =>
    pauseLead(lead, { reason: 'call later', by: 'api', now: later(world, pausedAt).now, until: null }).lead;

  test('the personal clock stands still as well, and runs on with the others', () => {
    const { lead: moved } = toKim('2026-11-17T09:10:00-05:00', paused());
    expect(personal(moved)).toMatchObject([{ status: 'paused', pauses: [{ to: null, until: null }] }]);
    const now = later(world, '2026-11-17T09:30:00-05:00').now;
    const resumed = resumeLead(world.policy, moved, { reason: 'back', by: 'api', now }).lead;
    expect(personal(resumed)).toMatchObject([{ status: 'within_sla', dueAt: '2026-11-17T14:35:00.000Z' }]);
    expect(responseClock(resumed)?.dueAt).toBe('2026-11-17T14:33:00.000Z');
  });

  test('what somebody typed about the pause goes along to the personal clock, and not onto the bus', () => {
    const ask = { reason: 'prospect_asked_for_later', note: 'Ada is ill', by: 'api', until: null };
    const noted = pauseLead(lead, { ...ask, now: later(world, pausedAt).now });
    const { lead: moved, effects } = toKim('2026-11-17T09:10:00-05:00', noted.lead);
    expect(personal(moved)[0]?.pauses).toMatchObject([{ reason: ask.reason, note: ask.note }]);
    const told = [...noted.effects, ...effects].filter(({ kind }) => kind === 'event');
    expect(told.filter((one) => 'detailType' in one && one.detailType === 'ClockPaused')).toHaveLength(2);
    expect(JSON.stringify(told)).not.toContain('ill');
  });

  test('not if the pause has ended by itself and nobody has looked yet', () => {
    const until = later(world, '2026-11-17T09:05:00-05:00').now;
    const ended = pauseLead(lead, { reason: 'x', by: 'api', now: later(world, pausedAt).now, until }).lead;
    const { lead: moved } = toKim('2026-11-17T09:10:00-05:00', ended);
    expect(personal(moved)).toMatchObject([{ status: 'within_sla', dueAt: '2026-11-17T14:15:00.000Z' }]);
  });

  test('a lead that gets its first owner late is no exception', () => {
    const { lead: fresh } = arrived(world, demoRequest(NINE));
    const now = later(world, pausedAt).now;
    const standing = pauseLead(fresh, { reason: 'x', by: 'api', now, until: null }).lead;
    const draw = { personId: 'jo', reason: 'Next.', via: 'round_robin' as const };
    const { lead: given } = assign(later(world, '2026-11-17T09:10:00-05:00'), standing, draw);
    expect(personal(given).map(({ status }) => status)).toEqual(['paused']);
  });
});

describe('who is named', () => {
  test.each<[string, Partial<Person>, number, string]>([
    ['there and below the cap', { openLeadCap: 5 }, 4, ''],
    ['at the cap', { openLeadCap: 5 }, 5, ' kim is at the cap of 5 open leads, and was named all the same.'],
    [
      'away',
      { availability: [{ available: false, from: NINE, until: '2026-11-19T14:00:00.000Z', reason: 'ill' }] },
      0,
      ' kim is away until 2026-11-19T14:00:00.000Z, and was named all the same.',
    ],
    [
      'away for good and at the cap',
      { openLeadCap: 0, availability: [{ available: false, from: NINE, until: null, reason: 'ill' }] },
      0,
      ' kim is away until further notice and at the cap of 0 open leads, and was named all the same.',
    ],
  ])('%s', (_, change, openLeads, though) => {
    const draw = namedOwner(world, person('kim', change), ask, openLeads);
    expect(draw).toEqual({
      personId: 'kim',
      via: 'by_hand',
      reason: `Given by mona by hand: The prospect knows her.${though}`,
      moved: { ...ask, named: true },
    });
  });
});

describe('a request that is repeated', () => {
  const drawn = (reason = ask.reason) =>
    nextOwner(
      { personId: 'kim', reason: 'Next in the round robin.', via: 'round_robin' },
      { ...ask, reason },
    );

  test('for a named person is fulfilled while they own the lead', () => {
    expect(isMoved(lead, 'sam', ask)).toBe(true);
    expect(isMoved(lead, 'kim', ask)).toBe(false);
  });

  test('for the next one is fulfilled by the owner whom it brought', () => {
    const { lead: moved } = moveLead(world, lead, drawn());
    expect(moved.owner?.reason).toBe('Moved by mona: The prospect knows her. Next in the round robin.');
    expect(isMoved(lead, undefined, ask)).toBe(false);
    expect(isMoved(moved, undefined, ask)).toBe(true);
    expect(isMoved(moved, undefined, { ...ask, reason: 'Another.' })).toBe(false);
    expect(isMoved(moved, undefined, { ...ask, by: 'dana' })).toBe(false);
  });

  test('for the next one is not the same as the one that named them', () => {
    expect(isMoved(toKim(NINE).lead, undefined, ask)).toBe(false);
  });
});

test('only leads that are or become a rep’s work can be moved', () => {
  const movable = LEAD_STATUSES.filter((status) => isMovable({ ...lead, status }));
  expect(movable).toEqual(['unassigned', 'assigned', 'contacted']);
});
