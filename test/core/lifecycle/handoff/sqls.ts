/** An SQL on its way to an AE, brought there by the commands themselves, with the rows of policy book §11 switched on. */
import { takeAttempt } from '../../../../core/lifecycle/activity.ts';
import { accept } from '../../../../core/lifecycle/commands/accept.ts';
import { aeAccept } from '../../../../core/lifecycle/commands/ae-accept.ts';
import { aeReject } from '../../../../core/lifecycle/commands/ae-reject.ts';
import { completeBriefing } from '../../../../core/lifecycle/commands/briefing.ts';
import { isRefused } from '../../../../core/lifecycle/commands/command.ts';
import type { Outcome, Refused } from '../../../../core/lifecycle/commands/command.ts';
import { promoteToSql } from '../../../../core/lifecycle/commands/promote.ts';
import type { Promotion } from '../../../../core/lifecycle/commands/promote.ts';
import type { AeDraw } from '../../../../core/lifecycle/choose-ae.ts';
import { handOver } from '../../../../core/lifecycle/handoff.ts';
import type { Decision } from '../../../../core/ladder/facts.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import { isOpen } from '../../../../core/model/clock.ts';
import type { Clock } from '../../../../core/model/clock.ts';
import type { Effect, RecordItem } from '../../../../core/model/effects.ts';
import type { Lead, LeadFacts } from '../../../../core/model/lead.ts';
import { enforcing } from '../../../support/rows.ts';
import { demoRequest, later, owned, worldAt } from '../../../support/world.ts';

/** Rows of §11, and those of §10 that a promotion ends. */
const ROWS = [
  ...['sal.resolve', 'sql.briefing', 'ae.notify', 'sql.introduce', 'ae.decide', 'handoff.arbitrate'],
  ...['sal.rework', 'ae.first_touch', 'opportunity.create', 'ae.discovery', 'opportunity.stage_1_age'],
  'recycle.check_in',
];

/** A Tuesday in Massachusetts, where business is open from 8 to 18. */
export const DAY = '2026-11-17';
export const at = (time: string): string => `${DAY}T${time}:00-05:00`;

export async function handoffWorld(time = '10:00'): Promise<World> {
  return enforcing(await worldAt(at(time)), ...ROWS);
}

/** The decision of a command that is not refused. */
export function done<T extends Decision>(outcome: T | Refused): T {
  if ('refused' in outcome) throw new Error(`refused: ${outcome.detail}`);
  return outcome;
}

export function refusal(outcome: Outcome): Refused {
  if (!isRefused(outcome)) throw new Error('was not refused');
  return outcome;
}

export const PROMOTION: Promotion = {
  by: 'sam',
  meeting: { startsAt: '2026-11-20T15:00:00.000Z', link: 'https://meet.example/1' },
  pain: 'Leads wait two days for a first call.',
  timeline: 'Wants to start in January.',
  meddpic: {
    metrics: 'Halve the waiting time by March.',
    decision_process: 'The VP decides after a pilot.',
    implicate_pain: 'Two deals were lost to slower answers.',
  },
};

export const PARTS = {
  pain: 'Leads wait two days for a first call.',
  timeline: 'January, before the fiscal year ends.',
  stakeholders: 'Ada Byron, VP Engineering; her CFO signs.',
  meeting_context: 'She saw the demo and asked for a pilot.',
};

export const ALICE: AeDraw = { personId: 'alice', reason: 'Next in the round robin.', via: 'round_robin' };

/** A SAL of sam's. */
export function sal(world: World, facts: Partial<LeadFacts> = {}): Lead {
  const nine = later(world, at('09:00'));
  const lead = owned(nine, demoRequest(at('09:00'), facts), 'sam');
  const call = {
    activityId: 'a1',
    type: 'call',
    outcome: 'connected',
    occurredAt: nine.now,
    personId: 'sam',
    recordedBy: { kind: 'system', name: 'dialler' },
  } as const;
  return done(accept(nine, takeAttempt(nine, lead, call).lead, { by: 'sam' })).lead;
}

/** An SQL without a briefing. */
export function sql(world: World, lead = sal(world), ask: Partial<Promotion> = {}): Lead {
  return done(promoteToSql(world, lead, { ...PROMOTION, ...ask })).lead;
}

/** An SQL whose briefing is complete. */
export function briefed(world: World, lead = sql(world)): Lead {
  return done(completeBriefing(world, lead, { by: 'sam', parts: PARTS })).lead;
}

/** An SQL that alice is to decide about. */
export function notified(world: World, lead = briefed(world), draw = ALICE): Lead {
  return handOver(world, lead, draw).lead;
}

export const accepted = (world: World, lead = notified(world)): Decision =>
  done(aeAccept(world, lead, { by: 'alice', briefingRead: true }));

export const rejected = (world: World, code: string, lead = notified(world)) =>
  done(aeReject(world, lead, { by: 'alice', code }));

export const clocksOf = ({ clocks }: Lead, commitment: string): Clock[] =>
  clocks.filter((clock) => clock.commitment === commitment);
/** The last clock of a commitment. */
export const clockOf = (lead: Lead, commitment: string): Clock => clocksOf(lead, commitment).at(-1)!;
export const openClocks = ({ clocks }: Lead): string[] =>
  clocks.filter(isOpen).map(({ commitment }) => commitment);

export function records(effects: Effect[]): RecordItem[] {
  return effects.flatMap((effect) => (effect.kind === 'record' ? [effect.record] : []));
}

export function starts(effects: Effect[]): string[] {
  return effects.flatMap((effect) => (effect.kind === 'start' ? [effect.name] : []));
}
