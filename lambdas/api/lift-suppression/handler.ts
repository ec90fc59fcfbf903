/** `DELETE /suppressions/{suppressionId}`: a manager lets somebody return before their time. */
import { apiHandler } from '../../shared/api.ts';
import { mustBeManager } from '../../shared/manager.ts';

export const handler = apiHandler('lift-suppression', async ({ path, query, services, now }) => {
  const { policy, roster, suppressions, log } = services;
  const world = { policy, roster: await roster.load(), now };
  mustBeManager(world, query.by, 'query.by', 'lifts a suppression');
  const { suppressionId } = path;
  const lifted = (await suppressions.get(suppressionId)) !== undefined;
  if (lifted) {
    await suppressions.remove(suppressionId);
    log.info('A suppression was lifted', { suppressionId, by: query.by });
  }
  return { status: 200, body: { suppressionId, lifted } };
});
