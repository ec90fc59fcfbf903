/** `GET /consequences?week=…`: what is and was open about anybody for a week (policy book §13). */
import { apiHandler } from '../../shared/api.ts';
import { viewConsequence } from '../views/consequence.ts';

export const handler = apiHandler('list-consequences', async ({ query: { week }, services }) => {
  const { consequences, roster } = services;
  const { people } = await roster.load();
  // A person's items lie together; a roster is some dozens of people.
  const items = await Promise.all(people.map(({ personId }) => consequences.of(personId, week)));
  return { status: 200, body: { week, items: items.flat().map(viewConsequence) } };
});
