/** Whether a disposition may be given: a row of the policy, its reason, something specific, enough attempts (§13). */
import type { Lead } from '../../model/lead.ts';
import type { CompiledPolicy } from '../../policy/compiled.ts';
import type { World } from '../../ladder/tell.ts';
import { attemptsMade, attemptsRequired } from '../../cadence/required.ts';
import { personOf } from '../../routing/hierarchy.ts';
import type { Refused } from './command.ts';
import type { Disposal } from './dispose.ts';
import { saysMore } from './said.ts';
import { refusedFor } from './table.ts';

export type DispositionRow = CompiledPolicy['dispositions'][number];

interface Checked {
  row: DispositionRow;
  reason: string | null;
  /** Before the attempts that it takes; a manager has signed. */
  early: boolean;
}

/** What is given, or why it cannot be. */
export function checkDisposition(world: World, lead: Lead, ask: Disposal): Checked | Refused {
  const { policy } = world;
  const byHand = policy.dispositions.filter(({ then }) => then !== 'opportunity');
  const row = byHand.find(({ id }) => id === ask.disposition);
  if (row === undefined) return unknownDisposition(policy, lead, byHand, ask.disposition);
  const reason = ask.reason ?? (row.reasons.length === 1 ? row.reasons[0] : undefined) ?? null;
  const wrong = reason === null ? row.reasons.length > 0 : !row.reasons.includes(reason);
  if (wrong) {
    const message =
      row.reasons.length === 0 ? 'must be left out' : `must be one of ${row.reasons.join(', ')}`;
    return refused(lead, 'unknown-reason', `${row.title} needs a reason of its own.`, [
      { path: 'reason', message },
    ]);
  }
  const words = [row.id, row.title, ...(reason === null ? [] : [reason])];
  if (row.detailRequired && !saysMore(policy, ask.detail, words)) {
    const message = `must say something specific, like "fewer than 50 employees", and more than "${(reason ?? row.id).replaceAll('_', ' ')}"`;
    return refused(lead, 'detail-missing', `${row.title} needs its reason in words.`, [
      { path: 'detail', message },
    ]);
  }
  return withAttempts(world, lead, row, reason, ask.signedBy);
}

function withAttempts(
  world: World,
  lead: Lead,
  row: DispositionRow,
  reason: string | null,
  signedBy: string | undefined,
): Checked | Refused {
  const missing = row.attemptsRequired ? missingAttempts(world, lead) : [];
  if (missing.length === 0) return { row, reason, early: false };
  if (signedBy !== undefined && row.earlyIfSigned) {
    return isManager(world, signedBy) ? { row, reason, early: true } : notAManager(world, lead, signedBy);
  }
  const sign = row.earlyIfSigned ? ' Or a manager signs an early one: signedBy.' : '';
  const what = missing.map(({ message }) => message).join(' ');
  return refused(lead, 'attempts-missing', `${row.title} takes more attempts first. ${what}${sign}`, missing);
}

function missingAttempts({ policy }: World, lead: Lead): Refused['missing'] {
  const [made, required] = [attemptsMade(lead), attemptsRequired(policy, lead)];
  return [
    ...short('attempts', made.attempts, required.attempts),
    ...short('channels', made.channels, required.channels),
  ];
}

function short(path: 'attempts' | 'channels', made: number, required: number): Refused['missing'] {
  return made >= required
    ? []
    : [{ path, message: `${made} of ${required} ${path}; ${required - made} more.` }];
}

function isManager({ policy, roster }: World, personId: string): boolean {
  const person = personOf(roster, personId);
  return person?.active === true && policy.managerRoles.includes(person.role);
}

function notAManager({ policy }: World, lead: Lead, personId: string): Refused {
  const message = `must be an active person with one of the roles ${policy.managerRoles.join(', ')}`;
  const detail = `Only a manager signs an early disposition; ${personId} is none.`;
  return refused(lead, 'not-a-manager', detail, [{ path: 'signedBy', message }]);
}

function unknownDisposition(
  { dispositions }: CompiledPolicy,
  lead: Lead,
  byHand: readonly DispositionRow[],
  id: string,
): Refused {
  const converted = dispositions.find((row) => row.id === id);
  const why =
    converted === undefined
      ? 'The policy has no such disposition.'
      : `${converted.title}: no hand gives that, the acceptance of an AE does.`;
  const message = `must be one of ${byHand.map((row) => row.id).join(', ')}`;
  return refused(lead, 'unknown-disposition', why, [{ path: 'disposition', message }]);
}

function refused(lead: Lead, type: string, detail: string, missing: Refused['missing']): Refused {
  return refusedFor(lead, { refused: type, detail, missing });
}
