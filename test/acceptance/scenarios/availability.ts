/** Nobody available is a state of its own (policy book §2), and Marketing owes the routing (§7). */
import type { LeadView } from '../../../lambdas/api/schemas/lead-view.ts';
import type { Scenario, Scene } from '../scene.ts';

/** The lead as soon as the draw has found nobody. */
function withoutOwner(scene: Scene, leadId: string): Promise<LeadView> {
  return scene.eventually('nobody available', async () => {
    const lead = await scene.lead(leadId);
    return lead.unassignedSince === null ? undefined : lead;
  });
}

function owned(scene: Scene, leadId: string): Promise<NonNullable<LeadView['owner']>> {
  return scene.eventually('an owner', async () => (await scene.lead(leadId)).owner ?? undefined);
}

export const availability: Scenario[] = [
  {
    name: 'Nobody is available: the manager is told, the clock runs on, and who comes back gets the lead',
    async play(scene) {
      await scene.availability('nora', false);
      const { leadId } = await scene.submit('p-back', 'contact_sales');
      const waiting = await withoutOwner(scene, leadId);
      expect([waiting.status, waiting.owner]).toEqual(['unassigned', null]);
      const clock = await scene.clock(leadId);
      expect([clock.status, Date.parse(clock.dueAt) - Date.parse(clock.startedAt)]).toEqual([
        'within_sla',
        50_000,
      ]);
      await scene.eventually('a mail to the manager', async () =>
        'A: Nobody is available for … → pia' in (await scene.outcome()).mails ? true : undefined,
      );
      await scene.availability('nora', true);
      expect(await owned(scene, leadId)).toMatchObject({ personId: 'nora', via: 'round_robin' });
      expect((await scene.clock(leadId)).dueAt).toBe(clock.dueAt);
      expect((await scene.contact(leadId)).clocksMet[0]?.verdict).toBe('met');
      await scene.ended(leadId);
      const { mails, events } = await scene.outcome();
      expect(mails).toEqual({ 'A: Nobody is available for … → pia': 1, 'A: New lead: … → owner 1': 1 });
      expect(events).toMatchObject({ 'A: NobodyAvailable mql.respond': 1, 'A: LeadAssigned mql.respond': 1 });
    },
  },
  {
    name: "Nobody comes back: the lead goes to the pool's fallback owner after the policy's time",
    async play(scene) {
      await scene.availability('finn', false);
      const { leadId } = await scene.submit('p-fallback', 'contact_sales');
      const { unassignedSince } = await withoutOwner(scene, leadId);
      const owner = await owned(scene, leadId);
      expect(owner).toMatchObject({ personId: 'fay', via: 'fallback' });
      expect(Date.parse(owner.assignedAt) - Date.parse(unassignedSince ?? '')).toBeGreaterThanOrEqual(12_000);
      expect((await scene.contact(leadId)).clocksMet[0]?.verdict).toBe('met');
      await scene.ended(leadId);
      expect((await scene.outcome()).mails).toEqual({
        'A: Nobody is available for … → pia': 1,
        'A: New lead: … → owner 1': 1,
      });
    },
  },
  {
    name: "Marketing's routing clock climbs a ladder of its own until somebody owns the lead",
    async play(scene) {
      await scene.availability('edda', false);
      const request = await scene.request({ source: 'partner_referral' });
      const company = { ...request.company, employees: 5000 };
      const { leadId } = (await scene.post({ ...request, company })).body;
      const routing = await scene.climbed(leadId, 'threshold', 'mql.route');
      expect(routing.rungs.map(({ rung, outcome }) => [rung, outcome])).toEqual([
        ['breach', 'done'],
        ['threshold', 'done'],
      ]);
      await scene.availability('edda', true);
      expect((await owned(scene, leadId)).personId).toBe('edda');
      expect((await scene.clock(leadId, 'mql.route')).status).toBe('missed');
      expect((await scene.contact(leadId)).clocksMet[0]?.verdict).toBe('met');
      await scene.ended(leadId);
      expect((await scene.outcome()).mails).toEqual({
        'A: Nobody is available for … → pia': 1,
        'A: Breach: … → olive': 1,
        'A: Breach threshold passed: … → rex': 1,
        'A: New lead: … → owner 1': 1,
      });
    },
  },
];
