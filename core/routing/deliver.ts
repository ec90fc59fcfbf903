/** When a message reaches whom (policy book §4: not outside the recipient's own hours unless they are on call). */
import type { Person, Roster } from '../model/person.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { EpochMs } from '../time.ts';
import { isAvailable, nextAvailable } from './availability.ts';
import { nextUpInHours, upwards } from './hierarchy.ts';
import { isReachable, opensAt } from './hours.ts';

export interface Delivery {
  person: Person;
  at: EpochMs;
}

/**
 * Who gets a message that is meant for `person` at `at`, and when.
 *
 * At once if the person is there and in hours or on call. Otherwise `next_up` gives it to the next person up who is,
 * and, if there is none, does as `wait` does: it is held for the person's next opening outside any leave. Nobody waits
 * for a person without a known return: the message then waits for the next person up who has one. If nobody has, it
 * goes to the person's next opening all the same, so that it is not lost.
 */
export function deliverAt(
  policy: CompiledPolicy,
  roster: Pick<Roster, 'people'>,
  person: Person,
  at: EpochMs,
  mode: 'wait' | 'next_up',
): Delivery {
  const now = isAvailable(person, at) && isReachable(policy, person, at);
  if (now) return { person, at };
  const up = mode === 'next_up' ? nextUpInHours(policy, roster, person, at) : null;
  if (up) return { person: up, at };
  for (const candidate of [person, ...upwards(policy, roster, person)]) {
    const reached = nextReached(policy, candidate, at);
    if (reached !== null) return { person: candidate, at: reached };
  }
  return { person, at: opensAt(policy, person, at) };
}

/** The first instant at which a person is both back and in hours or on call; null without a known return. */
function nextReached(policy: CompiledPolicy, person: Person, from: EpochMs): EpochMs | null {
  // Each round begins with another absence, so there are no more rounds than absences.
  for (let at = nextAvailable(person, from); at !== null;) {
    const open = isReachable(policy, person, at) ? at : opensAt(policy, person, at);
    if (isAvailable(person, open)) return open;
    at = nextAvailable(person, open);
  }
  return null;
}
