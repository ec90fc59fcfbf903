/** The people of the suite: the embedded runner begins with them, and every engine is given them by `PUT /v1/people`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

export const PEOPLE_FILE = path.join(__dirname, 'people.yaml');

interface Person {
  personId: string;
  managerId?: string;
}

export const PEOPLE = (parse(readFileSync(PEOPLE_FILE, 'utf8')) as { people: Person[] }).people;

/** The manager of a person, or undefined. */
export function managerOf(personId: string): string | undefined {
  return PEOPLE.find((person) => person.personId === personId)?.managerId;
}
