/**
 * Attempts and contacts (policy book §5): a clock is judged when a timer fires and when an activity arrives, and the
 * earliest event wins whatever the order of arrival. What a system of record stamped before the deadline turns a
 * verdict even if it is delivered late; what a person typed in afterwards does not, and is counted apart.
 */
import { wallMs } from '../calendar/index.ts';
import type { Effect } from '../model/effects.ts';
import type { JudgedAttempt, Lead } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { ACTIVITY_OUTCOMES, ACTIVITY_TYPES } from '../policy/schema/handling.ts';
import type { EpochMs } from '../time.ts';
import { iso, storedMs } from '../time.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry, event } from '../ladder/facts.ts';
import { endDuePauses } from '../ladder/pause.ts';
import type { World } from '../ladder/tell.ts';
import { settle } from './happen.ts';
import { judgeClock, listensTo } from './judge.ts';
import { takenBy } from './taken-by.ts';
import { outreachFacts } from './outreach.ts';

export interface Activity {
  activityId: string;
  type: (typeof ACTIVITY_TYPES)[number];
  outcome: (typeof ACTIVITY_OUTCOMES)[number];
  occurredAt: EpochMs;
  recordedBy: { kind: 'system' | 'manual'; name: string };
  personId: string | null;
}

export type Refusal = { type: 'activity-in-future' | 'activity-before-lead'; detail: string };

/** Why an activity cannot be taken, or null. */
export function refusal(
  policy: CompiledPolicy,
  lead: Lead,
  activity: Activity,
  now: EpochMs,
): Refusal | null {
  const tolerance = wallMs(policy.activities.futureTolerance);
  if (activity.occurredAt > now + tolerance) {
    const detail = `occurredAt ${iso(activity.occurredAt)} lies in the future: it is ${iso(now)} now. Send an instant that has passed.`;
    return { type: 'activity-in-future', detail };
  }
  if (activity.occurredAt < storedMs(lead.qualifiedAt)) {
    const detail = `occurredAt ${iso(activity.occurredAt)} is before the lead was qualified at ${lead.qualifiedAt}; it belongs to something else.`;
    return { type: 'activity-before-lead', detail };
  }
  return null;
}

/** Whether the activity is already part of the lead: then taking it again changes nothing. */
export function isKnown(lead: Lead, activityId: string): boolean {
  return lead.judged.some((attempt) => attempt.activityId === activityId);
}

/** How an activity counts: whether it is an attempt, a contact, back-dated, and the instant that counts. */
export function judged(policy: CompiledPolicy, activity: Activity, now: EpochMs): JudgedAttempt {
  const late = now - activity.occurredAt > wallMs(policy.activities.backDatedAfter);
  const backDated = activity.recordedBy.kind === 'manual' && late;
  return {
    activityId: activity.activityId,
    occurredAt: iso(activity.occurredAt),
    countsAt: iso(backDated ? now : activity.occurredAt),
    receivedAt: iso(now),
    contact: policy.activities.contactOutcomes.includes(activity.outcome),
    backDated,
    personId: activity.personId,
    type: activity.type,
    outcome: activity.outcome,
  };
}

/** Whether the outcome makes an activity an attempt at all. */
export function isAttempt(policy: CompiledPolicy, activity: Activity): boolean {
  return !policy.activities.notAnAttempt.includes(activity.outcome);
}

/**
 * The lead with an attempt taken in: counters, status, and every clock that it meets or whose verdict it turns.
 * @param receivedAt when it first arrived, which is what an entry by hand is judged by; it may be repeated later
 */
export function takeAttempt(
  world: World,
  before: Lead,
  activity: Activity,
  receivedAt: EpochMs = world.now,
): Decision {
  const ended = endDuePauses(world.policy, before, world.now);
  const attempt = judged(world.policy, activity, receivedAt);
  const manual = activity.recordedBy.kind === 'manual';
  const taken = takenBy(world, ended.lead, activity.personId);
  const effects: Effect[] = [
    ...ended.effects,
    ...attemptFacts(world, ended.lead, activity, attempt),
    ...taken.effects,
  ];
  let lead = counted(taken.lead, attempt, isBackDated(taken.lead, attempt, manual));
  for (const clock of lead.clocks.filter((candidate) => listensTo(candidate, attempt))) {
    const judgement = judgeClock(world, lead, clock, attempt, manual);
    lead = judgement.lead;
    effects.push(...judgement.effects);
  }
  const last = lead.judged.at(-1) ?? attempt;
  const decision = and({ lead, effects }, outreachFacts(world, ended.lead, lead, last));
  return settle(world, lead, decision);
}

/** By hand and long after the act, or by hand after a deadline that it would have met. */
function isBackDated(lead: Lead, attempt: JudgedAttempt, manual: boolean): boolean {
  const passed = lead.clocks.some(
    (clock) =>
      listensTo(clock, attempt) &&
      attempt.occurredAt <= clock.dueAt &&
      attempt.receivedAt > clock.dueAt &&
      clock.metAt === null,
  );
  return manual && (attempt.backDated || passed);
}

function counted(lead: Lead, judgedAttempt: JudgedAttempt, backDated: boolean): Lead {
  const attempt = {
    ...judgedAttempt,
    backDated,
    countsAt: backDated ? judgedAttempt.receivedAt : judgedAttempt.countsAt,
  };
  const earlier = (a: string | null, b: string): string => (a === null || b < a ? b : a);
  const reached = attempt.contact && (lead.status === 'assigned' || lead.status === 'unassigned');
  return {
    ...lead,
    judged: [...lead.judged, attempt],
    attempts: lead.attempts + 1,
    backDatedActivities: lead.backDatedActivities + (backDated ? 1 : 0),
    firstAttemptAt: earlier(lead.firstAttemptAt, attempt.countsAt),
    firstContactAt: attempt.contact ? earlier(lead.firstContactAt, attempt.countsAt) : lead.firstContactAt,
    status: reached ? 'contacted' : lead.status,
  };
}

function attemptFacts(world: World, lead: Lead, activity: Activity, attempt: JudgedAttempt): Effect[] {
  const who =
    activity.personId === null
      ? `${activity.recordedBy.kind}:${activity.recordedBy.name}`
      : `person:${activity.personId}`;
  const how =
    activity.recordedBy.kind === 'manual' ? 'typed in by hand' : `stamped by ${activity.recordedBy.name}`;
  const why = `${attempt.type}, ${attempt.outcome}, at ${attempt.occurredAt}, ${how}${attempt.backDated ? ', back-dated' : ''}.`;
  const key = activity.activityId;
  const data = {
    activityId: key,
    type: attempt.type,
    outcome: attempt.outcome,
    occurredAt: attempt.occurredAt,
    personId: activity.personId,
  };
  const facts = [
    entry(world.now, 'attempt_recorded', why, { key }, who),
    event(lead, 'AttemptRecorded', world.now, { key }, data),
  ];
  if (!attempt.contact || lead.firstContactAt !== null) return facts;
  return [
    ...facts,
    event(
      lead,
      'LeadContacted',
      world.now,
      { key },
      { contactedAt: attempt.countsAt, personId: activity.personId },
    ),
  ];
}
