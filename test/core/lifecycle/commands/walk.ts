/** Steps of a lead's life, drawn at random: commands, attempts, assignments, ladders, acts of the prospect, time. */
import fc from 'fast-check';
import { accept } from '../../../../core/lifecycle/commands/accept.ts';
import { aeAccept } from '../../../../core/lifecycle/commands/ae-accept.ts';
import { aeReject } from '../../../../core/lifecycle/commands/ae-reject.ts';
import { arbitrate } from '../../../../core/lifecycle/commands/arbitrate.ts';
import { completeBriefing } from '../../../../core/lifecycle/commands/briefing.ts';
import type { Outcome } from '../../../../core/lifecycle/commands/command.ts';
import { dispose } from '../../../../core/lifecycle/commands/dispose.ts';
import { introduce } from '../../../../core/lifecycle/commands/introduce.ts';
import { promoteToSql } from '../../../../core/lifecycle/commands/promote.ts';
import { reject } from '../../../../core/lifecycle/commands/reject.ts';
import { signDiscoveryDelay } from '../../../../core/lifecycle/commands/sign-discovery-delay.ts';
import { eraseLead } from '../../../../core/lifecycle/erase.ts';
import { handOver, needsAe } from '../../../../core/lifecycle/handoff.ts';
import { lookAtGate } from '../../../../core/lifecycle/inquiry.ts';
import { resolveRejection } from '../../../../core/lifecycle/rejection.ts';
import { updateLead } from '../../../../core/lifecycle/update.ts';
import { takeAttempt } from '../../../../core/lifecycle/activity.ts';
import { assign } from '../../../../core/ladder/assign.ts';
import { climb } from '../../../../core/ladder/climb.ts';
import type { Decision } from '../../../../core/ladder/facts.ts';
import { and } from '../../../../core/ladder/facts.ts';
import { isMovable, moveLead } from '../../../../core/ladder/move.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import { isOpen } from '../../../../core/model/clock.ts';
import type { Lead } from '../../../../core/model/lead.ts';
import { iso, storedMs } from '../../../../core/time.ts';
import { qualified } from './fixture.ts';
import { PIPELINE } from './walk-pipeline.ts';

export interface Step {
  name: string;
  /** Whether it is a command of somebody: then doing it twice is doing it once. */
  command: boolean;
  run: (world: World, lead: Lead, n: number) => Outcome;
}

const PARTS = {
  pain: 'Leads wait for two days',
  timeline: 'Before the end of March',
  stakeholders: 'The CFO signs',
  meeting_context: 'She asked for a pilot',
};
const AGAIN = (now: number) => ({
  signals: [{ id: `back-${now}`, type: 'demo_request', at: iso(now) }],
  mx: 'takes_mail' as const,
  suppressed: null,
});
const nothing = (lead: Lead): Decision => ({ lead, effects: [] });
const command = (name: string, run: Step['run']): Step => ({ name, command: true, run });
const other = (name: string, run: Step['run']): Step => ({ name, command: false, run });
const meeting = (now: number) => ({ startsAt: iso(now + 86_400_000), link: 'https://meet.example/a' });

const ask = {
  small: { by: 'sam', disposition: 'disqualified', reason: 'not_a_fit', detail: 'Fewer than 50 employees' },
  later: { by: 'sam', disposition: 'disqualified', reason: 'timeline_12_months', detail: 'Budget in 2029' },
  silent: { by: 'sam', disposition: 'unable_to_reach' },
  signed: { by: 'sam', disposition: 'unable_to_reach', signedBy: 'mona' },
};

function attempt(type: 'call' | 'email', reached: boolean): Step['run'] {
  return (world, lead, n) =>
    takeAttempt(world, lead, {
      ...{ activityId: `a-${n}`, type, outcome: reached ? 'connected' : 'no_answer', occurredAt: world.now },
      ...{ recordedBy: { kind: 'system', name: 'dialler' }, personId: 'sam' },
    });
}

/** Climbs whatever is due of every ladder, as the executions would. */
function ladders(world: World, before: Lead): Decision {
  const due = before.clocks
    .filter(isOpen)
    .flatMap(({ clockId, run, rungs }) =>
      rungs
        .filter(({ at, doneAt }) => doneAt === null && storedMs(at) <= world.now)
        .map(({ rung }) => ({ clockId, run, rung })),
    );
  return due.reduce<Decision>((sum, on) => and(sum, climb(world, sum.lead, on, null)), nothing(before));
}

