/** `GET /people/{personId}/consequences`: what is and was open about somebody, and their compliance (policy book §13). */
import { monthOf } from '../../../core/reporting/period.ts';
import { apiHandler } from '../../shared/api.ts';
import { knownPerson } from '../../shared/known-person.ts';
import { viewConsequence } from '../views/consequence.ts';

export const handler = apiHandler('get-person-consequences', async ({ path, query, services, now }) => {
  const { consequences, policy, roster } = services;
  const { personId } = path;
  const month = query.month ?? monthOf(now, policy.home.timeZone).name;
  knownPerson(await roster.load(), personId);
  const [items, compliance] = await Promise.all([
    consequences.of(personId),
    consequences.compliance(personId, month),
  ]);
  return {
    status: 200,
    body: { personId, items: items.map(viewConsequence), compliance: compliance ?? null },
  };
});
