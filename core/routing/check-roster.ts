/** What is wrong with a roster, found when it is written and not by a lead (policy book §2). */
import { Temporal } from 'temporal-polyfill';
import type { Person } from '../model/person.ts';
import type { Policy } from '../policy/schema.ts';
import { ROLES } from '../policy/schema/basics.ts';
import { storedMs } from '../time.ts';
import { checkPools } from './check-pools.ts';
import { managersOf, personOf } from './hierarchy.ts';

/** One thing that is wrong: `people.sam.managerId`, or `pools.enterprise.members` for what a pool lacks. */
export interface RosterFinding {
  path: string;
  message: string;
}

export interface RosterCheck {
  /** The roster is not to be written. */
  errors: RosterFinding[];
  /** It can be written, and somebody should know. */
  warnings: RosterFinding[];
}

/** Everything that is wrong with a roster at once. Errors are about single people, warnings mostly about pools. */
export function checkRoster(policy: Policy, people: Person[]): RosterCheck {
  return {
    errors: [
      ...duplicates(people),
      ...people.flatMap((person) => checkPerson(policy, person, people)),
      ...cycles(people),
    ],
    warnings: [...idleManagers(people), ...checkPools(policy, people)],
  };
}

function duplicates(people: Person[]): RosterFinding[] {
  const ids = people.map((person) => person.personId);
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return [...twice].map((id) => ({
    path: `people.${id}.personId`,
    message: `${id} is on the roster more than once`,
  }));
}

function checkPerson(policy: Policy, person: Person, people: Person[]): RosterFinding[] {
  const found: RosterFinding[] = [];
  const refuse = (field: keyof Person, message: string): void => {
    found.push({ path: `people.${person.personId}.${field}`, message });
  };
  const among = (field: keyof Person, value: string, allowed: readonly string[]): void => {
    if (!allowed.includes(value)) refuse(field, `${value} is unknown; allowed: ${allowed.join(', ')}`);
  };
  const { managerId, weight, openLeadCap } = person;
  if (managerId !== null && !personOf({ people }, managerId))
    refuse('managerId', `${managerId} is not on the roster`);
  among('role', person.role, ROLES);
  among('calendar', person.calendar, idsOf(policy.calendars));
  for (const territory of person.territories) among('territories', territory, idsOf(policy.territories));
  for (const segment of person.segments) among('segments', segment, idsOf(policy.segments));
  if (!isZone(person.timeZone)) refuse('timeZone', `${person.timeZone} is not an IANA time zone`);
  if (!(weight > 0 && Number.isFinite(weight)))
    refuse('weight', `${weight} is not a weight; it must be above 0`);
  if (openLeadCap !== null && !(openLeadCap >= 0))
    refuse('openLeadCap', `${openLeadCap} is not a cap; it must be 0 or more`);
  for (const { from, until } of person.availability) {
    if (until !== null && storedMs(until) <= storedMs(from))
      refuse('availability', `an entry ends at ${until}, not after it begins`);
  }
  return found;
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}

/** Offsets are refused: they know no clock change. */
function isZone(timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return !/^[+-]/.test(timeZone);
  } catch {
    return false;
  }
}

/** Each cycle of the hierarchy once, at the first of its people by id. */
function cycles(people: Person[]): RosterFinding[] {
  return people.flatMap((person) => {
    const circle = [person, ...managersOf({ people }, person)];
    const ids = circle.map(({ personId }) => personId);
    const closed = circle.at(-1)?.managerId === person.personId;
    if (!closed || ids.some((id) => id < person.personId)) return [];
    const names = [...ids, person.personId].join(' → ');
    return [
      {
        path: `people.${person.personId}.managerId`,
        message: `the hierarchy goes round in a circle: ${names}`,
      },
    ];
  });
}

function idleManagers(people: Person[]): RosterFinding[] {
  return people
    .filter((person) => person.active && personOf({ people }, person.managerId)?.active === false)
    .map(({ personId, managerId }) => ({
      path: `people.${personId}.managerId`,
      message: `${managerId ?? ''} is not active; messages for the manager go further up`,
    }));
}
