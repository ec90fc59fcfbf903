/** `GET /people`: everybody on the roster. */
import { apiHandler } from '../../shared/api.ts';

export const handler = apiHandler('list-people', async ({ services }) => {
  const { people } = await services.roster.load();
  return { status: 200, body: { people } };
});
