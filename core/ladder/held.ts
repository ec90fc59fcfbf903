/** Messages that waited for their recipient's hours. */
import type { Clock } from '../model/clock.ts';
import type { NoticeKind } from '../model/effects.ts';
import type { HeldNotice, Lead } from '../model/lead.ts';
import type { Subject } from '../model/subject.ts';
import { storedMs } from '../time.ts';
import type { Decision } from './facts.ts';
import { entry } from './facts.ts';
import { endDuePauses } from './pause.ts';
import type { Step } from './step.ts';
import { andGoOn } from './step.ts';
import type { World } from './tell.ts';

/** Releases the messages of a clock whose time has come; a clock that is met has dropped them already. */
export function sendHeld(world: World, before: Lead, on: { clockId: string; run: number }): Step {
  return releaseHeld(world, endDuePauses(world.policy, before, world.now), on);
}

/** The same after a look at any kind of subject. */
export function releaseHeld<S extends Subject>(
  world: World,
  looked: Decision<S>,
  on: { clockId: string; run: number },
): Step<S> {
  const isDue = (held: HeldNotice): boolean =>
    held.notice.clockId === on.clockId && storedMs(held.until) <= world.now;
  const due = looked.lead.held.filter(isDue).map((held) => held.notice);
  const rest: S = { ...looked.lead, held: looked.lead.held.filter((held) => !isDue(held)) };
  return andGoOn(world, { lead: rest, effects: [...looked.effects, ...due] }, on);
}

/** The subject without the messages that wait with a clock: it is met. */
export function dropHeldOf<S extends Subject>(
  world: Pick<World, 'now'>,
  subject: S,
  clock: Clock,
): Decision<S> {
  const isOf = ({ notice }: HeldNotice): boolean => notice.clockId === clock.clockId;
  const dropped = subject.held.filter(isOf);
  if (dropped.length === 0) return { lead: subject, effects: [] };
  const why = 'No longer needed: the commitment is met.';
  return {
    lead: { ...subject, held: subject.held.filter((held) => !isOf(held)) },
    effects: dropped.map(({ notice }) =>
      entry(world.now, 'held_message_dropped', why, { clock, key: notice.id }),
    ),
  };
}

/** What is said to somebody as the owner of a lead. */
const TO_OWNER: readonly NoticeKind[] = ['assigned', 'reminder', 'warning'];

/** The lead without the messages that wait for somebody as its owner: from now on they are wrong. */
export function dropHeldForOwner(world: World, lead: Lead, personId: string): Decision {
  const isWrong = ({ notice }: Lead['held'][number]): boolean =>
    notice.recipient === personId && TO_OWNER.includes(notice.notice);
  const why = `${personId} no longer owns the lead.`;
  return {
    lead: { ...lead, held: lead.held.filter((held) => !isWrong(held)) },
    effects: lead.held
      .filter(isWrong)
      .map(({ notice }) => entry(world.now, 'held_message_dropped', why, { key: notice.id })),
  };
}
