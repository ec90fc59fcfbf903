/** Steps of an opportunity and of meetings, for the walks through a lead's life. */
import type { Lead } from '../../../../core/model/lead.ts';
import type { Outcome } from '../../../../core/lifecycle/commands/command.ts';
import { bookMeeting } from '../../../../core/pipeline/meetings.ts';
import { updateMeeting } from '../../../../core/pipeline/meeting-update.ts';
import type { MeetingChanges } from '../../../../core/pipeline/meeting-update.ts';
import type { OpportunityChanges } from '../../../../core/pipeline/changes.ts';
import { updateOpportunity } from '../../../../core/pipeline/update.ts';
import { stageOf } from '../../../../core/model/pipeline.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import { iso } from '../../../../core/time.ts';
import type { Step } from './walk.ts';

const DAY_MS = 86_400_000;
const civil = (now: number, days: number): string => iso(now + days * DAY_MS).slice(0, 10);
const by = 'alice';

type Changes = (world: World, lead: Lead) => Omit<OpportunityChanges, 'by'>;

const UPDATES: Record<string, Changes> = {
  'stage back': () => ({ stage: 1 }),
  amount: ({ now }) => ({ amount: 100 + (now % 7) * 60 }),
  'close date pushed': ({ now }) => ({ closeDate: civil(now, 13) }),
  'next step': ({ now }) => ({ nextStep: { what: 'Pilot review with the CFO', due: civil(now, 3) } }),
  'follow up is no step': ({ now }) => ({ nextStep: { what: 'follow up', due: civil(now, 3) } }),
  proposal: ({ now }) => ({ proposalSentAt: iso(now), followedUpAt: iso(now) }),
  'daily check-in': ({ now }) => ({ checkedInAt: iso(now) }),
  remedied: ({ now }) => ({ remedied: { trigger: 'no_activity', at: iso(now) } }),
  won: () => ({ closed: { outcome: 'won' } }),
  lost: () => ({ closed: { outcome: 'lost', reason: 'budget', detail: 'The project was cut.' } }),
};

/** Asked again it asks for the stage after that one. */
const forward: Changes = ({ now }, { life }) => ({
  stage: life.opportunity === null ? 2 : stageOf(life.opportunity) + 1,
  closeDate: civil(now, 10),
});

function update(changes: Changes): Step['run'] {
  return (world, lead) => updateOpportunity(world, lead, { by, ...changes(world, lead) });
}

function book(kind: 'discovery' | 'economic_buyer', days: number): Step['run'] {
  return (world, lead) => bookMeeting(world, lead, { by, kind, startsAt: world.now + days * DAY_MS });
}

type Told = (world: World) => Omit<MeetingChanges, 'by' | 'meetingId'>;

/** What becomes of the latest meeting. */
const OF_MEETINGS: Record<string, Told> = {
  held: () => ({ state: 'held', notes: 'They want a pilot.' }),
  'no show': () => ({ state: 'no_show' }),
  'no show with a new date': ({ now }) => ({ state: 'no_show', startsAt: now + 2 * DAY_MS }),
  cancelled: () => ({ state: 'cancelled' }),
  moved: ({ now }) => ({ startsAt: now + 4 * DAY_MS }),
  prepared: ({ now }) => ({ invitedAt: now, researchedAt: now, debriefedAt: now }),
};

function meets(told: Told): Step['run'] {
  return (world, lead): Outcome => {
    const meetingId = lead.life.meetings.at(-1)?.meetingId ?? 'none';
    return updateMeeting(world, lead, { by, meetingId, ...told(world) });
  };
}

const command = (name: string, run: Step['run']): Step => ({ name, command: true, run });

export const PIPELINE: readonly [number, Step][] = [
  [3, { name: 'update: stage forward', command: false, run: update(forward) }],
  ...Object.entries(UPDATES).map(([name, changes]): [number, Step] => [
    name === 'won' || name === 'lost' ? 1 : 2,
    command(`update: ${name}`, update(changes)),
  ]),
  [3, command('book a discovery', book('discovery', 1))],
  [2, command('book the buyer', book('economic_buyer', 3))],
  ...Object.entries(OF_MEETINGS).map(([name, told]): [number, Step] => [
    2,
    command(`meeting: ${name}`, meets(told)),
  ]),
];
