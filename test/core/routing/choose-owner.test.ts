import fc from 'fast-check';
import { chooseOwner, newPoolState } from '../../../core/routing/index.ts';
import type { ChosenOwner, NobodyToOwn, OwnerRequest } from '../../../core/routing/index.ts';
import type { Person, PoolState } from '../../../core/model/person.ts';
import { epochMs } from '../../../core/time.ts';
import {
  aPerson,
  ANYONE_ELSE,
  aPolicy,
  aPool,
  FRIDAY_NIGHT,
  leave,
  MONDAY,
  rosterOf,
  WEDNESDAY,
} from './fixture.ts';

const policy = aPolicy();

function request(people: Person[], changes: Partial<OwnerRequest> = {}): OwnerRequest {
  return {
    policy,
    roster: rosterOf(...people),
    pool: aPool(),
    lead: ANYONE_ELSE,
    state: newPoolState('general'),
    ticket: 'lead-1/1',
    now: WEDNESDAY,
    actAt: WEDNESDAY,
    exclude: [],
    full: [],
    onCallOnly: false,
    ...changes,
  };
}

function chosen(input: OwnerRequest): ChosenOwner {
  const answer = chooseOwner(input);
  if (answer.kind !== 'chosen') throw new Error(`nobody: ${JSON.stringify(answer.reasons)}`);
  return answer;
}

function nobody(input: OwnerRequest): NobodyToOwn {
  const answer = chooseOwner(input);
  if (answer.kind !== 'nobody') throw new Error(`chosen: ${answer.personId}`);
  return answer;
}

const trio = ['ann', 'bob', 'cem'].map((id) => aPerson(id));

describe('a new owner', () => {
  test('comes with the reason, counts the version up and is remembered by ticket', () => {
    const answer = chosen(request(trio, { exclude: ['ann'] }));
    expect(answer).toMatchObject({
      personId: 'bob',
      via: 'round_robin',
      reason: 'Next in the round robin of pool general (2 of 3 members available and in their hours).',
    });
    expect(answer.state.version).toBe(1);
    expect(answer.state.tickets).toEqual({ 'lead-1/1': { personId: 'bob', at: '2026-11-18T09:00:00.000Z' } });
  });

  test('leaves the state that was given as it was', () => {
    const state = newPoolState('general');
    chosen(request(trio, { state }));
    expect(state).toEqual(newPoolState('general'));
  });

  test('is the same with the same state when the ticket was drawn before, even if they are full by now', () => {
    const first = chosen(request(trio));
    const again = chosen(
      request(trio, { state: first.state, full: [first.personId], now: WEDNESDAY + 60_000 }),
    );
    expect(again.personId).toBe(first.personId);
    expect(again.state).toBe(first.state);
  });

  test('is never somebody excluded, full, away or inactive', () => {
    const kinds = ['fine', 'excluded', 'full', 'away', 'inactive'] as const;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 8 }),
        fc.nat(20),
        (members, draws) => {
          const availability = [leave('2026-11-01T00:00:00.000Z', null)];
          const people = members.map((kind, i) =>
            aPerson(`${kind}-${i}`, {
              active: kind !== 'inactive',
              availability: kind === 'away' ? availability : [],
            }),
          );
          const of = (kind: string) => people.map((p) => p.personId).filter((id) => id.startsWith(kind));
          let state = newPoolState('general');
          for (let i = 0; i <= draws; i++) {
            const answer = chooseOwner(
              request(people, { state, ticket: `l/${i}`, exclude: of('excluded'), full: of('full') }),
            );
            expect(answer.kind).toBe(members.includes('fine') ? 'chosen' : 'nobody');
            if (answer.kind === 'chosen') {
              expect(answer.personId).toMatch(/^fine/);
              state = answer.state;
            }
          }
        },
      ),
    );
  });
});

