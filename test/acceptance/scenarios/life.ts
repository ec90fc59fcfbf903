/** What comes after the first contact: the handoffs up to a deal that is won, and a rejection (policy book §8 to §12). */
import type { LeadView } from '../../../lambdas/api/schemas/lead-view.ts';
import type { OpportunityView } from '../../../lambdas/api/schemas/pipeline.ts';
import { managerOf } from '../people.ts';
import type { Clock, Scenario, Scene } from '../scene.ts';

interface Refusal {
  type: string;
  errors: { path: string; message: string }[];
}

const DAY_S = 24 * 60 * 60;
/** Days ahead, so that nothing of the meeting is due within a scene. */
const MEETING_IN_DAYS = 7;

/** All that the SQL gate asks for, and the whole briefing. */
const GATE = {
  pain: 'Releases wait three weeks for a manual check.',
  timeline: 'Solved before the fair in March.',
  meddpic: {
    metrics: 'Two releases a week instead of one a month.',
    decision_process: 'The CTO signs after a trial of two teams.',
    implicate_pain: 'A customer has left over a late fix.',
  },
  briefing: {
    pain: 'Releases wait three weeks.',
    timeline: 'Wants it by March.',
    stakeholders: 'The head of delivery decides, the CTO signs.',
    meeting_context: 'Saw the demo at the fair.',
  },
};

/** One command at an instant of its own: where the clock stands still, two would fall on the same one. */
async function does<T = LeadView>(
  scene: Scene,
  method: string,
  path: string,
  body: Record<string, unknown>,
): Promise<T> {
  await scene.secondsAfter(await scene.engine.now(), 1);
  const answer = await scene.engine.call<T>(method, `/v1/${path}`, body);
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer.body;
}

async function inDays(scene: Scene, days: number): Promise<string> {
  return new Date(Date.parse(await scene.engine.now()) + days * DAY_S * 1000).toISOString();
}

export const life: Scenario[] = [
  {
    name: 'A lead is accepted, promoted and handed over, and its deal is won',
    async play(scene) {
      const { leadId, owner } = await scene.assigned('p-life', 'contact_sales');
      const by = owner?.personId;
      await scene.contact(leadId);
      expect((await does(scene, 'POST', `leads/${leadId}/accept`, { by })).status).toBe('sal');
      const startsAt = await inDays(scene, MEETING_IN_DAYS);
      const meeting = { startsAt, link: 'https://meet.example.com/room-4711' };
      const sql = await does(scene, 'POST', `leads/${leadId}/promote`, { by, meeting, ...GATE });
      const ae = sql.life.handoff?.ae.personId ?? '';
      expect([sql.status, sql.life.sql?.flagged.length, managerOf(ae)]).toEqual(['sql', 2, 'sid']);
      await does(scene, 'POST', `leads/${leadId}/introduction`, { by });
      const accepted = await does(scene, 'POST', `leads/${leadId}/ae-accept`, { by: ae, briefingRead: true });
      expect(accepted.status).toBe('opportunity');
      const [{ meetingId } = { meetingId: '' }] = accepted.life.meetings;
      const invitedAt = await scene.engine.now();
      await does(scene, 'PATCH', `meetings/${meetingId}`, { by, invitedAt });

      const deal = `opportunities/${accepted.life.opportunity?.opportunityId ?? ''}`;
      const due = (await inDays(scene, 5)).slice(0, 10);
      const vague = await scene.engine.call<Refusal>('PATCH', `/v1/${deal}`, {
        by: ae,
        nextStep: { what: 'Follow-up!', due },
      });
      expect([vague.status, vague.body.errors.map(({ path }) => path)]).toEqual([422, ['nextStep.what']]);
      const staged = await does<OpportunityView>(scene, 'PATCH', deal, {
        by: ae,
        stage: 2,
        amount: 48_000,
        nextStep: { what: 'Their CISO reviews the report', due },
      });
      expect(staged.stage.stage).toBe(2);
      const won = await does<OpportunityView>(scene, 'PATCH', deal, { by: ae, closed: { outcome: 'won' } });
      expect(won.closed?.outcome).toBe('won');
      // Due at once and met in the same act: the only one of them that does not wait for days.
      await scene.eventually('the end of the clock of the briefing', async () => {
        const all = await scene.engine.executions(leadId);
        return all.some(({ name, status }) => name.endsWith('-sql-briefing-1') && status !== 'RUNNING')
          ? true
          : undefined;
      });
      const executions = await scene.ended(leadId);
      expect(executions.map(({ status, states }) => [status, states.at(-1)]).sort()).toEqual([
        ['SUCCEEDED', 'Contacted in time'],
        ['SUCCEEDED', 'Met in time'],
      ]);
      const { clocks } = await scene.lead(leadId);
      const open = ({ status }: Clock): boolean => !['met', 'cancelled'].includes(status);
      expect(clocks.filter(open).map(({ commitment }) => commitment)).toEqual([]);
      const { mails, events } = await scene.outcome();
      expect(mails).toEqual({ 'A: New lead: … → owner 1': 1, 'A: SQL for you: … → AE': 1 });
      expect(events).toMatchObject({
        ...{ 'A: LeadAccepted': 1, 'A: LeadPromoted': 1, 'A: MeetingBooked': 1, 'A: BriefingCompleted': 1 },
        ...{ 'A: AeNotified': 1, 'A: IntroductionSent': 1, 'A: SqlAccepted': 1, 'A: OpportunityCreated': 1 },
        ...{ 'A: OpportunityUpdated': 1, 'A: OpportunityWon': 1, 'A: SlaMet meeting.invite': 1 },
      });
    },
  },
  {
    name: 'A lead is rejected by code, and Marketing does what that asks for',
    async play(scene) {
      const request = await scene.request({ source: 'contact_sales', partner: { id: 'p-rejected' } });
      const { name } = request.company as { name: string };
      // An address of its own: whoever is the wrong person is routed to nobody from then on.
      const email = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}@example.com`;
      const contact = { ...(request['contact'] as object), email };
      const { leadId } = (await scene.post({ ...request, contact })).body;
      const { personId: by } = await scene.owned(leadId);
      await scene.contact(leadId);
      const unknown = await scene.engine.call('POST', `/v1/leads/${leadId}/reject`, { by, code: 'REJ-99' });
      expect(unknown.status).toBe(422);
      const { status, life } = await does(scene, 'POST', `leads/${leadId}/reject`, { by, code: 'REJ-03' });
      expect([status, life.rejection]).toEqual([
        'rejected',
        expect.objectContaining({ code: 'REJ-03', by, resolvedAt: null }),
      ]);
      expect((await scene.clock(leadId, 'marketing.rejection')).status).toBe('within_sla');
      const again = await scene.request({ source: 'contact_sales', contact });
      expect((await scene.post(again)).status).toBe(409);
      const resolved = await does(scene, 'POST', `leads/${leadId}/resolve-rejection`, { by: 'olive' });
      expect(resolved.life.rejection?.resolvedAt).toEqual(expect.any(String));
      expect((await scene.clock(leadId, 'marketing.rejection')).status).toBe('met');
      await scene.ended(leadId);
      const { mails, events } = await scene.outcome();
      expect(mails).toEqual({ 'A: New lead: … → owner 1': 1 });
      expect(events).toMatchObject({
        'A: LeadRejected': 1,
        'A: RejectionResolved': 1,
        'A: SlaMet marketing.rejection': 1,
      });
    },
  },
];
