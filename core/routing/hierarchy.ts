/** Who is above whom (policy book §2): the managers of a person, then the policy's chain of command. */
import type { Person, Roster } from '../model/person.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { Role } from '../policy/schema/basics.ts';
import type { EpochMs } from '../time.ts';
import { isAvailable } from './availability.ts';
import { isReachable } from './hours.ts';

type People = Pick<Roster, 'people'>;
type Chain = Pick<CompiledPolicy, 'chainOfCommand'>;

/** The person of an id, active or not. */
export function personOf(roster: People, personId: string | null): Person | undefined {
  return roster.people.find((person) => person.personId === personId);
}

/** Active people who hold a role, in the roster's order. */
export function holdersOf(roster: People, role: Role): Person[] {
  return roster.people.filter((person) => person.active && person.role === role);
}

/** The managers of a person from the nearest up, active or not; ends at an unknown one and before a cycle closes. */
export function managersOf(roster: People, person: Person): Person[] {
  const found = [person];
  for (let next = personOf(roster, person.managerId); next && !found.includes(next);) {
    found.push(next);
    next = personOf(roster, next.managerId);
  }
  return found.slice(1);
}

/**
 * The roles that stand in for a role, nearest first: those after it in the chain of command, all of them if it is not
 * part of the chain; when nobody is left above, those before it, the highest first.
 */
export function standInRoles(policy: Chain, role: Role): Role[] {
  const place = policy.chainOfCommand.indexOf(role);
  const below = place === -1 ? [] : policy.chainOfCommand.slice(0, place).reverse();
  return [...policy.chainOfCommand.slice(place + 1), ...below];
}

/**
 * Everybody active to whom something goes that a person cannot take, nearest first: the managers, then whoever holds
 * the roles of the chain of command above the person's own.
 */
export function upwards(policy: Chain, roster: People, person: Person): Person[] {
  const place = policy.chainOfCommand.indexOf(person.role);
  const command = policy.chainOfCommand.slice(place + 1).flatMap((role) => holdersOf(roster, role));
  const managers = managersOf(roster, person).filter(({ active }) => active);
  return [...new Set([...managers, ...command])].filter(({ personId }) => personId !== person.personId);
}

/** The next person up who is available and in their own hours or on call (policy book §4), or null. */
export function nextUpInHours(
  policy: CompiledPolicy,
  roster: People,
  person: Person,
  at: EpochMs,
): Person | null {
  const able = upwards(policy, roster, person);
  return able.find((up) => isAvailable(up, at) && isReachable(policy, up, at)) ?? null;
}
