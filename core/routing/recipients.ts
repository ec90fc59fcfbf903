/** Whom a rung means (policy book §2, §5): from `owner.manager` or `role:vp_sales` to people. */
import type { Person, Roster } from '../model/person.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { Recipient, Role } from '../policy/schema/basics.ts';
import { roleSchema } from '../policy/schema/basics.ts';
import type { PoolRow } from '../policy/schema/people.ts';
import type { EpochMs } from '../time.ts';
import { isAvailable } from './availability.ts';
import { holdersOf, personOf, standInRoles, upwards } from './hierarchy.ts';
import { ANY_LEAD, membersOf } from './pool.ts';
import type { LeadTraits } from './pool.ts';

export interface RecipientContext {
  /** The pool of the lead; of a ticket, which has none, who stands in for its people. */
  pool: Pick<PoolRow, 'manager'> & { backup: Pick<PoolRow['backup'], 'pool'> | null };
  ownerId: string | null;
  previousOwnerId: string | null;
  /** Narrows a backup pool to those who may take this lead; without it, all its members. */
  lead?: LeadTraits | undefined;
}

export interface Recipients {
  people: Person[];
  /** Who was missing and who stands in, in one or two sentences; null if all is as the policy says. */
  note: string | null;
}

interface Setting {
  policy: CompiledPolicy;
  roster: Pick<Roster, 'people'>;
  ctx: RecipientContext;
  at: EpochMs;
  /** Recipients that are being resolved, so that a policy that names them in a circle comes to an end. */
  seen: Recipient[];
}

/**
 * The people whom a recipient of the policy means at an instant.
 *
 * Managers, holders of a role and named people who are missing or away are stood in for, and the note says so. Owners
 * are not: who owes is told, when they are back. Nobody is returned only with a note.
 */
export function resolveRecipient(
  policy: CompiledPolicy,
  roster: Pick<Roster, 'people'>,
  recipient: Recipient,
  ctx: RecipientContext,
  at: EpochMs,
): Recipients {
  return resolve({ policy, roster, ctx, at, seen: [] }, recipient);
}

function resolve(setting: Setting, recipient: Recipient): Recipients {
  const { ctx, seen } = setting;
  if (seen.includes(recipient))
    return prefixed(`The policy names ${recipient} in a circle.`, inCommand(setting));
  const inner = { ...setting, seen: [...seen, recipient] };
  switch (recipient) {
    case 'owner':
      return owing(inner, ctx.ownerId, 'The lead has no owner.');
    case 'previous_owner':
      return owing(inner, ctx.previousOwnerId, 'The lead has no previous owner.');
    case 'owner.manager':
      return managerOf(inner, ctx.ownerId, 'The lead has no owner whose manager could be told.');
    case 'previous_owner.manager':
      return managerOf(
        inner,
        ctx.previousOwnerId,
        'The lead has no previous owner whose manager could be told.',
      );
    case 'pool.manager':
      return resolve(inner, ctx.pool.manager);
    case 'pool.backup':
      return backup(inner);
    default:
      return recipient.startsWith('person:')
        ? named(inner, recipient.slice('person:'.length))
        : byRole(inner, roleSchema.parse(recipient.slice('role:'.length)));
  }
}

function named(setting: Setting, personId: string): Recipients {
  const person = personOf(setting.roster, personId);
  if (!person) return prefixed(`${personId} is not on the roster.`, inCommand(setting));
  if (isAvailable(person, setting.at)) return { people: [person], note: null };
  return climb(setting, person, `${personId} is ${person.active ? 'away' : 'not active'}`);
}

/** The lowest of the chain of command, when nothing better is known. */
function inCommand(setting: Setting): Recipients {
  const [first] = setting.policy.chainOfCommand;
  return first ? byRole(setting, first) : { people: [], note: null };
}

function prefixed(why: string, { people, note }: Recipients): Recipients {
  const told = people.length > 0 ? `${names(people)} stands in.` : 'Nobody stands in.';
  return { people, note: `${why} ${note ?? told}` };
}

function names(people: Person[]): string {
  return people.map((person) => person.personId).join(', ');
}

/** The pool's manager, as the stand-in for somebody about whom the roster knows nothing. */
function manager(setting: Setting): Recipients {
  return resolve(setting, 'pool.manager');
}

function owing(setting: Setting, personId: string | null, none: string): Recipients {
  if (personId === null) return { people: [], note: none };
  const person = personOf(setting.roster, personId);
  if (!person) return prefixed(`${personId} is not on the roster.`, manager(setting));
  if (!person.active) return climb(setting, person, `${personId} is not active`);
  return { people: [person], note: isAvailable(person, setting.at) ? null : `${personId} is away.` };
}

function managerOf(setting: Setting, personId: string | null, none: string): Recipients {
  if (personId === null) return prefixed(none, manager(setting));
  const person = personOf(setting.roster, personId);
  if (!person) return prefixed(`${personId} is not on the roster.`, manager(setting));
  const direct = personOf(setting.roster, person.managerId);
  if (direct && isAvailable(direct, setting.at)) return { people: [direct], note: null };
  if (person.managerId === null) return climb(setting, person, `${personId} has no manager`);
  if (!direct)
    return climb(setting, person, `${person.managerId}, manager of ${personId}, is not on the roster`);
  const how = direct.active ? 'away' : 'not active';
  return climb(setting, person, `${direct.personId}, manager of ${personId}, is ${how}`);
}

/** The next person above who is available; if all are away, the nearest of them, so that the message is kept. */
function climb({ policy, roster, at }: Setting, person: Person, why: string): Recipients {
  const above = upwards(policy, roster, person);
  const there = above.find((up) => isAvailable(up, at));
  if (there) return { people: [there], note: `${why}; ${there.personId} stands in.` };
  const nearest = above[0] ?? (person.active ? person : undefined);
  if (!nearest) return { people: [], note: `${why}, and nobody above is active.` };
  return {
    people: [nearest],
    note: `${why}, and nobody above is available; ${nearest.personId} is told anyway.`,
  };
}

function byRole({ policy, roster, at }: Setting, role: Role): Recipients {
  const present = (person: Person): boolean => isAvailable(person, at);
  const holders = holdersOf(roster, role);
  const available = holders.filter(present);
  if (available.length > 0) {
    return { people: [...available, ...holders.filter((person) => !present(person))], note: null };
  }
  const why = holders.length > 0 ? `Everybody with the role ${role} is away` : `Nobody has the role ${role}`;
  const others = standInRoles(policy, role).map((other) => holdersOf(roster, other));
  const standIns = others.map((people) => people.filter(present)).find((people) => people.length > 0);
  if (standIns) return { people: standIns, note: `${why}; ${names(standIns)} stands in.` };
  const away = [holders, ...others].find((people) => people.length > 0);
  if (!away) return { people: [], note: `${why}, and the chain of command is empty.` };
  return { people: away, note: `${why}, and nobody else is available; ${names(away)} is told anyway.` };
}

function backup(setting: Setting): Recipients {
  const { policy, roster, ctx, at } = setting;
  if (ctx.pool.backup === null) return prefixed('A ticket has no backup pool.', manager(setting));
  const { pool: poolId } = ctx.pool.backup;
  const pool = policy.pools.find((row) => row.id === poolId);
  const people = (pool ? membersOf(pool, roster, ctx.lead ?? ANY_LEAD) : []).filter(
    (person) =>
      isAvailable(person, at) && person.personId !== ctx.ownerId && person.personId !== ctx.previousOwnerId,
  );
  if (people.length > 0) return { people, note: null };
  return prefixed(`Nobody of the backup pool ${poolId} is available.`, manager(setting));
}
