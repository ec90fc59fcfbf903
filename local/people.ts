/** Puts people into the roster: sample people at the first start, or those of a file at any start. */
import type { Person } from '../core/model/person.ts';
import type { RosterStore } from '../lambdas/shared/services.ts';

/**
 * Writes those who are not there yet; who is there keeps the availability that was set.
 * @param replace write also those who are there
 */
export async function seedPeople(roster: RosterStore, people: Person[], replace: boolean): Promise<void> {
  const { people: there } = await roster.load();
  if (there.length > 0 && !replace) return;
  for (const person of people) {
    const before = there.find((other) => other.personId === person.personId);
    const availability = before === undefined ? person.availability : before.availability;
    await roster.put({ ...person, availability }, (await roster.load()).version);
  }
}
