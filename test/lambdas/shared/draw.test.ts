/** The round robin under concurrency, on a pool state that others write as well. */
import { handler as assignOwner } from '../../../lambdas/workflow/assign-owner/handler.ts';
import { handler as reassignOnBreach } from '../../../lambdas/workflow/reassign-on-breach/handler.ts';
import { arrived, owned } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import { conflict, ofPool } from '../../support/troubles.ts';
import type { WorkflowState } from '../../../core/model/effects.ts';

let backend: Backend;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(() => backend.begin('2026-11-20T15:00:00Z'));

const crm = (n: number) => ({ crm: { system: 'salesforce', recordId: `${backend.recordId}-${n}` } });
const many = async (count: number) => {
  const states: WorkflowState[] = [];
  for (let n = 0; n < count; n += 1) states.push(await arrived(backend, crm(n)));
  return states;
};
const ownerOf = async ({ leadId }: WorkflowState) => (await backend.lead(leadId)).owner?.personId ?? 'nobody';
const count = async (states: WorkflowState[]) => {
  const owners = await Promise.all(states.map(ownerOf));
  return Object.fromEntries(
    [...new Set(owners)].sort().map((id) => [id, owners.filter((o) => o === id).length]),
  );
};

it('shares leads that come at the same moment evenly', async () => {
  const states = await many(9);
  await Promise.all(states.map((state) => assignOwner(state)));
  const { sam = 0, jo = 0 } = await count(states);
  expect([sam, jo].sort()).toEqual([4, 5]);
});

it('shares evenly also while other processes keep being quicker', async () => {
  const random = jest.spyOn(Math, 'random').mockReturnValue(0);
  const states = await many(4);
  for (const state of states) {
    backend.fail('PutCommand', conflict, { when: ofPool, times: 7 });
    expect((await assignOwner(state)).outcome).toBe('assigned');
  }
  expect(await count(states)).toEqual({ jo: 2, sam: 2 });
  random.mockRestore();
});

it('gives up by name when others never stop, and takes nobody', async () => {
  const random = jest.spyOn(Math, 'random').mockReturnValue(0);
  const [state] = await many(1);
  backend.fail('PutCommand', conflict, { when: ofPool });
  const before = backend.asked['PutCommand'] ?? 0;
  await expect(assignOwner(state)).rejects.toMatchObject({ name: 'VersionConflict' });
  expect((backend.asked['PutCommand'] ?? 0) - before).toBeGreaterThan(59);
  expect(await ownerOf(state!)).toBe('nobody');
  random.mockRestore();
});

it("respects everybody's cap, one lead after the other", async () => {
  await backend.change('sam', { openLeadCap: 1 });
  await backend.change('jo', { openLeadCap: 2 });
  const states = await many(4);
  const outcomes: string[] = [];
  for (const state of states) outcomes.push((await assignOwner(state)).outcome);
  expect(outcomes).toEqual(['assigned', 'assigned', 'assigned', 'nobody']);
  expect(await count(states)).toEqual({ jo: 2, nobody: 1, sam: 1 });
});

it('respects the caps also when all come at the same moment', async () => {
  await backend.change('sam', { openLeadCap: 1 });
  await backend.change('jo', { openLeadCap: 2 });
  const states = await many(6);
  await Promise.all(states.map((state) => assignOwner(state)));
  expect(await count(states)).toEqual({ jo: 2, nobody: 3, sam: 1 });
});

it('respects the caps although the index of open leads lags behind', async () => {
  await backend.change('sam', { openLeadCap: 1 });
  await backend.change('jo', { openLeadCap: 1 });
  const states = await many(3);
  backend.answer('QueryCommand', { Items: [] }, { when: ({ IndexName }) => IndexName === 'byOwner' });
  for (const state of states) await assignOwner(state);
  expect(await count(states)).toEqual({ jo: 1, nobody: 1, sam: 1 });
});

it('passes a missed lead on to the other one, and with nobody else in the pool to its backup', async () => {
  const first = await owned(backend);
  const old = await ownerOf(first);
  backend.at('2026-11-20T15:05:00Z');
  await reassignOnBreach(first);
  expect([old, await ownerOf(first)].sort()).toEqual(['jo', 'sam']);

  const second = await owned(backend, crm(1));
  const other = (await ownerOf(second)) === 'sam' ? 'jo' : 'sam';
  await backend.away(other);
  backend.at('2026-11-20T15:10:00Z');
  await reassignOnBreach(second);
  const { owner } = await backend.lead(second.leadId);
  expect(owner?.via).toBe('backup');
  expect(['sam', 'jo']).not.toContain(owner?.personId);
});

it('leaves a missed lead where it is when nobody at all is there, and says so', async () => {
  const state = await owned(backend);
  const old = await ownerOf(state);
  await backend.away(...['sam', 'jo', 'kim', 'lee', 'ines', 'erik', 'pat'].filter((id) => id !== old));
  backend.at('2026-11-20T15:05:00Z');
  await reassignOnBreach(state);
  expect(await ownerOf(state)).toBe(old);
  expect(await backend.happened(state.leadId)).toContain('reassignment_failed');
});
