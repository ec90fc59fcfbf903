/** Taking in leads, and who gets them (policy book §2, §3). */
import type { Scenario } from '../scene.ts';

interface Refusal {
  type: string;
  errors: { path: string; message: string }[];
}

export const intake: Scenario[] = [
  {
    name: 'A record that is posted twice is one lead with one execution',
    async play(scene) {
      const request = await scene.request({ source: 'contact_sales', partner: { id: 'p-intake' } });
      const first = await scene.post(request);
      expect(first.status).toBe(202);
      const { leadId } = first.body;
      const again = await scene.post(request);
      expect([again.status, again.body.leadId]).toEqual([200, leadId]);
      // Two systems that post at the same moment do no harm either.
      const crowd = await Promise.all([scene.post(request), scene.post(request), scene.post(request)]);
      expect(crowd.map(({ status, body }) => [status, body.leadId])).toEqual(crowd.map(() => [200, leadId]));
      await scene.eventually('an owner', async () => (await scene.lead(leadId)).owner ?? undefined);
      await scene.contact(leadId);
      expect(await scene.ended(leadId)).toEqual([
        expect.objectContaining({ name: `${leadId}-1`, status: 'SUCCEEDED' }),
      ]);
    },
  },
  {
    name: 'A record that is posted by two at the same moment is one lead with one execution',
    async play(scene) {
      const request = await scene.request({ source: 'contact_sales', partner: { id: 'p-intake' } });
      const both = await Promise.all([scene.post(request), scene.post(request)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 202]);
      const [leadId = '', other] = both.map(({ body }) => body.leadId);
      expect(other).toBe(leadId);
      await scene.eventually('an owner', async () => (await scene.lead(leadId)).owner ?? undefined);
      await scene.contact(leadId);
      expect(await scene.ended(leadId)).toHaveLength(1);
    },
  },
  {
    name: 'A request that is not valid is refused with every path, and nothing is stored',
    async play(scene) {
      const request = await scene.request({ source: 'contact_sales', partner: { id: 'p-intake' } });
      const wrong = { ...request, qualifiedAt: 'yesterday', score: 700 };
      const { status, body } = await scene.engine.call<Refusal>('POST', '/v1/leads', wrong);
      expect(status).toBe(400);
      expect(body.errors.map(({ path }) => path).sort()).toEqual(['qualifiedAt', 'score']);
      // Posted rightly it is a new lead: nothing had been kept of it.
      const right = await scene.post(request);
      expect(right.status).toBe(202);
      const { leadId } = right.body;
      await scene.eventually('an owner', async () => (await scene.lead(leadId)).owner ?? undefined);
      await scene.contact(leadId);
      await scene.ended(leadId);
    },
  },
  {
    name: 'Leads are shared out fairly, and each owner is told why',
    async play(scene) {
      const leads = [];
      // Posted one after the other and all at once, half of them each.
      for (let n = 0; n < 3; n += 1) leads.push(await scene.assigned('p-fairness', 'contact_sales'));
      const requests = [];
      for (let n = 0; n < 6; n += 1) {
        requests.push(await scene.request({ source: 'contact_sales', partner: { id: 'p-fairness' } }));
      }
      const posted = await Promise.all(requests.map((request) => scene.post(request)));
      for (const { body } of posted) {
        const look = async () => {
          const lead = await scene.lead(body.leadId);
          return lead.owner === null ? undefined : lead;
        };
        leads.push(await scene.eventually('an owner', look));
      }
      const counts = new Map<string, number>();
      for (const { owner } of leads) {
        counts.set(owner?.personId ?? '', (counts.get(owner?.personId ?? '') ?? 0) + 1);
        expect(owner?.reason).toBe(
          'Next in the round robin of pool partner (3 of 3 members available and in their hours).',
        );
      }
      expect([...counts].sort()).toEqual([
        ['ugo', 3],
        ['una', 3],
        ['uri', 3],
      ]);
      for (const { leadId } of leads) await scene.contact(leadId);
      for (const { leadId } of leads) await scene.ended(leadId);
    },
  },
];
