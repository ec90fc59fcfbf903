/** The gate: evaluations of intent per second, beside a plain sum over the same signals. */
import { scoreIntent, signalTypes } from '../core/qualification/gate/intent.ts';
import type { InquirySignal } from '../core/qualification/gate/types.ts';
import { epochMs, iso } from '../core/time.ts';
import { loadPolicy } from '../lib/policy/load.ts';
import { PROJECT } from '../tools/shared/cdk.ts';
import { number, table } from './table.ts';

const SIZES = [10, 100, 1000];
const NOW = epochMs('2026-11-20T15:00:00Z');
const HOUR_MS = 3_600_000;
const DAYS = 90;
const PAGES_OF_A_VISIT = 4;
/** A prime, so that each signal arrives once. */
const STRIDE = 7919;
const MEASURED_MS = 1000;

/** Runs the section. @returns a table for the terminal */
export async function benchGate(): Promise<string> {
  const policy = await loadPolicy(`${PROJECT}/policy/default.yaml`);
  const points = new Map(policy.scoring.acts.map((row) => [row.id, row.points]));
  const types = signalTypes(policy);
  const rows = SIZES.map((size) => {
    const signals = signalsOf(types, size);
    const ours = rate(() => scoreIntent(policy, signals, NOW).total);
    const plain = rate(() => signals.reduce((sum, { type }) => sum + (points.get(type) ?? 0), 0));
    const { total, contributions } = scoreIntent(policy, signals, NOW);
    return [size, number(ours), number(1e6 / ours), number(plain), contributions.length, total];
  });
  return table(
    'Intent: evaluations per second',
    ['signals', 'evaluations/s', 'µs each', 'reference: plain sum/s', 'lines of explanation', 'score'],
    rows,
    [
      `Signals of all types in turn over ${DAYS} days, ${PAGES_OF_A_VISIT} to a visit.`,
      'The plain sum looks up points by type: no windows, no decay, no duplicates, no explanation, and a wrong score.',
    ],
  );
}

/** Signals of every type, evenly spread and out of order, as they come from several systems. */
function signalsOf(types: readonly string[], size: number): InquirySignal[] {
  const apart = (DAYS * 24 * HOUR_MS) / size;
  return Array.from({ length: size }, (_, arrived) => {
    const i = (arrived * STRIDE) % size;
    return {
      id: `signal-${i}`,
      type: types[(i * 7) % types.length] ?? '',
      at: iso(NOW - Math.floor(i * apart)),
      session: `visit-${Math.floor(i / PAGES_OF_A_VISIT)}`,
    };
  });
}

/** Calls per second, after a first round that lets the engine compile. */
function rate(call: () => number): number {
  for (let i = 0; i < 200; i++) call();
  const begun = performance.now();
  let calls = 0;
  do {
    for (let i = 0; i < 10; i++) call();
    calls += 10;
  } while (performance.now() - begun < MEASURED_MS);
  return (calls / (performance.now() - begun)) * 1000;
}
