/** What a rung does besides telling people (policy book §5): flags, statuses, and things to work on. */
import type { Clock } from '../model/clock.ts';
import type { Effect } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import type { RungAction, RungName, RungRow } from '../policy/schema/commitments.ts';
import { iso } from '../time.ts';
import type { Decision } from './facts.ts';
import { notice, record } from './facts.ts';
import { missedTouch } from '../cadence/missed.ts';
import { RESPONSE, withClock } from './next.ts';
import { hadAFairChance } from './assign.ts';
import { goesWithLead } from './owes.ts';
import { peopleFor } from './tell.ts';
import type { World } from './tell.ts';

/** The past-tense fact that goes to the bus when a rung is climbed. */
export const EVENT_OF_RUNG: Record<RungName, string> = {
  remind: 'SlaReminderDue',
  warn: 'SlaAtRisk',
  breach: 'SlaBreached',
  backup: 'LeadSentToBackup',
  critical: 'SlaCritical',
  incident: 'IncidentOpened',
  threshold: 'SlaThresholdPassed',
};

/** Applies the actions of a rung, one after the other. Reassigning needs a draw and is done by the climb itself. */
export function applyActions(world: World, lead: Lead, clock: Clock, row: RungRow): Decision {
  return row.actions.reduce<Decision>(
    (decision, action) => {
      const current = decision.lead.clocks.find((candidate) => candidate.clockId === clock.clockId) ?? clock;
      const acted = apply(world, decision.lead, current, row.rung, action);
      return { lead: acted.lead, effects: [...decision.effects, ...acted.effects] };
    },
    { lead, effects: [] },
  );
}

function apply(world: World, lead: Lead, clock: Clock, rung: RungName, action: RungAction): Decision {
  const on = { clock, rung };
  const ownerId = blamed(world, lead, clock);
  switch (action) {
    case 'flag_at_risk':
      return {
        lead: withClock({ ...lead, flags: { ...lead.flags, atRisk: true } }, { ...clock, status: 'at_risk' }),
        effects: [],
      };
    case 'flag_urgent':
      return { lead: { ...lead, flags: { ...lead.flags, urgent: true } }, effects: [] };
    case 'log_breach':
      return logBreach(world, lead, clock, rung, ownerId);
    case 'reassign':
      return { lead, effects: [] };
    case 'manager_task': {
      const manager = managerOf(world, lead, clock);
      const title = `Review the missed ${clock.commitment} of lead ${lead.leadId}`;
      return {
        lead,
        effects: [record(world.now, 'task', on, { title, assignee: manager, personId: ownerId })],
      };
    }
    case 'breach_review':
      return {
        lead: { ...lead, flags: { ...lead.flags, breachReview: true } },
        effects: [
          listed(
            world,
            'breach_review',
            on,
            `Breach review: ${clock.commitment} of lead ${lead.leadId}`,
            ownerId,
          ),
        ],
      };
    case 'to_backup_queue':
      return {
        lead: { ...lead, flags: { ...lead.flags, backupQueue: true } },
        effects: [
          listed(world, 'backup_queue', on, `Lead ${lead.leadId} needs somebody from the backup pool`, null),
        ],
      };
    case 'escalate':
      return {
        lead: withClock(
          { ...lead, flags: { ...lead.flags, escalated: true } },
          { ...clock, status: 'escalated' },
        ),
        effects: [],
      };
    case 'remind_prospect':
      return { lead, effects: [notice(world.now, 'meeting_reminder', 'prospect', on)] };
    case 'missed_touch':
      return missedTouch(world, lead, clock);
    case 'process_review':
      return {
        lead,
        effects: [
          listed(
            world,
            'process_review',
            on,
            `Process review: ${clock.commitment} of lead ${lead.leadId}`,
            null,
          ),
        ],
      };
    case 'open_incident':
      return {
        lead,
        effects: [
          listed(
            world,
            'incident',
            on,
            `Incident: nobody met ${clock.commitment} of lead ${lead.leadId}; close with a root cause`,
            null,
          ),
        ],
      };
  }
}

function logBreach(world: World, lead: Lead, clock: Clock, rung: RungName, ownerId: string | null): Decision {
  const because = `Nobody had met it by ${clock.dueAt}.`;
  const verdict = { at: iso(world.now), verdict: 'missed' as const, of: clock.dueAt, because };
  const breached: Clock = { ...clock, status: 'breached', verdicts: [...clock.verdicts, verdict] };
  const title = `Missed ${clock.commitment} of lead ${lead.leadId}, due ${clock.dueAt}`;
  const logged = record(world.now, 'breach', { clock, rung }, { title, assignee: null, personId: ownerId });
  return { lead: withClock(lead, breached), effects: [logged] };
}

/** Whose miss it is: who owes the clock; of a lead that came to its owner too late, or had none, nobody's. */
function blamed(world: World, lead: Lead, clock: Clock): string | null {
  const changesHands = clock.commitment === RESPONSE || goesWithLead(world.policy, clock);
  return changesHands && !hadAFairChance(lead, clock) ? null : clock.owes;
}

function managerOf(world: World, lead: Lead, clock: Clock): string | null {
  return peopleFor(world, lead, 'owner.manager', null, clock).people[0]?.personId ?? null;
}

function listed(
  world: World,
  type: 'breach_review' | 'backup_queue' | 'process_review' | 'incident',
  on: { clock: Clock; rung: RungName },
  title: string,
  personId: string | null,
): Effect {
  return record(world.now, type, on, { title, assignee: null, personId });
}
