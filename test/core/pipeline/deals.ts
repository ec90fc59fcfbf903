/** An opportunity of alice's, opened at ten on a Tuesday, with the rows of policy book §12 switched on. */
import { updateOpportunity } from '../../../core/pipeline/update.ts';
import type { OpportunityChanges } from '../../../core/pipeline/changes.ts';
import { bookMeeting } from '../../../core/pipeline/meetings.ts';
import type { Booking } from '../../../core/pipeline/meetings.ts';
import { updateMeeting } from '../../../core/pipeline/meeting-update.ts';
import type { MeetingChanges } from '../../../core/pipeline/meeting-update.ts';
import { climb } from '../../../core/ladder/climb.ts';
import type { Decision } from '../../../core/ladder/facts.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { isOpen } from '../../../core/model/clock.ts';
import type { Effect } from '../../../core/model/effects.ts';
import type { Lead } from '../../../core/model/lead.ts';
import type { Opportunity } from '../../../core/model/life.ts';
import type { Meeting } from '../../../core/model/pipeline.ts';
import type { Outcome, Refused } from '../../../core/lifecycle/commands/command.ts';
import { isRefused } from '../../../core/lifecycle/commands/command.ts';
import { EVENT_SCHEMAS, isDetailType } from '../../../core/events/schemas.ts';
import { epochMs, iso, storedMs } from '../../../core/time.ts';
import { later, worldAt } from '../../support/world.ts';
import { accepted, briefed, notified, sal, sql } from '../lifecycle/handoff/sqls.ts';

const ROWS = /^(opportunity|remedy|meeting)\./;

/**
 * The default policy with the rows of §12 enforced, ten o'clock in Massachusetts. Its gate asks for no meeting, so that
 * a deal has those alone that a test books.
 */
export async function dealWorld(at = '2026-11-17T10:00:00-05:00'): Promise<World> {
  const world = await worldAt(at);
  const commitments = world.policy.commitments.map((row) =>
    ROWS.test(row.id) || row.id === 'ae.discovery' || row.id === 'ae.first_touch'
      ? { ...row, enforced: true }
      : row,
  );
  const { sqlGate } = world.policy;
  const requires = sqlGate.requires.filter((what) => what !== 'booked_meeting' && what !== 'meeting_link');
  return { ...world, policy: { ...world.policy, commitments, sqlGate: { ...sqlGate, requires } } };
}

export const opened = (world: World): Lead =>
  checked(accepted(world, notified(world, briefed(world, anSql(world))))).lead;
export const anSql = (world: World): Lead => sql(world, sal(world), { meeting: undefined });

/** A decision whose events fit their schemas. */
export function checked<T extends Decision>(decision: T): T {
  for (const effect of decision.effects) {
    if (effect.kind !== 'event') continue;
    if (!isDetailType(effect.detailType)) throw new Error(effect.detailType);
    EVENT_SCHEMAS[effect.detailType].parse(effect.data);
  }
  return decision;
}

function taken(outcome: Outcome): Decision {
  if (isRefused(outcome)) throw new Error(`refused: ${outcome.detail}`);
  return checked(outcome);
}

export function refusedOf(outcome: Outcome): Refused {
  if (!isRefused(outcome)) throw new Error('was not refused');
  return outcome;
}

type Changes = Omit<OpportunityChanges, 'by'>;
export const ask = (world: World, lead: Lead, changes: Changes): Outcome =>
  updateOpportunity(world, lead, { by: 'alice', ...changes });
export const update = (world: World, lead: Lead, changes: Changes): Decision =>
  taken(ask(world, lead, changes));

type Meet = Omit<Booking, 'by' | 'startsAt'> & { startsAt: string };
export const book = (world: World, lead: Lead, { kind, startsAt }: Meet): Decision =>
  taken(bookMeeting(world, lead, { by: 'alice', kind, startsAt: epochMs(startsAt) }));
type MeetingAsk = Omit<MeetingChanges, 'by' | 'meetingId'>;
export const askMeeting = (world: World, lead: Lead, changes: MeetingAsk, n = 1): Outcome =>
  updateMeeting(world, lead, { by: 'alice', meetingId: `lead-1-1-m${n}`, ...changes });
export const meet = (world: World, lead: Lead, changes: MeetingAsk, n = 1): Decision =>
  taken(askMeeting(world, lead, changes, n));

export const dealOf = ({ life }: Lead): Opportunity => life.opportunity!;
export const meetingOf = ({ life }: Lead, n = 1): Meeting => life.meetings[n - 1]!;

/** The latest clock of a commitment. */
export function clock(lead: Lead, commitment: string) {
  return lead.clocks.findLast((candidate) => candidate.commitment === commitment);
}

/** Open commitments of the pipeline, in the order of their names. */
export function running(lead: Lead): string[] {
  return lead.clocks
    .filter((one) => isOpen(one) && ROWS.test(one.commitment))
    .map((one) => one.commitment)
    .sort();
}

export interface Climbed {
  lead: Lead;
  /** `<instant> <commitment>/<rung>` in the order in which they came. */
  rungs: string[];
  effects: Effect[];
}

/** Lets the clocks of the pipeline run on until an instant: every rung is climbed when it is due, soonest first. */
export function runTo(world: World, before: Lead, until: string): Climbed {
  let lead = before;
  const rungs: string[] = [];
  const effects: Effect[] = [];
  for (;;) {
    const due = lead.clocks
      .filter((one) => isOpen(one) && ROWS.test(one.commitment))
      .flatMap((one) => one.rungs.flatMap((rung) => (rung.doneAt === null ? [{ one, rung }] : [])))
      .filter(({ rung }) => rung.at <= iso(epochMs(until)))
      .sort((a, b) => (a.rung.at < b.rung.at ? -1 : 1))[0];
    if (due === undefined) return { lead, rungs, effects };
    const { one, rung } = due;
    const at = { ...later(world, until), now: storedMs(rung.at) };
    const step = checked(climb(at, lead, { clockId: one.clockId, run: one.run, rung: rung.rung }, null));
    rungs.push(`${rung.at} ${one.commitment}/${rung.rung}`);
    effects.push(...step.effects);
    lead = step.lead;
  }
}
