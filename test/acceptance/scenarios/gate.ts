/** Who is not taken in, and who is forgotten (policy book §6, §13). */
import type { LeadView } from '../../../lambdas/api/schemas/lead-view.ts';
import type { Scenario, Scene } from '../scene.ts';

interface Refusal {
  type: string;
  until: string | null;
  reason: string;
}

async function suppress(scene: Scene, email: string): Promise<{ suppressionId: string; until: string }> {
  const { status, body } = await scene.engine.call<{ suppressionId: string; until: string }>(
    'POST',
    '/v1/suppressions',
    { email, scenario: 'cadence_exhausted', reason: 'Nobody was reached.', by: 'olive' },
  );
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
}

export const gate: Scenario[] = [
  {
    name: 'A customer goes to the account team: no SDR gets the lead, and no clock runs',
    async play(scene) {
      const request = await scene.request({ source: 'contact_sales', relations: { customer: true } });
      const { status, body } = await scene.post(request);
      expect([status, body.status, body.clocks, body.owner]).toEqual([202, 'disqualified', [], null]);
      expect(body.explanation[1]).toContain('customers go to the account team');
      await scene.eventually('a mail to RevOps', async () =>
        'A: For the account team: … → rex' in (await scene.outcome()).mails ? true : undefined,
      );
      expect(await scene.engine.executions(body.leadId)).toEqual([]);
      const { mails, events } = await scene.outcome();
      expect(mails).toEqual({ 'A: For the account team: … → rex': 1 });
      expect(events).toEqual({ 'A: LeadReceived': 1, 'A: LeadDisqualified': 1, 'A: SentToAccountTeam': 1 });
    },
  },
  {
    name: 'Who is suppressed is refused with the instant of return, and taken in when a manager lifts it',
    async play(scene) {
      const partner = { id: 'p-suppressed' };
      const request = await scene.request({ source: 'contact_sales', partner });
      const { name } = request.company as { name: string };
      const email = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}@example.com`;
      const contact = { ...(request['contact'] as object), email };
      const { suppressionId, until } = await suppress(scene, email);
      for (const [path, body] of [
        ['/v1/leads', { ...request, contact }],
        ['/v1/inquiries', { crm: request['crm'], contact, company: request.company }],
      ] as const) {
        const refused = await scene.engine.call<Refusal>('POST', path, body);
        expect([refused.status, refused.body.until]).toEqual([409, until]);
        expect(refused.body.type).toMatch(/suppressed$/);
        expect(refused.body.reason).toContain('Cadence exhausted');
      }
      const lifted = `/v1/suppressions/${suppressionId}`;
      expect((await scene.engine.call('DELETE', `${lifted}?by=sven`)).status).toBe(422);
      expect((await scene.engine.call('DELETE', `${lifted}?by=mia`)).status).toBe(200);
      const taken = await scene.post({ ...request, contact });
      expect(taken.status).toBe(202);
      await scene.owned(taken.body.leadId);
      await scene.contact(taken.body.leadId);
      await scene.ended(taken.body.leadId);
    },
  },
  {
    name: 'Whose personal data is removed is nobody’s work any more, and the figures stay',
    async play(scene) {
      const { leadId } = await scene.assigned('p-erased', 'contact_sales');
      await scene.eventually('a mail to the owner', async () =>
        'A: New lead: … → owner 1' in (await scene.outcome()).mails ? true : undefined,
      );
      const path = `/v1/leads/${leadId}/personal-data`;
      const erased = await scene.engine.call<LeadView>('DELETE', path);
      expect([erased.status, erased.body.status, erased.body.crm.recordId]).toEqual([
        200,
        'disqualified',
        '',
      ]);
      expect(erased.body.clocks.map(({ commitment, status }) => [commitment, status])).toEqual([
        ['mql.respond', 'cancelled'],
        ['mql.route', 'met'],
        ['partner.feedback', 'cancelled'],
        ['marketing.notify', 'met'],
        ['sal.review', 'cancelled'],
        ['sal.decide', 'cancelled'],
        ['sequence.enroll', 'cancelled'],
      ]);
      expect(erased.body.owner?.personId).toBe('erna');
      const again = await scene.engine.call<LeadView>('DELETE', path);
      expect([again.status, again.body.erasedAt]).toEqual([200, erased.body.erasedAt]);
      const executions = await scene.ended(leadId);
      expect(executions.map(({ status, states }) => [status, states.at(-1)])).toEqual([
        ['SUCCEEDED', 'Handed over'],
      ]);
      const { events } = await scene.outcome();
      expect(events).toMatchObject({ 'A: LeadReceived mql.respond': 1, 'A: PersonalDataErased': 1 });
      expect(Object.keys(events).some((name) => name.startsWith('A: SlaReminderDue'))).toBe(false);
      expect(JSON.stringify(await scene.lead(leadId))).not.toMatch(/Ada|Byron|ada@example/);
    },
  },
];
