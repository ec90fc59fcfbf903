/** Rows of the policy switched on, or added, in memory. */
import type { World } from '../../core/ladder/tell.ts';
import type { CommitmentRow } from '../../core/policy/schema/commitments.ts';

/** The world with these rows of the policy enforced. */
export function enforcing(world: World, ...ids: string[]): World {
  const unknown = ids.filter((id) => !world.policy.commitments.some((row) => row.id === id));
  if (unknown.length > 0) throw new Error(`no such rows: ${unknown.join(', ')}`);
  const commitments = world.policy.commitments.map((row) =>
    ids.includes(row.id) ? { ...row, enforced: true } : row,
  );
  return { ...world, policy: { ...world.policy, commitments } };
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
