/** Messages that waited for their recipient's hours. */
import type { Lead } from '../model/lead.ts';
import { storedMs } from '../time.ts';
import type { Step } from './climb.ts';
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
