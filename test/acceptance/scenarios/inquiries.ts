/** Becoming an MQL, and Marketing's half of it (policy book §6, §7). */
import type { Scenario } from '../scene.ts';

const MISSING = [{ criterion: 'completeness.phone', field: 'contact.phone', valueClass: 'missing' }];

export const inquiries: Scenario[] = [
  {
    name: 'What is missing about a lead is not added, and Marketing climbs a ladder of its own',
    async play(scene) {
      const request = await scene.inquiryRequest('p-held', { phone: undefined });
      const signals = [await scene.does('contact_sales')];
      const { inquiryId, status } = (await scene.inquire({ ...request, signals })).body;
      expect(status).toBe('held');
      const clock = await scene.climbed(inquiryId, 'threshold', 'marketing.enrich', 90);
      expect(clock.rungs.map(({ rung, outcome }) => [rung, outcome])).toEqual([
        ['remind', 'done'],
        ['breach', 'done'],
        ['threshold', 'done'],
      ]);
      const held = await scene.lead(inquiryId);
      expect([held.status, held.owner, held.qualifiedAt]).toEqual(['held', null, null]);
      const changes = { contact: { phone: '+1 617 555 0142' } };
      expect((await scene.patch(inquiryId, changes)).status).toBe('unassigned');
      await scene.owned(inquiryId);
      expect((await scene.contact(inquiryId)).clocksMet[0]?.verdict).toBe('met');
      await scene.ended(inquiryId);
      expect((await scene.clock(inquiryId, 'marketing.enrich')).status).toBe('missed');
      expect((await scene.outcome()).mails).toEqual({
        'A: Held for Marketing: … → olive': 1,
        'A: Reminder: … → olive': 1,
        'A: Breach: … → olive': 1,
        'A: Breach threshold passed: … → mark': 1,
        'A: New lead: … → owner 1': 1,
      });
    },
  },
  {
    name: 'A lead that is held is an MQL as soon as nothing is missing, and the clock of Sales starts then',
    async play(scene) {
      const request = await scene.inquiryRequest('p-held', { phone: undefined });
      const signals = [await scene.does('contact_sales')];
      const { status, body } = await scene.inquire({ ...request, signals });
      expect([status, body.status, body.evaluation.verdict]).toEqual([202, 'held', 'held']);
      expect(body.lead.gate?.failing).toMatchObject(MISSING);
      const { inquiryId } = body;
      expect(body.lead.clocks.map(({ commitment, status: is }) => [commitment, is])).toEqual([
        ['marketing.score', 'met'],
        ['marketing.enrich', 'within_sla'],
      ]);
      await scene.secondsAfter(body.lead.receivedAt, 5);
      const changes = { contact: { phone: '+1 617 555 0142' }, by: 'olive' };
      const completed = await scene.patch(inquiryId, changes);
      expect(completed.status).toBe('unassigned');
      // Twice is once.
      await scene.patch(inquiryId, changes);
      await scene.owned(inquiryId);
      const respond = await scene.clock(inquiryId);
      expect([respond.startedAt, respond.target]).toEqual([completed.qualifiedAt, 'PT50S']);
      expect(Date.parse(respond.startedAt) - Date.parse(body.lead.receivedAt)).toBeGreaterThanOrEqual(5000);
      expect((await scene.contact(inquiryId)).clocksMet[0]?.verdict).toBe('met');
      const executions = await scene.ended(inquiryId);
      expect(
        executions.map(({ name, states }) => [name.slice(inquiryId.length), states.at(-1)]).sort(),
      ).toEqual([
        ['-1', 'Contacted in time'],
        ['-marketing-enrich-1', 'Met in time'],
      ]);
      const { mails, events } = await scene.outcome();
      expect(mails).toEqual({ 'A: Held for Marketing: … → olive': 1, 'A: New lead: … → owner 1': 1 });
      expect(events).toEqual({
        'A: InquiryReceived': 1,
        'A: SlaMet marketing.score': 1,
        'A: LeadHeld': 1,
        'A: SlaMet marketing.enrich': 1,
        'A: LeadQualified': 1,
        'A: SlaMet mql.route': 1,
        'A: SlaMet marketing.notify': 1,
        'A: SlaMet activity.log': 1,
        'A: LeadAssigned mql.respond': 1,
        'A: AttemptRecorded': 1,
        'A: LeadContacted': 1,
        'A: SlaMet mql.respond': 1,
      });
    },
  },
  {
    name: 'An inquiry becomes an MQL by what the contact does, with no hand in between',
    async play(scene) {
      const request = await scene.inquiryRequest('p-inquiry');
      const signals = [await scene.does('blog_visit')];
      const { status, body } = await scene.inquire({ ...request, signals });
      expect([status, body.status]).toEqual([202, 'nurture']);
      const { inquiryId } = body;
      // The same request again is the same inquiry with the same signal.
      const again = await scene.inquire({ ...request, signals });
      expect([again.status, again.body.inquiryId, again.body.signals.count]).toEqual([200, inquiryId, 1]);
      expect((await scene.signal(inquiryId, 'case_study')).status).toBe('nurture');
      const qualified = await scene.signal(inquiryId, 'contact_sales');
      expect([qualified.status, qualified.evaluation.verdict]).toEqual(['unassigned', 'mql']);
      expect(qualified.evaluation.score).toMatchObject({ total: 115, fit: 55, intent: 60, toThreshold: 0 });
      expect((await scene.owned(inquiryId)).personId).toBe('ines');
      expect((await scene.contact(inquiryId)).clocksMet[0]?.verdict).toBe('met');
      await scene.ended(inquiryId);
      const { mails, events } = await scene.outcome();
      expect(mails).toMatchObject({ 'A: New lead: … → owner 1': 1 });
      expect(events).toMatchObject({ 'A: InquiryReceived': 1, 'A: LeadQualified': 1 });
    },
  },
  {
    name: 'An inquiry of the review band waits for a manager, and is an MQL when one accepts it',
    async play(scene) {
      const request = await scene.inquiryRequest('p-review', { title: 'Marketing Manager' });
      const { inquiryId, status, evaluation } = (await scene.inquire({ ...request, source: 'contact_sales' }))
        .body;
      expect([status, evaluation.verdict, evaluation.score.total]).toEqual(['nurture', 'review', 45]);
      const review = { decision: 'accept', by: 'mia', reason: 'Known from the fair.' };
      const path = `/v1/inquiries/${inquiryId}/review`;
      expect((await scene.engine.call('POST', path, { ...review, by: 'rhea' })).status).toBe(422);
      expect((await scene.engine.call('POST', path, review)).status).toBe(200);
      await scene.owned(inquiryId);
      // Posted again, the same answer is the same answer.
      expect((await scene.engine.call('POST', path, review)).status).toBe(200);
      expect((await scene.contact(inquiryId)).clocksMet[0]?.verdict).toBe('met');
      await scene.ended(inquiryId);
      const { events } = await scene.outcome();
      expect(events).toMatchObject({ 'A: ReviewOffered': 1, 'A: ReviewDecided': 1, 'A: LeadQualified': 1 });
    },
  },
];
