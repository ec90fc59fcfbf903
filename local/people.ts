/** Puts people into the roster: sample people at the first start, or those of a file at any start. */
import { writeFileSync } from 'node:fs';
import type { Person } from '../core/model/person.ts';
import type { RosterStore } from '../lambdas/shared/services.ts';
import { readText } from './data/files.ts';

/**
 * Writes the people, each of whom keeps the availability that has been set since.
 * @param doneFile remembers that it has been done once: a start that was cut off writes them again
 * @param again write them even if that has been done
 */
export async function seedPeople(
  roster: RosterStore,
  people: Person[],
  doneFile: string,
  again: boolean,
): Promise<void> {
  if (readText(doneFile) !== undefined && !again) return;
  const there = await roster.load();
  let { version } = there;
  for (const person of people) {
    const before = there.people.find((other) => other.personId === person.personId);
    await roster.put({ ...person, availability: before?.availability ?? person.availability }, version);
    version += 1;
  }
  writeFileSync(doneFile, '');
}
