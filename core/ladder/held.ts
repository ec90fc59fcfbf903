/** Messages that waited for their recipient's hours. */
import type { Clock } from '../model/clock.ts';
import type { NoticeKind } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import { storedMs } from '../time.ts';
import type { Step } from './climb.ts';
import type { Decision } from './facts.ts';
import { entry } from './facts.ts';
import { goOn } from './next.ts';
import { endDuePauses } from './pause.ts';
import type { World } from './tell.ts';

/** Releases the messages of a clock whose time has come; a clock that is met has dropped them already. */
export function sendHeld(world: World, before: Lead, on: { clockId: string; run: number }): Step {
  const ended = endDuePauses(world.policy, before, world.now);
  const isDue = (held: Lead['held'][number]): boolean =>
    held.notice.clockId === on.clockId && storedMs(held.until) <= world.now;
  const due = ended.lead.held.filter(isDue).map((held) => held.notice);
  const rest: Lead = { ...ended.lead, held: ended.lead.held.filter((held) => !isDue(held)) };
  const { lead, state } = goOn(world.policy, rest, on.clockId, on.run, world.now);
  return { lead, effects: [...ended.effects, ...due], state };
}

/** The lead without the messages that wait with a clock: it is met. */
export function dropHeldOf(world: Pick<World, 'now'>, lead: Lead, clock: Clock): Decision {
  const isOf = ({ notice }: Lead['held'][number]): boolean => notice.clockId === clock.clockId;
  const dropped = lead.held.filter(isOf);
  if (dropped.length === 0) return { lead, effects: [] };
  const why = 'No longer needed: the commitment is met.';
  return {
    lead: { ...lead, held: lead.held.filter((held) => !isOf(held)) },
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
