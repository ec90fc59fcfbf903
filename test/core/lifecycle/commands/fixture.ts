/** A world in which every later row of the policy is enforced, and leads on their way through it. */
import { takeAttempt } from '../../../../core/lifecycle/activity.ts';
import { accept } from '../../../../core/lifecycle/commands/accept.ts';
import { aeAccept } from '../../../../core/lifecycle/commands/ae-accept.ts';
import { completeBriefing } from '../../../../core/lifecycle/commands/briefing.ts';
import type { Outcome } from '../../../../core/lifecycle/commands/command.ts';
import { isRefused } from '../../../../core/lifecycle/commands/command.ts';
import type { Promotion } from '../../../../core/lifecycle/commands/promote.ts';
import { promoteToSql } from '../../../../core/lifecycle/commands/promote.ts';
import { handOver } from '../../../../core/lifecycle/handoff.ts';
import { receiveLead } from '../../../../core/lifecycle/inquiry.ts';
import { assign } from '../../../../core/ladder/assign.ts';
import type { Decision } from '../../../../core/ladder/facts.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import { isOpen } from '../../../../core/model/clock.ts';
import type { Effect } from '../../../../core/model/effects.ts';
import type { Lead, LeadFacts } from '../../../../core/model/lead.ts';
import { epochMs } from '../../../../core/time.ts';
import { demoRequest, worldAt } from '../../../support/world.ts';

/** Tuesday, 17 November 2026, 09:00 in New York. */
export const NINE = '2026-11-17T09:00:00-05:00';
const PARTS = ['marketing', 'sal', 'activity', 'sequence', 'contact', 'sql', 'ae', 'handoff', 'opportunity'];

/** The default policy with the rows of §8 to §11 switched on. */
export async function enforcing(at = NINE): Promise<World> {
  const world = await worldAt(at);
  const commitments = world.policy.commitments.map((row) =>
    PARTS.includes(row.id.split('.')[0]!) ? { ...row, enforced: true } : row,
  );
  return { ...world, policy: { ...world.policy, commitments } };
}

/** Ten minutes later, or as many as are given. */
export function minutesLater(world: World, minutes = 10): World {
  return { ...world, now: world.now + minutes * 60_000 };
}

/** The lead as it is after the save: one version later. */
export function saved({ lead }: Decision): Lead {
  return { ...lead, version: lead.version + 1 };
}

/** The decision of an outcome that must not be a refusal. */
export function done<T extends Outcome>(outcome: T): Exclude<T, { refused: string }> {
  if (isRefused(outcome)) throw new Error(`refused: ${outcome.refused}: ${outcome.detail}`);
  return outcome as Exclude<T, { refused: string }>;
}

/** A demo request that the gate has let pass and that Sam owns. */
export function assigned(world: World, change: Partial<LeadFacts> = {}): Lead {
  const facts = demoRequest(NINE, {
    contact: { ...demoRequest(NINE).contact, phone: '+1 617 555 0142' },
    ...change,
  });
  const known = { signals: [], mx: 'takes_mail' as const, suppressed: null };
  const taken = saved(receiveLead({ ...world, now: epochMs(NINE) }, 'lead-1', facts, known));
  const draw = { personId: 'sam', reason: 'Next in the round robin.', via: 'round_robin' as const };
  return saved(assign({ ...world, now: epochMs(NINE) }, taken, draw));
}

/** Somebody whom the gate lets pass again by what they do. */
export function vp(): Partial<LeadFacts> {
  const { contact, company } = demoRequest(NINE);
  const reached = { ...contact, phone: '+1 617 555 0142', title: 'VP Engineering' };
  return { contact: reached, company: { ...company, domain: 'example.com' } };
}

let calls = 0;

/** The lead with one more attempt. */
export function tried(
  world: World,
  lead: Lead,
  type: 'call' | 'email' | 'linkedin' = 'call',
  reached = false,
): Lead {
  calls += 1;
  const sent = type === 'call' ? 'no_answer' : 'sent';
  return saved(
    takeAttempt(world, lead, {
      activityId: `a-${calls}`,
      type,
      outcome: reached ? 'connected' : sent,
      occurredAt: world.now,
      recordedBy: { kind: 'system', name: 'dialler' },
      personId: 'sam',
    }),
  );
}

/** A lead that Sam has called and accepted. */
export function sal(world: World, change: Partial<LeadFacts> = {}): Lead {
  const called = tried(minutesLater(world, 2), assigned(world, change), 'call', true);
  return saved(done(accept(minutesLater(world, 5), called, { by: 'sam' })));
}

/** All that the gate asks for, and nothing preferred. */
export function qualified(change: Partial<Promotion> = {}): Promotion {
  return {
    by: 'sam',
    meeting: { startsAt: '2026-11-20T15:00:00.000Z', link: 'https://meet.example/abc' },
    pain: 'Leads wait for two days',
    timeline: 'Before the end of March',
    meddpic: {
      metrics: '30 % of demo requests get no call',
      decision_process: 'VP decides with finance',
      implicate_pain: 'They lost two deals in October',
    },
    ...change,
  };
}

/** A lead that Sam has promoted. */
export function sql(world: World, change: Partial<LeadFacts> = {}): Lead {
  return saved(done(promoteToSql(minutesLater(world, 30), sal(world, change), qualified())));
}

/** A lead whose SQL Alice has accepted. */
export function opportunity(world: World, change: Partial<LeadFacts> = {}): Lead {
  const parts = { pain: 'Slow', timeline: 'March', stakeholders: 'The CFO', meeting_context: 'A pilot' };
  const at = minutesLater(world, 40);
  const briefed = saved(done(completeBriefing(at, sql(world, change), { by: 'sam', parts })));
  const draw = { personId: 'alice', reason: 'Next in the round robin.', via: 'round_robin' as const };
  const given = saved(handOver(at, briefed, draw));
  return saved(done(aeAccept(minutesLater(world, 50), given, { by: 'alice', briefingRead: true })));
}

/** Commitments of open clocks, sorted. */
export function open(lead: Lead): string[] {
  return lead.clocks.flatMap((clock) => (isOpen(clock) ? [clock.commitment] : [])).sort();
}

/** What became of the clocks of these commitments. */
export function stand(lead: Lead, ...commitments: string[]): string[] {
  return commitments.map(
    (id) => `${id} ${lead.clocks.findLast(({ commitment }) => commitment === id)?.status ?? 'not opened'}`,
  );
}

export function suppressions(effects: readonly Effect[]): string[] {
  return effects.flatMap((one) =>
    one.kind === 'suppress'
      ? [`${one.subject}${one.of === undefined ? '' : ` of ${one.of}`}: ${one.scenario}`]
      : [],
  );
}

export function tasks(effects: readonly Effect[]): string[] {
  return effects.flatMap((one) =>
    one.kind === 'record' && one.record.type === 'task'
      ? [`${one.record.title} → ${one.record.assignee ?? ''}`]
      : [],
  );
}
