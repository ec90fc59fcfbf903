/** Handing an SQL over to an AE (policy book §11). */
import { isOpen } from '../model/clock.ts';
import type { Effect, NoticeKind } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import { handoffsOf } from '../model/life.ts';
import type { Handoff } from '../model/life.ts';
import { iso } from '../time.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry, event } from '../ladder/facts.ts';
import { clockOf } from '../ladder/next.ts';
import { wakeInTime } from '../ladder/pause.ts';
import type { World } from '../ladder/tell.ts';
import { tellPeople } from '../ladder/tell.ts';
import type { AeDraw } from './choose-ae.ts';
import { withLife } from './commands/command.ts';
import { happen } from './happen.ts';

/** Whether an SQL waits for an AE: its briefing is complete, and nobody has been told of it. */
export function needsAe({ status, life, erasedAt }: Lead): boolean {
  return erasedAt === null && status === 'sql' && life.briefing?.completed != null && life.handoff === null;
}

/** Whether an SQL waits for RevOps to say whose it is. */
export function awaitsArbitration({ status, life, erasedAt }: Lead): boolean {
  return erasedAt === null && status === 'sql' && life.handoff?.rejected != null;
}

/** The handoff about which an AE has not decided yet. */
export function openHandoff({ status, life: { handoff }, erasedAt }: Lead): Handoff | null {
  const isOpenOne = handoff !== null && handoff.accepted === null && handoff.rejected === null;
  return erasedAt === null && status === 'sql' && isOpenOne ? handoff : null;
}

/** Hands an SQL over once its briefing is complete; one that has an AE, or waits for RevOps, is left as it is. */
export function handOver(world: World, lead: Lead, draw: AeDraw): Decision {
  return needsAe(lead) ? giveTo(world, lead, draw) : { lead, effects: [] };
}

/** Tells an AE that an SQL is theirs to accept or reject: from now on their time runs. */
export function giveTo(world: World, lead: Lead, draw: AeDraw): Decision {
  const handoff = newHandoff(world, lead, draw);
  const given = withLife(lead, { handoff, pastHandoffs: handoffsOf(lead) });
  const happened = happen(world, given, ['ae_notified']);
  const { n, ae } = handoff;
  const key = String(n);
  const { moved } = draw;
  const said = moved === undefined ? draw.reason : `Handed over on the request of ${moved.by}.`;
  const who = moved === undefined ? 'system' : `person:${moved.by}`;
  const facts: Effect[] = [
    entry(world.now, 'ae_notified', `Handed over to ${ae.personId}. ${draw.reason}`, { key }, who),
    event(given, 'AeNotified', world.now, { key }, { aeId: ae.personId, n, via: ae.via, reason: said }),
  ];
  const told = tellAbout(world, happened.lead, ae.personId, 'handed_over', key, 'ae_accepted');
  return { lead: told.lead, effects: [...facts, ...happened.effects, ...told.effects] };
}

function newHandoff({ now }: World, lead: Lead, { personId, reason, via, moved }: AeDraw): Handoff {
  const n = handoffsOf(lead).length + 1;
  const ae = { personId, assignedAt: iso(now), reason, via, n, ...(moved !== undefined && { moved }) };
  const sdr = lead.owner?.personId ?? null;
  const none = { introducedAt: null, introducedBy: null, accepted: null, rejected: null };
  return { n, ae, sdr, notifiedAt: iso(now), ...none };
}

/**
 * One message of the handoff, held until the recipient's own hours.
 * @param waitsFor the message tells of the open clock that this fact meets, if there is one
 */
export function tellAbout(
  world: World,
  lead: Lead,
  personId: string,
  kind: NoticeKind,
  key: string,
  waitsFor: string,
): Decision {
  const person = world.roster.people.find((candidate) => candidate.personId === personId);
  if (person === undefined) return { lead, effects: [] };
  const clock = lead.clocks.findLast((candidate) => isOpen(candidate) && candidate.stop.includes(waitsFor));
  const on = { clock: clock ?? null, key: `${kind}-${key}` };
  const told = tellPeople(world, [person], kind, on, 'wait', lead.held);
  const holding: Decision = {
    lead: { ...lead, held: [...lead.held, ...told.held] },
    effects: told.effects,
  };
  const carrier = clock === undefined ? undefined : clockOf(holding.lead, clock.clockId);
  // The execution may have been started to wait for a rung that comes later than the message.
  return carrier === undefined
    ? holding
    : and(holding, wakeInTime(world.policy, holding.lead, carrier, world.now));
}

/** The lead without messages of a handoff that still wait: it is decided. */
export function dropHeld(world: World, lead: Lead, kind: NoticeKind): Decision {
  const dropped = lead.held.filter(({ notice }) => notice.notice === kind);
  if (dropped.length === 0) return { lead, effects: [] };
  const why = 'No longer needed: it is decided.';
  return {
    lead: { ...lead, held: lead.held.filter((held) => !dropped.includes(held)) },
    effects: dropped.map(({ notice }) => entry(world.now, 'held_message_dropped', why, { key: notice.id })),
  };
}