describe('leave and hours', () => {
  const onMonday = leave('2026-11-23T00:00:00.000Z', '2026-11-24T00:00:00.000Z');
  const thisWeekend = leave('2026-11-20T12:00:00.000Z', '2026-11-23T00:00:00.000Z');

  test('are looked at when the owner must act: on leave on Monday is no owner for a Friday-night lead', () => {
    const people = [
      aPerson('ann', { availability: [onMonday] }),
      aPerson('bob', { availability: [thisWeekend] }),
    ];
    expect(chosen(request(people, { now: FRIDAY_NIGHT, actAt: MONDAY })).personId).toBe('bob');
  });

  test('are looked at now when the clock has started before', () => {
    const people = [aPerson('ann', { availability: [onMonday] }), aPerson('bob')];
    expect(chosen(request(people, { now: MONDAY, actAt: FRIDAY_NIGHT })).personId).toBe('bob');
  });

  test('prefer those in their own hours', () => {
    const people = [aPerson('ann', { timeZone: 'America/New_York' }), aPerson('bob')];
    expect(chosen(request(people)).personId).toBe('bob');
  });

  test('let all available count when nobody is in hours', () => {
    const answer = chosen(request(trio, { now: FRIDAY_NIGHT, actAt: FRIDAY_NIGHT }));
    expect(answer.reason).toBe('Next in the round robin of pool general (3 of 3 members available).');
  });

  test('owe an extra turn to who comes back from leave, and no more than the policy says', () => {
    const ann = aPerson('ann', {
      availability: [leave('2026-11-18T09:01:00.000Z', '2026-11-18T12:00:00.000Z')],
    });
    const people = [ann, ...trio.slice(1)];
    let state: PoolState = newPoolState('general');
    const winners: string[] = [];
    const draw = (at: string, ticket: string) => {
      const answer = chosen(request(people, { state, ticket, now: epochMs(at), actAt: epochMs(at) }));
      state = answer.state;
      winners.push(answer.personId);
      return answer;
    };
    draw('2026-11-18T09:00:00Z', 'first');
    for (let i = 0; i < 50; i++) draw('2026-11-18T10:00:00Z', `away-${i}`);
    expect(winners.filter((id) => id === 'ann')).toHaveLength(1);
    winners.length = 0;
    expect(draw('2026-11-18T12:00:00Z', 'back').reason).toMatch(
      /^Owed an extra turn in the round robin of pool general/,
    );
    for (let i = 0; i < 7; i++) draw('2026-11-18T12:00:00Z', `back-${i}`);
    expect(winners.slice(0, 2)).toEqual(['ann', 'ann']);
    expect(winners.slice(2).filter((id) => id === 'ann')).toHaveLength(2);
  });
});

describe('on call', () => {
  const member = aPerson('ann', { onCall: true, territories: ['emea'] });
  const elsewhere = aPerson('zoe', { onCall: true, territories: ['amer'] });
  const pool = aPool({ members: { roles: ['sdr'], match: ['territory'] } });
  const night = {
    pool,
    lead: { ...ANYONE_ELSE, territory: 'emea' },
    now: FRIDAY_NIGHT,
    actAt: FRIDAY_NIGHT,
    onCallOnly: true,
  };

  test('takes a member of the pool who is on call', () => {
    const answer = chosen(request([aPerson('bob'), elsewhere, member], night));
    expect(answer).toMatchObject({ personId: 'ann', via: 'on_call' });
    expect(answer.reason).toBe(
      'Next in the round robin of on-call people of pool general (1 of 1 members available).',
    );
  });

  test.each([
    ['full', { full: ['ann'] }],
    ['excluded', { exclude: ['ann'] }],
  ])('takes somebody on call elsewhere with the same role when the own one is %s', (_, changes) => {
    expect(chosen(request([member, elsewhere], { ...night, ...changes })).personId).toBe('zoe');
  });

  test('takes nobody with another role or off call', () => {
    const people = [aPerson('bob'), aPerson('eve', { role: 'ae', onCall: true })];
    expect(nobody(request(people, night))).toEqual({ kind: 'nobody', reasons: {}, retryAt: null });
  });
});

describe('nobody available', () => {
  test('says why for each member, without the reason of a leave, and when the first comes back', () => {
    const people = [
      aPerson('ann', { availability: [leave('2026-11-16T00:00:00.000Z', '2026-11-20T08:00:00.000Z')] }),
      aPerson('bob', { availability: [leave('2026-11-16T00:00:00.000Z', '2026-11-19T08:00:00.000Z')] }),
      aPerson('cem', { availability: [leave('2026-11-16T00:00:00.000Z', null)] }),
      aPerson('dee', { openLeadCap: 5 }),
      aPerson('eli', { availability: [leave('2026-11-16T00:00:00.000Z', '2026-11-18T10:00:00.000Z')] }),
    ];
    expect(nobody(request(people, { full: ['dee'], exclude: ['eli'] }))).toEqual({
      kind: 'nobody',
      reasons: {
        ann: 'Away until 2026-11-20T08:00:00.000Z.',
        bob: 'Away until 2026-11-19T08:00:00.000Z.',
        cem: 'Away until further notice.',
        dee: 'At their cap of open leads.',
        eli: 'The lead is not to go to them again.',
      },
      retryAt: epochMs('2026-11-19T08:00:00Z'),
    });
  });
});

test('people who have left the roster leave the state', () => {
  const first = chosen(request(trio));
  const second = chosen(request(trio.slice(1), { state: first.state, ticket: 'lead-2/1' }));
  expect(Object.keys(second.state.entries).sort()).toEqual(['bob', 'cem']);
});
