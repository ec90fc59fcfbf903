/** Who is there and who is on leave (policy book §2). */
import { storedMs } from '../time.ts';
import type { EpochMs } from '../time.ts';
import type { Availability, Person } from '../model/person.ts';

function covers(entry: Availability, at: EpochMs): boolean {
  return storedMs(entry.from) <= at && (entry.until === null || at < storedMs(entry.until));
}

/**
 * Whether a person is active and not on leave at an instant. Entries are half-open. Of those that cover the instant
 * the one that begins latest decides, and of two that begin together the one recorded last. Somebody who comes back
 * early ("available from now on") therefore keeps the leave that was planned for later.
 */
export function isAvailable(person: Person, at: EpochMs): boolean {
  return person.active && (decisive(person, at)?.available ?? true);
}

/** The availability entry that decides at an instant, or undefined when none covers it. */
function decisive(person: Person, at: EpochMs): Availability | undefined {
  let found: Availability | undefined;
  for (const entry of person.availability) {
    if (!covers(entry, at)) continue;
    if (found === undefined || storedMs(entry.from) >= storedMs(found.from)) found = entry;
  }
  return found;
}

/**
 * The first instant at or after `at` at which a person is available; null if no entry ends the absence or the person
 * is not active. Availability changes only where an entry begins or ends, so only those instants are looked at.
 */
export function nextAvailable(person: Person, at: EpochMs): EpochMs | null {
  if (!person.active) return null;
  if (isAvailable(person, at)) return at;
  const changes = person.availability
    .flatMap((entry) => (entry.until === null ? [entry.from] : [entry.from, entry.until]))
    .map(storedMs)
    .filter((change) => change > at)
    .sort((a, b) => a - b);
  return changes.find((change) => isAvailable(person, change)) ?? null;
}
