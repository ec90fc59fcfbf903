/** `POST /people/{personId}/availability`: leave, return, on-call time. Who comes back may get a lead at once. */
import type { Availability, Person } from '../../../core/model/person.ts';
import { iso, type EpochMs } from '../../../core/time.ts';
import { apiHandler } from '../../shared/api.ts';
import { assignUnassigned } from '../../shared/assign.ts';
import { Problem } from '../../shared/errors.ts';
import { withPatience } from '../../shared/patience.ts';
import { invalidRequest } from '../../shared/problem.ts';
import type { Services } from '../../shared/services.ts';
import type { SetAvailability } from '../schemas/person.ts';

const ATTEMPTS = 12;
/** Entries kept for each person; beyond that the oldest go. Only those that cover an instant to come decide anything. */
const ENTRIES = 200;

export const handler = apiHandler(
  'set-availability',
  async ({ path, body, services, now, correlationId }) => {
    const entry = entryOf(body, now);
    const person = await withPatience(ATTEMPTS, () => append(services, path.personId, entry));
    await publish(services, path.personId, entry, now, correlationId);
    return { status: 200, body: { person, assigned: await assignUnassigned(services) } };
  },
);

function entryOf(body: SetAvailability, now: EpochMs): Availability {
  const { available, until, reason } = body;
  const from = body.from ?? iso(now);
  if (until !== null && until <= from) {
    throw invalidRequest([{ path: 'until', message: `must lie after ${from}, where the entry begins` }]);
  }
  return { available, from, until, reason };
}

/** The person with the entry. The same entry as the last one is a repetition and changes nothing. */
async function append(services: Services, personId: string, entry: Availability): Promise<Person> {
  const { version, people } = await services.roster.load();
  const person = people.find((candidate) => candidate.personId === personId);
  if (person === undefined)
    throw new Problem(404, 'not-found', 'Not found', 'There is no person of this id.');
  if (JSON.stringify(person.availability.at(-1)) === JSON.stringify(entry)) return person;
  const changed = { ...person, availability: [...person.availability, entry].slice(-ENTRIES) };
  await services.roster.put(changed, version);
  return changed;
}

/** The roster holds the truth: an event that the bus refuses is logged and does not undo what was written. */
async function publish(
  services: Services,
  personId: string,
  { available, from, until }: Availability,
  now: EpochMs,
  correlationId: string,
): Promise<void> {
  const id = `availability/${personId}/${from}/${String(available)}`;
  const data = { personId, available, from, until };
  try {
    const event = { kind: 'event', id, detailType: 'AvailabilityChanged', at: iso(now), data } as const;
    await services.events.publish([event], correlationId);
  } catch (error) {
    services.log.error('AvailabilityChanged could not be published', { personId, correlationId, error });
  }
}
