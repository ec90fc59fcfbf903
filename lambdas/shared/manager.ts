/** What only a manager may ask for. */
import type { World } from '../../core/ladder/tell.ts';
import { Problem } from './errors.ts';

/**
 * @param path where the request names the person
 * @param act what only a manager does, e.g. `extends a deadline`
 * @throws Problem 422 unless the person is on the roster, active and has one of the policy's roles of managers
 */
export function mustBeManager({ policy, roster }: World, personId: string, path: string, act: string): void {
  const person = roster.people.find((candidate) => candidate.personId === personId);
  if (person?.active === true && policy.managerRoles.includes(person.role)) return;
  const roles = policy.managerRoles.join(', ');
  throw new Problem(422, 'not-a-manager', `Only a manager ${act}`, `${personId} is not a manager.`, {
    errors: [{ path, message: `must be an active person with one of the roles ${roles}` }],
  });
}
