/** `PUT /services/{service}/outages/{outageId}`: a stretch in which a service was down; again replaces it. */
import { apiHandler } from '../../shared/api.ts';
import { futureFaults, refuseFaults } from '../../shared/intake-faults.ts';
import { mustBeOnRoster } from '../../shared/on-roster.ts';
import { exclusionFaults } from '../../shared/ticket-faults.ts';

export const handler = apiHandler('put-outage', async ({ path, body, services }) => {
  refuseFaults([...exclusionFaults(services, body), ...futureFaults(services, 'from', body.from)]);
  mustBeOnRoster(await services.roster.load(), body.by);
  const outage = { ...path, ...body, exclusion: body.exclusion ?? null };
  await services.outages.put(outage);
  return { status: 200, body: outage };
});
