import { attentionAt } from '../../../core/lifecycle/attention.ts';
import { reconcileSubject } from '../../../core/lifecycle/reconcile.ts';
import type { Clock } from '../../../core/model/clock.ts';
import type { Effect } from '../../../core/model/effects.ts';
import type { Lead } from '../../../core/model/lead.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { epochMs, iso } from '../../../core/time.ts';
import { clock, lead } from '../messages/fixture.ts';

const NOW = epochMs('2026-11-20T15:04:05Z');
const MINUTE = 60_000;
const policy = {
  reconciler: { owedAfter: 'PT1M', overdueAfter: 'PT2M' },
  commitments: [
    { id: 'mql.respond', machine: 'mql-response' },
    { id: 'mql.route', machine: 'commitment-clock', startExecutionAfter: 'PT3M' },
    { id: 'measured', machine: 'none', startExecutionAfter: 'PT3M' },
  ],
} as unknown as CompiledPolicy;
const effect = {
  kind: 'event',
  id: 'e',
  detailType: 'LeadReceived',
  at: iso(NOW),
  data: {},
} satisfies Effect;

const quiet: Clock = { ...clock, wakeAt: null, startedAt: iso(NOW) };
const waiting = (minutes: number): Clock => ({ ...quiet, wakeAt: iso(NOW + minutes * MINUTE) });
const routing: Clock = { ...quiet, commitment: 'mql.route', run: 0, rungs: [] };
const rungAt = (minutes: number): Clock['rungs'][number] => ({
  ...clock.rungs[0]!,
  at: iso(NOW + minutes * MINUTE),
});

const cases: [string, Partial<Lead>, number | null][] = [
  ['nothing is owed and nothing waits', { clocks: [quiet] }, null],
  ['effects are owed', { owed: [effect], clocks: [] }, 1],
  ['an execution waits', { clocks: [waiting(10)] }, 12],
  ['two executions wait', { clocks: [waiting(10), waiting(4)] }, 6],
  ['an execution waits and effects are owed', { owed: [effect], clocks: [waiting(10)] }, 1],
  ['an execution is overdue', { clocks: [waiting(-60)] }, -58],
  ['a clock has no execution yet', { clocks: [routing] }, 3],
  ['its first rung comes sooner than that', { clocks: [{ ...routing, rungs: [rungAt(2), rungAt(4)] }] }, 2],
  ['its first rung is due when it starts', { clocks: [{ ...routing, rungs: [rungAt(0)] }] }, 3],
  ['a clock has got its execution', { clocks: [{ ...routing, run: 1 }] }, null],
  ['a clock without an execution is met', { clocks: [{ ...routing, metAt: iso(NOW) }] }, null],
  ['a clock that waits is cancelled', { clocks: [{ ...waiting(10), status: 'cancelled' }] }, null],
  ['a clock never gets an execution', { clocks: [{ ...routing, commitment: 'measured' }] }, null],
  [
    'a clock is of a commitment that the policy no longer has',
    { clocks: [{ ...routing, commitment: 'gone' }] },
    null,
  ],
  ['a paused clock is looked at again later', { clocks: [{ ...waiting(30), status: 'paused' }] }, 32],
];

test('a lead that was delivered late is looked at when its executions are started, not before', () => {
  const late = { ...lead, owed: [], receivedAt: iso(NOW + 60 * MINUTE), clocks: [routing] };
  const at = attentionAt(late, policy, NOW + 60 * MINUTE);
  expect(at).toBe(NOW + 63 * MINUTE);
  const world = (now: number) => ({ policy, roster: { version: 0, people: [] }, now });
  expect(reconcileSubject(world(NOW + 63 * MINUTE - 1), late).effects).toEqual([]);
  const started = reconcileSubject(world(NOW + 63 * MINUTE), late).effects;
  expect(started.map((effect) => effect.kind)).toEqual(['timeline', 'start']);
});

it.each(cases)('when %s, the lead is looked at in good time', (_, change, minutes) => {
  const at = attentionAt({ ...lead, owed: [], ...change }, policy, NOW);
  expect(at).toBe(minutes === null ? null : NOW + minutes * MINUTE);
});
