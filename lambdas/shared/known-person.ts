/** The person that a path names. */
import type { Roster } from '../../core/model/person.ts';
import { Problem } from './errors.ts';

/** @throws Problem 404 if nobody of this id is or was on the roster */
export function knownPerson({ people }: Pick<Roster, 'people'>, personId: string): void {
  if (people.some((person) => person.personId === personId)) return;
  const detail = `There is no person ${personId} on the roster; GET /people lists everybody.`;
  throw new Problem(404, 'not-found', 'No such person', detail);
}
