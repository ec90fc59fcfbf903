import { aePoolOf, aeTicket, chooseAe } from '../../../../core/lifecycle/choose-ae.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import type { Lead } from '../../../../core/model/lead.ts';
import type { Person } from '../../../../core/model/person.ts';
import { newPoolState } from '../../../../core/routing/index.ts';
import { epochMs, iso } from '../../../../core/time.ts';
import { later } from '../../../support/world.ts';
import * as sqls from './sqls.ts';

const { at } = sqls;
let world: World;
beforeAll(async () => {
  world = await sqls.handoffWorld();
});

const ofAccount = (accountOwner: string): Lead =>
  sqls.briefed(world, sqls.sql(world, sqls.sal(world), { accountOwner }));
const away = (...ids: string[]): World => ({
  ...world,
  roster: { ...world.roster, people: world.roster.people.map((person) => absent(person, ids)) },
});
const absent = (person: Person, ids: string[]): Person =>
  ids.includes(person.personId)
    ? {
        ...person,
        availability: [
          {
            available: false,
            from: '2026-11-01T00:00:00.000Z',
            until: '2026-11-23T13:00:00.000Z',
            reason: 'leave',
          },
        ],
      }
    : person;
const choose = (lead: Lead, from = world, state = newPoolState('ae_enterprise')) =>
  chooseAe(from, lead, state, aeTicket(lead, 1));

describe('the pool of AEs', () => {
  test.each([
    [1200, 'ae_enterprise'],
    [20, 'ae_general'],
    [undefined, 'ae_general'],
  ])('of a company with %p employees is %s', (employees, id) => {
    const company = { name: 'Example', employees };
    expect(aePoolOf(world.policy, sqls.sal(world, { company })).id).toBe(id);
  });
});

describe('whoever owns the account', () => {
  test('goes before the round robin, without taking a turn', () => {
    const state = newPoolState('ae_enterprise');
    expect(chooseAe(world, ofAccount('ben'), state, 'lead-1/ae-1', ['ben'])).toEqual({
      kind: 'chosen',
      draw: {
        personId: 'ben',
        reason: 'ben owns the account, which goes before the round robin.',
        via: 'account_owner',
      },
      state,
    });
  });

  test.each([
    ['somebody unknown', 'nina', 'nina, who owns the account, is no active AE.'],
    ['an SDR', 'sam', 'sam, who owns the account, is no active AE.'],
    ['away', 'ben', 'ben, who owns the account, is away until 2026-11-23T13:00:00.000Z.'],
  ])('and is %s leaves it to the others, and the reason says so', (_what, owner, why) => {
    const choice = choose(ofAccount(owner), away('ben'));
    expect(choice).toMatchObject({ kind: 'chosen', draw: { personId: 'alice', via: 'round_robin' } });
    const reason = choice.kind === 'chosen' ? choice.draw.reason : '';
    expect(reason).toMatch(why);
    expect(reason.split(/\.(?: |$)/).filter((part) => part !== '')).toHaveLength(2);
  });
});

describe('the round robin', () => {
  test('takes turns, and the same ticket gets the same AE', () => {
    let state = newPoolState('ae_enterprise');
    const drawn = [1, 2, 3, 4].map((n) => {
      const ask = () => chooseAe(later(world, at('13:00')), sqls.briefed(world), state, `lead-${n}/ae-1`);
      const choice = ask();
      if (choice.kind === 'nobody') throw new Error('nobody');
      ({ state } = choice);
      expect(ask()).toMatchObject({ draw: { personId: choice.draw.personId }, state });
      return choice.draw.personId;
    });
    expect(drawn).toEqual(['alice', 'ben', 'alice', 'ben']);
  });

  test('passes over those at their cap', () => {
    const lead = sqls.briefed(world);
    const choice = chooseAe(world, lead, newPoolState('ae_enterprise'), 'lead-1/ae-1', ['alice']);
    expect(choice).toMatchObject({ draw: { personId: 'ben' } });
  });
});

describe('with nobody there', () => {
  test('the AE manager decides at once', () => {
    const choice = choose(sqls.briefed(world), away('alice', 'ben'));
    expect(choice).toMatchObject({
      draw: {
        personId: 'aaron',
        reason: 'Nobody of pool ae_enterprise is available, so that it is for aaron, its fallback.',
        via: 'fallback',
      },
    });
  });

  test('not before the time that a policy gives, which counts from the briefing', () => {
    const pools = world.policy.pools.map((pool) =>
      pool.for === 'ae' ? { ...pool, fallback: { ...pool.fallback, after: 'PT30M' } } : pool,
    );
    const patient = { ...away('alice', 'ben'), policy: { ...world.policy, pools } };
    const lead = sqls.briefed(world);
    const retryAt = epochMs(at('10:30'));
    expect(choose(lead, patient)).toMatchObject({ kind: 'nobody', retryAt });
    expect(choose(lead, { ...patient, now: retryAt })).toMatchObject({ draw: { personId: 'aaron' } });
  });

  test('nor anybody above: somebody has to come back', () => {
    const everybody = away(...world.roster.people.map(({ personId }) => personId));
    const choice = choose(sqls.briefed(world), everybody);
    expect(choice).toMatchObject({
      kind: 'nobody',
      reasons: { alice: 'Away until 2026-11-23T13:00:00.000Z.' },
    });
    expect(choice.kind === 'nobody' && iso(choice.retryAt!)).toBe('2026-11-23T13:00:00.000Z');
  });
});
