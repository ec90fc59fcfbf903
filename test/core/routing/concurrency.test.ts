/** Many draws at once against a store that takes a state only if its version follows the stored one. */
import { chooseOwner, newPoolState } from '../../../core/routing/index.ts';
import type { PoolState } from '../../../core/model/person.ts';
import { aPerson, ANYONE_ELSE, aPolicy, aPool, rosterOf, WEDNESDAY } from './fixture.ts';

class Store {
  conflicts = 0;
  private stored = JSON.stringify(newPoolState('general'));

  async get(): Promise<PoolState> {
    await later();
    return JSON.parse(this.stored) as PoolState;
  }

  async save(state: PoolState): Promise<boolean> {
    await later();
    const current = JSON.parse(this.stored) as PoolState;
    if (state.version === current.version + 1) this.stored = JSON.stringify(state);
    else this.conflicts += 1;
    return state.version === current.version + 1;
  }
}

let seed = 7;
/** Some turns of the event loop, a different number each time. */
async function later(): Promise<void> {
  seed = (seed * 16_807) % 2_147_483_647;
  for (let i = seed % 3; i >= 0; i--) await new Promise((resolve) => setImmediate(resolve));
}

const people = Array.from({ length: 7 }, (_, i) => aPerson(`p${i}`));
const policy = aPolicy();

async function assign(store: Store, ticket: string): Promise<string> {
  for (;;) {
    const state = await store.get();
    const common = {
      policy,
      roster: rosterOf(...people),
      pool: aPool(),
      lead: ANYONE_ELSE,
      exclude: [],
      full: [],
    };
    const answer = chooseOwner({
      ...common,
      state,
      ticket,
      now: WEDNESDAY,
      actAt: WEDNESDAY,
      onCallOnly: false,
    });
    if (answer.kind === 'nobody') throw new Error('nobody');
    if (answer.state === state || (await store.save(answer.state))) return answer.personId;
  }
}

test('200 draws at once, some asked for twice, end with counts that differ by at most 1', async () => {
  const store = new Store();
  const tickets = Array.from({ length: 200 }, (_, i) => `lead-${i}/1`);
  const [owners, repeated] = await Promise.all([
    Promise.all(tickets.map((ticket) => assign(store, ticket))),
    Promise.all(tickets.slice(0, 20).map((ticket) => assign(store, ticket))),
  ]);
  expect(repeated).toEqual(owners.slice(0, 20));
  expect(store.conflicts).toBeGreaterThan(200);
  const counts = people.map((person) => owners.filter((owner) => owner === person.personId).length);
  expect(counts.reduce((a, b) => a + b)).toBe(200);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
});
