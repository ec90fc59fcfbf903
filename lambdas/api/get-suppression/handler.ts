/** `GET /suppressions/{suppressionId}`: with window, reason and origin. */
import { apiHandler } from '../../shared/api.ts';
import { Problem } from '../../shared/errors.ts';

export const handler = apiHandler('get-suppression', async ({ path, services }) => {
  const suppression = await services.suppressions.get(path.suppressionId);
  if (suppression === undefined) {
    const detail = `There is no suppression ${path.suppressionId}; it may have been lifted.`;
    throw new Problem(404, 'not-found', 'No such suppression', detail);
  }
  return { status: 200, body: suppression };
});
