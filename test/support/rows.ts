/** Rows of the policy chosen, or added, in memory: for what is about a few rows and would drown among all of them. */
import type { World } from '../../core/ladder/tell.ts';
import type { CompiledPolicy } from '../../core/policy/compiled.ts';
import type { CommitmentRow } from '../../core/policy/schema/commitments.ts';

/** What is owed until the first attempt: the response ladder and Marketing's half before it. */
const RESPONSE = ['mql.respond', 'owner.respond', 'mql.route', 'marketing.score', 'marketing.enrich'];

/** The world with the response and these rows of the policy enforced, and no others. */
export function enforcing(world: World, ...ids: string[]): World {
  const unknown = ids.filter((id) => !world.policy.commitments.some((row) => row.id === id));
  if (unknown.length > 0) throw new Error(`no such rows: ${unknown.join(', ')}`);
  return { ...world, policy: responseAnd(world.policy, ...ids) };
}

/** The policy with the response and these rows enforced, and no others. */
export function responseAnd(policy: CompiledPolicy, ...ids: string[]): CompiledPolicy {
  const isMeant = ({ id }: CommitmentRow): boolean => RESPONSE.includes(id) || ids.includes(id);
  return { ...policy, commitments: policy.commitments.map((row) => ({ ...row, enforced: isMeant(row) })) };
}

/** A commitment of one's own: one business hour for the owner of a lead, without rungs, unless told otherwise. */
export function ownRow(
  row: Partial<CommitmentRow> & Pick<CommitmentRow, 'id' | 'start' | 'stop'>,
): CommitmentRow {
  return {
    title: row.id,
    subject: 'lead',
    owes: 'owner',
    target: 'PT1H',
    calendar: 'business',
    machine: 'none',
    rungs: [],
    enforced: true,
    ...row,
  };
}

/** The world with rows besides those of the policy. */
export function withRows(world: World, ...rows: CommitmentRow[]): World {
  return { ...world, policy: { ...world.policy, commitments: [...world.policy.commitments, ...rows] } };
}