/** Who draws the AE does so as soon as one is needed. */
function withAe(world: World, outcome: Outcome): Outcome {
  if ('refused' in outcome || !needsAe(outcome.lead)) return outcome;
  const draw = { personId: 'alice', reason: 'Next in the round robin.', via: 'round_robin' as const };
  return and(outcome, handOver(world, outcome.lead, draw));
}

const draw = { personId: 'sam', reason: 'Next in the round robin.', via: 'round_robin' as const };

/** Ways of saying one thing each; those that a life needs most come more often. */
const STEPS: readonly [number, Step][] = [
  [6, command('accept', (world, lead) => accept(world, lead, { by: 'sam' }))],
  [1, command('accept by kim', (world, lead) => accept(world, lead, { by: 'kim' }))],
  ...['REJ-01', 'REJ-02', 'REJ-04', 'REJ-06', 'REJ-07', 'no code'].map((code): [number, Step] => [
    1,
    command(`reject ${code}`, (world, lead) => reject(world, lead, { by: 'sam', code })),
  ]),
  [
    6,
    command('promote', (world, lead) =>
      promoteToSql(world, lead, qualified({ meeting: meeting(world.now) })),
    ),
  ],
  [1, command('promote with nothing', (world, lead) => promoteToSql(world, lead, { by: 'sam' }))],
  [
    5,
    command('brief', (world, lead) =>
      withAe(world, completeBriefing(world, lead, { by: 'sam', parts: PARTS })),
    ),
  ],
  [
    1,
    command('brief in part', (world, lead) =>
      completeBriefing(world, lead, { by: 'sam', parts: { pain: 'Slow' } }),
    ),
  ],
  [2, command('introduce', (world, lead) => introduce(world, lead, { by: 'sam', recordedBy: 'system' }))],
  [3, command('ae accepts', (world, lead) => aeAccept(world, lead, { by: 'alice', briefingRead: true }))],
  [
    1,
    command('ae has not read', (world, lead) => aeAccept(world, lead, { by: 'alice', briefingRead: false })),
  ],
  ...['AE-REJ-01', 'AE-REJ-02', 'AE-REJ-03', 'AE-REJ-04', 'AE-REJ-05'].map((code): [number, Step] => [
    1,
    command(`ae rejects ${code}`, (world, lead) => aeReject(world, lead, { by: 'alice', code })),
  ]),
  [
    2,
    command('arbitrate', (world, lead) =>
      arbitrate(world, lead, { by: 'rex', personId: 'alice', reason: 'Hers' }),
    ),
  ],
  [
    1,
    command('sign', (world, lead) =>
      signDiscoveryDelay(world, lead, { by: 'aaron', reason: 'Prospect travels' }),
    ),
  ],
  ...Object.entries(ask).map(([name, given]): [number, Step] => [
    1,
    command(`dispose ${name}`, (world, lead) => dispose(world, lead, given)),
  ]),
  [4, other('call', attempt('call', false))],
  [2, other('mail', attempt('email', false))],
  [2, other('talk', attempt('call', true))],
  [3, other('ladders', (world, lead) => ladders(world, lead))],
  [
    3,
    other('assign', (world, lead) =>
      lead.owner === null && isMovable(lead) ? assign(world, lead, draw) : nothing(lead),
    ),
  ],
  [
    1,
    other('move', (world, lead, n) => {
      const personId = n % 2 === 0 ? 'kim' : 'sam';
      return isMovable(lead) && lead.owner?.personId !== personId
        ? moveLead(world, lead, { ...draw, personId })
        : nothing(lead);
    }),
  ],
  [2, other('act of the prospect', (world, lead) => lookAtGate(world, lead, AGAIN(world.now)))],
  [
    2,
    other('enrich', (world, lead, n) =>
      updateLead(
        world,
        lead,
        { contact: { phone: `+1 617 555 01${10 + (n % 90)}` } },
        'api',
        AGAIN(world.now),
      ),
    ),
  ],
  [1, other('resolve', (world, lead) => resolveRejection(world, lead, 'olive'))],
  ...PIPELINE,
];

/** A step and the minutes that pass before it: from none to some days, seldom half a year. */
export const walk = fc.array(
  fc.record({
    step: fc.oneof(...STEPS.map(([weight, step]) => ({ weight, arbitrary: fc.constant(step) }))),
    minutes: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 90 }) },
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 4 * 1440 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 190 * 1440 }) },
    ),
  }),
  { minLength: 5, maxLength: 40, size: 'max' },
);

/** The end of a walk on request: nothing may be asked of the lead any more. */
export function erased(world: World, lead: Lead): Lead {
  return eraseLead(world, lead).lead;
}
