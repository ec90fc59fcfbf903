/**
 * What a decision is worth counting for. Decisions are counted when their save has succeeded, which happens once
 * however often a step is repeated; what becomes of an effect is counted where it is performed.
 */
import { RESPONSE } from '../../core/ladder/next.ts';
import { hasChangedHands } from '../../core/lifecycle/cycle.ts';
import type { Clock } from '../../core/model/clock.ts';
import type { Effect, TimelineEntry } from '../../core/model/effects.ts';
import type { Lead } from '../../core/model/lead.ts';
import type { Subject } from '../../core/model/subject.ts';
import { isTicket } from '../../core/model/subject.ts';
import { storedMs } from '../../core/time.ts';
import { EventsRefused, VersionConflict } from './errors.ts';
import type { MetricName } from './metric-names.ts';
import type { Metrics } from './services.ts';

/** Facts of the timeline that are counted as they are. */
const COUNTED: Readonly<Record<string, MetricName>> = {
  lead_received: 'LeadsReceived',
  inquiry_received: 'InquiriesReceived',
  lead_held: 'LeadsHeld',
  lead_qualified: 'LeadsQualified',
  lead_assigned: 'LeadsAssigned',
  lead_reassigned: 'LeadsReassigned',
  nobody_available: 'NobodyAvailable',
  verdict_turned: 'VerdictsTurned',
  message_held: 'NoticesHeld',
  execution_replaced: 'RunsReplaced',
  workflow_failed: 'WorkflowFailures',
};

/**
 * Counts what a decision says that happened.
 * @param subject as it has been saved
 * @param effects of this decision alone, not those that were owed before
 */
export function measureDecision(metrics: Metrics, subject: Subject, effects: readonly Effect[]): void {
  for (const effect of effects) {
    if (effect.kind === 'timeline') measureEntry(metrics, subject, effect.entry);
    if (effect.kind === 'record' && effect.record.type === 'breach' && effect.record.state === 'open') {
      measureVerdict(metrics, subject, effect.record.clockId ?? undefined, 'ClocksMissed');
    }
  }
}

/** Counts what kept an effect from being performed, where it has a name. */
export function measureTrouble(metrics: Metrics, error: unknown): void {
  if (error instanceof EventsRefused) metrics.add('EventsRefused', error.effectIds.length);
}

/** Runs a save and counts it if somebody else was quicker. */
export async function countingConflicts<T>(metrics: Metrics, save: () => Promise<T>): Promise<T> {
  try {
    return await save();
  } catch (error) {
    if (error instanceof VersionConflict) metrics.add('VersionConflicts');
    throw error;
  }
}

function measureEntry(metrics: Metrics, subject: Subject, { what, clockId, rung }: TimelineEntry): void {
  const counted = COUNTED[what];
  if (counted !== undefined) metrics.add(counted);
  if (what === 'lead_assigned' && !isTicket(subject)) measureAssignment(metrics, subject);
  if (what === 'clock_met') measureVerdict(metrics, subject, clockId, 'ClocksMet');
  if (what === 'clock_met_late') measureVerdict(metrics, subject, clockId, 'ClocksMissed');
  if (rung !== undefined && what === `rung_${rung}`) measureRung(metrics, subject, clockId, rung);
}

/** The first owner only, from when it became an MQL: a lead that changes hands has not waited since then. */
function measureAssignment(metrics: Metrics, lead: Lead): void {
  if (lead.owner === null || hasChangedHands(lead)) return;
  const since = lead.gate?.passedAt ?? lead.receivedAt;
  metrics.add('AssignmentTime', storedMs(lead.owner.assignedAt) - storedMs(since));
}

/** Each clock counts once, by its first verdict: the one that it has when it is the only one. */
function measureVerdict(
  metrics: Metrics,
  subject: Subject,
  clockId: string | undefined,
  name: 'ClocksMet' | 'ClocksMissed',
): void {
  const clock = clockOf(subject, clockId);
  if (clock?.verdicts.length === 1) metrics.add(name, 1, clock.commitment);
}

/** A rung that was due before the subject arrived could not be handled sooner than that. */
function measureRung(metrics: Metrics, subject: Subject, clockId: string | undefined, name: string): void {
  metrics.add('RungsClimbed', 1, name);
  const clock = clockOf(subject, clockId);
  const rung = clock?.rungs.find((candidate) => candidate.rung === name);
  if (clock === undefined || rung?.doneAt == null) return;
  const due = Math.max(storedMs(rung.at), storedMs(subject.receivedAt));
  const machine = clock.commitment === RESPONSE ? 'mql-response' : 'commitment-clock';
  metrics.add('TimerLateness', Math.max(0, storedMs(rung.doneAt) - due), machine);
}

function clockOf({ clocks }: Subject, clockId: string | undefined): Clock | undefined {
  return clocks.find((clock) => clock.clockId === clockId);
}
