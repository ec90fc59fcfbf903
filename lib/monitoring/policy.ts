/** What monitoring takes from the policy of an environment: bounds are the policy's wherever it has them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { wallMs } from '../../core/calendar/index.ts';
import { policyId } from '../bundle.ts';

/** The compiled policy has been checked in full; here only what is needed is looked at. */
const policySchema = z.object({
  sources: z.array(z.object({ target: z.string() })).min(1),
  pools: z.array(z.object({ fallback: z.object({ after: z.string() }) })).min(1),
  reconciler: z.object({ overdueAfter: z.string() }),
  commitments: z.array(
    z.object({
      id: z.string(),
      machine: z.string(),
      enforced: z.boolean(),
      rungs: z.array(z.object({ rung: z.string() })),
    }),
  ),
  metrics: z.array(z.object({ id: z.string(), red: z.union([z.number(), z.string()]) })),
});

export interface MonitoredPolicy {
  /** The shortest time within which a lead has to be answered, in seconds. */
  shortestTarget: number;
  /** The longest time after which a lead without an owner goes to the fallback owner, in seconds. */
  longestFallback: number;
  /** How long after its instant an execution that has not woken is replaced, in seconds. */
  overdueAfter: number;
  /** Percent of commitments met below which the policy calls it red (policy book §14). */
  redCompliance: number;
  /** The commitment to respond to a lead. */
  response: string;
  /** Rungs that any of them has. */
  rungs: string[];
}

/**
 * Reads the policy that the functions of an environment have been bundled with.
 * @throws if they have not been bundled, or the policy has no bound for the compliance
 */
export function monitoredPolicy(policyFile: string): MonitoredPolicy {
  const file = path.resolve(import.meta.dirname, '../../dist/policy', `${policyId(policyFile)}.json`);
  const policy = policySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const red = policy.metrics.find(({ id }) => id === 'compliance')?.red;
  if (typeof red !== 'number')
    throw new Error(`${policyFile} says of no percentage of compliance that it is red.`);
  const responds = policy.commitments.find(({ machine }) => machine === 'mql-response');
  if (responds === undefined) throw new Error(`${policyFile} has no commitment to respond.`);
  const enforced = policy.commitments.filter((row) => row.enforced);
  return {
    shortestTarget: Math.min(...policy.sources.map(({ target }) => wallMs(target))) / 1000,
    longestFallback: Math.max(...policy.pools.map(({ fallback }) => wallMs(fallback.after))) / 1000,
    overdueAfter: wallMs(policy.reconciler.overdueAfter) / 1000,
    redCompliance: red,
    response: responds.id,
    rungs: [...new Set(enforced.flatMap(({ rungs }) => rungs.map(({ rung }) => rung)))],
  };
}
