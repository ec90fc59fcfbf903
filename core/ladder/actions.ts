/** What a rung does besides telling people (policy book §5): flags, statuses, and things to work on. */
import type { Clock } from '../model/clock.ts';
import type { Effect } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import type { Subject } from '../model/subject.ts';
import { nameOf } from '../model/subject.ts';
import type { RungAction, RungName, RungRow } from '../policy/schema/commitments.ts';
import { iso } from '../time.ts';
import type { Decision } from './facts.ts';
import { and, notice, onceMore, record } from './facts.ts';
import { missedTouch } from '../cadence/missed.ts';
import { RESPONSE, clockOf, withClock } from './next.ts';
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
  return eachAction(lead, clock, row, (current, latest, action) =>
    apply(world, current, latest, row.rung, action),
  );
}

/** The actions of a rung, each on what the one before has left. */
export function eachAction<S extends Subject>(
  subject: S,
  clock: Clock,
  { actions }: RungRow,
  take: (current: S, clock: Clock, action: RungAction) => Decision<S>,
): Decision<S> {
  return actions.reduce<Decision<S>>(
    (decision, action) =>
      and(decision, take(decision.lead, clockOf(decision.lead, clock.clockId) ?? clock, action)),
    { lead: subject, effects: [] },
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
      return logBreach(world, lead, on, ownerId);
    case 'reassign':
      return { lead, effects: [] };
    case 'manager_task':
      return { lead, effects: [managerTask(world, lead, on, ownerId)] };
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
      return { lead, effects: [processReview(world, lead, on)] };
    case 'open_incident':
      return { lead, effects: [incident(world, lead, on)] };
  }
}

interface OnRung {
  clock: Clock;
  rung: RungName;
}

/** The miss goes on record, and the clock is breached: its verdict is missed, unless somebody has judged it before. */
export function logBreach<S extends Subject>(
  world: World,
  subject: S,
  { clock, rung }: OnRung,
  ownerId: string | null,
): Decision<S> {
  const because = `Nobody had met it by ${clock.dueAt}.`;
  const verdict = { at: iso(world.now), verdict: 'missed' as const, of: clock.dueAt, because };
  const judged = clock.verdicts.at(-1)?.verdict === 'missed' && clock.metAt === null;
  const verdicts = judged ? clock.verdicts : [...clock.verdicts, verdict];
  const title = `Missed ${clock.commitment} of ${nameOf(subject)}, due ${clock.dueAt}`;
  const on = { clock, rung, key: onceMore(clock, rung) };
  const logged = record(world.now, 'breach', on, { title, assignee: null, personId: ownerId });
  return { lead: withClock(subject, { ...clock, status: 'breached', verdicts }), effects: [logged] };
}

/** The manager has to look into the miss. */
export function managerTask(
  world: World,
  subject: Subject,
  { clock, rung }: OnRung,
  ownerId: string | null,
): Effect {
  const assignee = peopleFor(world, subject, 'owner.manager', null, clock).people[0]?.personId ?? null;
  const title = `Review the missed ${clock.commitment} of ${nameOf(subject)}`;
  const on = { clock, rung, key: onceMore(clock, rung) };
  return record(world.now, 'task', on, { title, assignee, personId: ownerId });
}

export function processReview(world: World, subject: Subject, on: OnRung): Effect {
  const title = `Process review: ${on.clock.commitment} of ${nameOf(subject)}`;
  return listed(world, 'process_review', on, title, null);
}

export function incident(world: World, subject: Subject, on: OnRung): Effect {
  const what = `nobody met ${on.clock.commitment} of ${nameOf(subject)}`;
  return listed(world, 'incident', on, `Incident: ${what}; close with a root cause`, null);
}

/** Whose miss it is: who owes the clock; of a lead that came to its owner too late, or had none, nobody's. */
function blamed(world: World, lead: Lead, clock: Clock): string | null {
  const changesHands = clock.commitment === RESPONSE || goesWithLead(world.policy, clock);
  return changesHands && !hadAFairChance(lead, clock) ? null : clock.owes;
}

function listed(
  world: World,
  type: 'breach_review' | 'backup_queue' | 'process_review' | 'incident',
  { clock, rung }: OnRung,
  title: string,
  personId: string | null,
): Effect {
  return record(
    world.now,
    type,
    { clock, rung, key: onceMore(clock, rung) },
    { title, assignee: null, personId },
  );
}
