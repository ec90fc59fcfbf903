/** The response ladder, and contacts before, between and after its rungs (policy book §5). */
import type { Clock, Scenario } from '../scene.ts';

const climbedOf = (clock: Clock): string[] =>
  clock.rungs.filter(({ outcome }) => outcome === 'done').map(({ rung }) => rung);
const verdictsOf = (clock: Clock): string[] => clock.verdicts.map(({ verdict }) => verdict);

/** The tests of the state machines count the same (docs/adr): a lead met before the first rung, and a whole ladder. */
const FEWEST_STEPS = 8;
const MOST_STEPS = 30;

export const ladder: Scenario[] = [
  {
    name: 'Nobody makes contact, and the ladder is climbed to its end',
    async play(scene) {
      const { leadId, owner } = await scene.assigned('p-ladder');
      const clock = await scene.climbed(leadId, 'threshold', 'mql.respond', 90);
      expect(climbedOf(clock)).toEqual([
        'remind',
        'warn',
        'breach',
        'critical',
        'incident',
        'backup',
        'threshold',
      ]);
      expect([clock.status, verdictsOf(clock)]).toEqual(['escalated', ['missed']]);
      const executions = await scene.ended(leadId);
      const lead = await scene.lead(leadId);
      expect(lead.flags).toEqual({
        ...{ atRisk: true, urgent: true, breachReview: true },
        ...{ escalated: true, backupQueue: true },
      });
      expect(lead.previousOwners.map(({ personId }) => personId)).toEqual([owner?.personId]);
      expect(executions.find(({ machine }) => machine === 'mql-response')?.states.length).toBeLessThanOrEqual(
        MOST_STEPS,
      );
      const { mails, events } = await scene.outcome();
      expect(mails).toEqual({
        'A: New lead: … → owner 1': 1,
        'A: Reminder: … → owner 1': 1,
        'A: Urgent: … → owner 1': 1,
        'A: Urgent: … → manager of owner 1': 1,
        'A: Target missed: … has a new owner → owner 1': 1,
        'A: Reassigned to you: …, please call now → owner 2': 1,
        'A: Breach: … → manager of owner 1': 1,
        'A: Critical: … → sid': 1,
        'A: Critical: … → vic': 1,
        'A: Incident opened: … → vic': 1,
        'A: Backup queue: … → abe': 1,
        'A: Backup queue: … → ann': 1,
        'A: Breach threshold passed: … → pia': 1,
        // The new owner's personal clock.
        'A: Reminder: … → owner 2': 1,
        'A: Urgent: … → owner 2': 1,
        'A: Urgent: … → manager of owner 2': 1,
        'A: Target missed: … is still yours, please call now → owner 2': 1,
        'A: Breach: … → manager of owner 2': 1,
      });
      expect(events).toEqual({
        'A: LeadReceived mql.respond': 1,
        'A: LeadAssigned mql.respond': 1,
        'A: SlaMet mql.route': 1,
        'A: SlaMet marketing.notify': 1,
        'A: SlaReminderDue mql.respond': 1,
        'A: SlaAtRisk mql.respond': 1,
        'A: SlaBreached mql.respond': 1,
        'A: LeadReassigned mql.respond': 1,
        'A: SlaCritical mql.respond': 1,
        'A: IncidentOpened mql.respond': 1,
        'A: LeadSentToBackup mql.respond': 1,
        'A: SlaThresholdPassed mql.respond': 1,
        'A: SlaReminderDue owner.respond': 1,
        'A: SlaAtRisk owner.respond': 1,
        'A: SlaBreached owner.respond': 1,
      });
    },
  },
  {
    name: 'A contact before the first rung: no rung is climbed',
    async play(scene) {
      const { leadId } = await scene.assigned('p-before');
      const { clocksMet } = await scene.contact(leadId);
      expect(clocksMet).toEqual([expect.objectContaining({ commitment: 'mql.respond', verdict: 'met' })]);
      const [execution, ...others] = await scene.ended(leadId);
      expect(others).toEqual([]);
      expect(execution?.states.at(-1)).toBe('Contacted in time');
      expect(execution?.states.length).toBeLessThanOrEqual(FEWEST_STEPS);
      const { mails } = await scene.outcome();
      expect(mails).toEqual({ 'A: New lead: … → owner 1': 1 });
      expect(climbedOf(await scene.clock(leadId))).toEqual([]);
    },
  },
  {
    name: 'A contact between two rungs: those that were due are climbed, no other',
    async play(scene) {
      const { leadId } = await scene.assigned('p-between');
      expect((await scene.climbed(leadId, 'remind')).status).toBe('at_risk');
      expect((await scene.contact(leadId)).clocksMet[0]?.verdict).toBe('met');
      const executions = await scene.ended(leadId);
      expect(executions.map(({ states }) => states.at(-1))).toEqual(['Contacted in time']);
      const { mails } = await scene.outcome();
      expect(mails).toEqual({ 'A: New lead: … → owner 1': 1, 'A: Reminder: … → owner 1': 1 });
    },
  },
  {
    name: 'A contact after the breach is late and the verdict stays, but the new owner is in time',
    async play(scene) {
      const before = await scene.assigned('p-after');
      const breached = await scene.climbed(before.leadId, 'breach');
      expect(breached.status).toBe('breached');
      const lead = await scene.lead(before.leadId);
      expect(lead.owner?.personId).not.toBe(before.owner?.personId);
      const personal = await scene.clock(lead.leadId, 'owner.respond');
      expect([personal.owes, personal.target]).toEqual([lead.owner?.personId, breached.target]);
      // A fresh personal target; the lead's own deadline is not moved.
      expect(Date.parse(personal.dueAt)).toBeGreaterThan(Date.parse(breached.dueAt));
      // At the very deadline it would still be in time.
      await scene.secondsAfter(breached.dueAt, 2);
      const { clocksMet } = await scene.contact(lead.leadId, { personId: lead.owner?.personId });
      expect(clocksMet.map(({ commitment, verdict }) => [commitment, verdict])).toEqual([
        ['mql.respond', 'missed'],
        ['owner.respond', 'met'],
      ]);
      const executions = await scene.ended(lead.leadId);
      expect(executions.map(({ states }) => states.at(-1)).sort()).toEqual(['Contacted late', 'Met in time']);
      const after = await scene.clock(lead.leadId);
      expect([after.status, verdictsOf(after)]).toEqual(['missed', ['missed', 'missed']]);
      expect(climbedOf(after)).toEqual(['remind', 'warn', 'breach']);
    },
  },
  {
    name: 'A call stamped before the deadline and delivered after it turns the verdict',
    async play(scene) {
      const { leadId } = await scene.assigned('p-late');
      const breached = await scene.climbed(leadId, 'breach');
      const inTime = new Date(Date.parse(breached.dueAt) - 3000).toISOString();
      const { clocksMet } = await scene.contact(leadId, { occurredAt: inTime });
      expect(clocksMet).toEqual([expect.objectContaining({ commitment: 'mql.respond', verdict: 'met' })]);
      const turned = await scene.clock(leadId);
      expect([turned.status, verdictsOf(turned)]).toEqual(['met', ['missed', 'met']]);
      // It was made before the new owner had the lead: they still have to call.
      expect((await scene.clock(leadId, 'owner.respond')).status).toBe('within_sla');
      await scene.contact(leadId);
      const executions = await scene.ended(leadId);
      expect(executions.map(({ states }) => states.at(-1)).sort()).toEqual([
        'Contacted in time',
        'Met in time',
      ]);
      const { events } = await scene.outcome();
      expect(events['A: SlaVerdictTurned mql.respond']).toBe(1);
    },
  },
];
