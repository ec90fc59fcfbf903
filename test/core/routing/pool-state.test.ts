import fc from 'fast-check';
import { chooseOwner, credit, newPoolState } from '../../../core/routing/index.ts';
import { rememberTicket } from '../../../core/routing/pool-state.ts';
import { TURN } from '../../../core/routing/round-robin.ts';
import type { PoolState } from '../../../core/model/person.ts';
import { iso } from '../../../core/time.ts';
import { aPerson, ANYONE_ELSE, aPolicy, aPool, rosterOf, WEDNESDAY } from './fixture.ts';

const policy = aPolicy();
const roster = rosterOf(aPerson('ann'), aPerson('bob'), aPerson('cem'));

function drawFrom(state: PoolState, ticket: string) {
  const common = {
    policy,
    roster,
    pool: aPool(),
    lead: ANYONE_ELSE,
    exclude: [],
    full: [],
    onCallOnly: false,
  };
  const answer = chooseOwner({ ...common, state, ticket, now: WEDNESDAY, actAt: WEDNESDAY });
  if (answer.kind === 'nobody') throw new Error('nobody');
  return answer;
}

const givenBack = (state: PoolState, ticket: string, reason = 'bad_data', personId = 'ann') =>
  credit({ policy, state, personId, reason, ticket, now: WEDNESDAY });

describe('credit for a lead given back', () => {
  const first = drawFrom(newPoolState('general'), 'lead-1/1');

  test('gives the next turn to who gave it back, and the order then goes on as before', () => {
    expect(first.personId).toBe('ann');
    const owed = givenBack(first.state, 'lead-1/1');
    expect(owed.version).toBe(first.state.version + 1);
    let state = owed;
    const winners = ['a', 'b', 'c', 'd'].map((ticket) => {
      const answer = drawFrom(state, ticket);
      state = answer.state;
      return answer.personId;
    });
    expect(winners).toEqual(['ann', 'bob', 'cem', 'ann']);
  });

  test('is not given for a reason that is not the fault of the giver', () => {
    expect(givenBack(first.state, 'lead-1/1', 'cherry_picking')).toBe(first.state);
  });

  test('is given once for each assignment', () => {
    const once = givenBack(first.state, 'lead-1/1');
    expect(givenBack(once, 'lead-1/1')).toBe(once);
  });

  test('is capped by the turns that can be caught up', () => {
    const tickets = ['a', 'b', 'c', 'd', 'e'];
    const state = tickets.reduce((before, ticket) => givenBack(before, ticket), first.state);
    expect(state.entries.ann?.credit).toBe(policy.routing.catchUpTurns * TURN);
  });

  test('reaches somebody who has not drawn yet', () => {
    expect(drawFrom(givenBack(first.state, 'x/1', 'wrong_territory', 'cem'), 'next').personId).toBe('cem');
  });

  test('keeps counts, less what was given back, within 1 of each other', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (returned) => {
        let state = newPoolState('general');
        const kept: Record<string, number> = { ann: 0, bob: 0, cem: 0 };
        returned.forEach((back, i) => {
          const answer = drawFrom(state, `l/${i}`);
          state = back ? givenBack(answer.state, `l/${i}`, 'bad_data', answer.personId) : answer.state;
          kept[answer.personId]! += back ? 0 : 1;
          const counts = Object.values(kept);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        });
      }),
    );
  });
});

describe('tickets', () => {
  const at = (minutesAgo: number) => ({ personId: 'ann', at: iso(WEDNESDAY - minutesAgo * 60_000) });

  test('are forgotten once they are older than the policy remembers', () => {
    const tickets = rememberTicket(policy, { old: at(61), young: at(60) }, 'new', 'bob', WEDNESDAY);
    expect(Object.keys(tickets)).toEqual(['young', 'new']);
  });

  test('beyond 2,000 are forgotten, the oldest first', () => {
    const many = Object.fromEntries(Array.from({ length: 2_500 }, (_, i) => [`t${i}`, at(i / 100)]));
    const tickets = rememberTicket(policy, many, 'new', 'bob', WEDNESDAY);
    expect(Object.keys(tickets)).toHaveLength(2_000);
    expect(tickets.t1998).toBeDefined();
    expect(tickets.t1999).toBeUndefined();
  });
});
