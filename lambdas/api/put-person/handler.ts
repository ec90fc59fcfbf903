/** `PUT /people/{personId}`: writes a person if the roster works with them (policy book §2). */
import { isDeepStrictEqual } from 'node:util';
import type { Person } from '../../../core/model/person.ts';
import { checkRoster, type RosterFinding } from '../../../core/routing/index.ts';
import { apiHandler } from '../../shared/api.ts';
import { Problem } from '../../shared/errors.ts';
import { withPatience } from '../../shared/patience.ts';
import { invalidRequest } from '../../shared/problem.ts';
import type { Services } from '../../shared/services.ts';
import type { PutPerson } from '../schemas/person.ts';

const ATTEMPTS = 12;

export const handler = apiHandler('put-person', async ({ path, body, services }) => {
  if (body.personId !== undefined && body.personId !== path.personId) {
    throw invalidRequest([
      { path: 'personId', message: `must be ${path.personId} as in the path, or left out` },
    ]);
  }
  return { status: 200, body: await withPatience(ATTEMPTS, () => put(services, path.personId, body)) };
});

async function put(services: Services, personId: string, body: PutPerson) {
  const { version, people } = await services.roster.load();
  const before = people.find((person) => person.personId === personId);
  const person: Person = { ...body, personId, availability: before?.availability ?? [] };
  const others = people.filter((other) => other.personId !== personId);
  const { errors, warnings } = checkRoster(services.policy, [...others, person]);
  // Another policy may have made people wrong who were right when they were written: that must not block their repair.
  const known = new Set(checkRoster(services.policy, people).errors.map(text));
  const own = `people.${personId}.`;
  const caused = errors.filter((error) => error.path.startsWith(own) || !known.has(text(error)));
  if (caused.length > 0) {
    throw new Problem(422, 'roster-refused', 'The roster would not work', 'The person was not written.', {
      errors: caused,
    });
  }
  if (!isDeepStrictEqual(before, person)) await services.roster.put(person, version);
  return { person, warnings: [...errors, ...warnings] };
}

function text({ path, message }: RosterFinding): string {
  return `${path}: ${message}`;
}
