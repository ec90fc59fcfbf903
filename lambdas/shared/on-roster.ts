/** Who may ask for something at all: people of the roster. */
import type { Roster } from '../../core/model/person.ts';
import { Problem } from './errors.ts';

/** @throws Problem 422 unless the person is on the roster and active */
export function mustBeOnRoster({ people }: Pick<Roster, 'people'>, personId: string): void {
  if (people.some((person) => person.personId === personId && person.active)) return;
  const error = { path: 'by', message: 'must be an active person of the roster' };
  throw new Problem(
    422,
    'not-on-the-roster',
    'Nobody of the roster asks for it',
    `${error.path} ${error.message}.`,
    { errors: [error] },
  );
}
