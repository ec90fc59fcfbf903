/** What a file of people changes on a roster. */
import type { Availability, Person } from '../../core/model/person.ts';
import type { PersonView } from '../shared/api.ts';

/**
 * Everybody after their manager, for the API takes nobody whose manager it does not know. Who stands in a circle, or
 * under somebody who is not in the file, keeps their place.
 */
export function managersFirst(people: readonly Person[]): Person[] {
  const left = new Map(people.map((person) => [person.personId, person]));
  const ordered: Person[] = [];
  const add = (person: Person): void => {
    if (!left.delete(person.personId)) return;
    const manager = person.managerId === null ? undefined : left.get(person.managerId);
    if (manager !== undefined) add(manager);
    ordered.push(person);
  };
  for (const person of people) add(person);
  return ordered;
}

/** Fields of a person that the file says otherwise; leave and on-call time are kept apart. */
export function changedFields(before: PersonView, after: Person): string[] {
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const fields = new Set([...was.keys(), ...is.keys()]);
  fields.delete('availability');
  return [...fields].filter((field) => JSON.stringify(was.get(field)) !== JSON.stringify(is.get(field)));
}

/** Entries of the file that the roster does not have. */
export function newAvailability(
  before: readonly Availability[],
  after: readonly Availability[],
): Availability[] {
  const known = new Set(before.map(sameEntry));
  return after.filter((entry) => !known.has(sameEntry(entry)));
}

/** Equal for entries that say the same, whichever offset their instants are written with. */
function sameEntry({ available, from, until, reason }: Availability): string {
  return JSON.stringify([available, Date.parse(from), until === null ? null : Date.parse(until), reason]);
}
