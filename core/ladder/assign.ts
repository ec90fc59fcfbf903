/** Giving a lead to somebody, taking it away, and having nobody to give it to (policy book §2, §5). */
import { calendarOf, nextOpening } from '../calendar/index.ts';
import type { Clock } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { Lead, Owner } from '../model/lead.ts';
import { calendarOfLead } from '../lifecycle/clocks.ts';
import { happen } from '../lifecycle/happen.ts';
import { startNow } from '../lifecycle/start-now.ts';
import { iso, storedMs } from '../time.ts';
import type { EpochMs } from '../time.ts';
import type { Decision } from './facts.ts';
import { entry, event, startRun } from './facts.ts';
import { dropHeldForOwner } from './held.ts';
import { RESPONSE, withClock } from './next.ts';
import { reckon } from './open-clock.ts';
import { goesWithLead } from './owes.ts';
import { openPersonalClock } from './personal-clock.ts';
import type { World } from './tell.ts';

/** Who gets a lead, and why in at most two sentences. */
export interface Draw {
  personId: string;
  reason: string;
  via: Owner['via'];
  /** On whose request, if somebody moves the lead. */
  moved?: Owner['moved'];
}

/** How many owners the lead has had, the present one included. */
export function assignments(lead: Lead): number {
  return lead.previousOwners.length + (lead.owner === null ? 0 : 1);
}

/** Gives a lead without owner to somebody. Marketing's routing clock is met by it, and what an owner owes begins. */
export function assign(world: World, lead: Lead, draw: Draw): Decision {
  const given = onOwnersCalendar(world, give(world, lead, draw));
  const met = happen(world, given, ['owner_assigned']);
  const key = String(assignments(met.lead));
  const effects = [
    entry(world.now, 'lead_assigned', draw.reason, { key }, actor(draw)),
    event(
      met.lead,
      'LeadAssigned',
      world.now,
      { clock: responseClock(met.lead), key },
      { reason: saidOnTheBus(draw), via: draw.via },
    ),
    ...met.effects,
  ];
  if (!cameLate(met.lead)) return { lead: met.lead, effects };
  const personal = withPersonalClock(world, met.lead);
  return { lead: personal.lead, effects: [...effects, ...personal.effects] };
}

/**
 * Takes the lead from its owner and gives it to somebody else, who gets a fresh personal target; the lead's own clock
 * is not reset. With nobody to give it to, it stays where it is and the history says so.
 */
export function reassign(world: World, lead: Lead, clock: Clock | undefined, draw: Draw | null): Decision {
  const from = lead.owner;
  if (from === null) return { lead, effects: [] };
  if (draw === null) {
    const why = `Nobody else is available; ${from.personId} keeps the lead and the manager is told.`;
    return { lead, effects: [entry(world.now, 'reassignment_failed', why, { clock, rung: 'breach' })] };
  }
  const freed = dropHeldForOwner(world, lead, from.personId);
  const without: Lead = { ...freed.lead, owner: null, previousOwners: [...lead.previousOwners, from] };
  const given = give(world, without, draw);
  const personal = withPersonalClock(world, given);
  const key = String(assignments(personal.lead));
  const why = `Taken from ${from.personId}. ${draw.reason}`;
  return {
    lead: personal.lead,
    effects: [
      entry(world.now, 'lead_reassigned', why, { clock, key }, actor(draw)),
      event(
        personal.lead,
        'LeadReassigned',
        world.now,
        { clock, key },
        { previousOwnerId: from.personId, reason: saidOnTheBus(draw), via: draw.via },
      ),
      ...personal.effects,
      ...freed.effects,
    ],
  };
}

/**
 * Nobody is available: a state of its own. The clock runs on, and the next attempt is made when somebody is known to
 * come back or when the pool's fallback owner is reached, whichever is sooner.
 */
export function nobody(world: World, lead: Lead, retry: { at: EpochMs; why: string }): Decision {
  const unassignedSince = lead.unassignedSince ?? iso(world.now);
  const waiting: Lead = { ...lead, status: 'unassigned', unassignedSince, retryAssignAt: iso(retry.at) };
  const routing = startIdleClocks(world, waiting);
  if (lead.unassignedSince !== null) return routing;
  const on = { clock: responseClock(routing.lead), key: unassignedSince };
  const facts = [
    entry(world.now, 'nobody_available', retry.why, { key: unassignedSince }),
    event(routing.lead, 'NobodyAvailable', world.now, on, { since: unassignedSince }),
  ];
  return { lead: routing.lead, effects: [...facts, ...routing.effects] };
}

/** Starts the executions of clocks that were expected to be met within a moment and are not. */
function startIdleClocks(world: World, lead: Lead): Decision {
  return lead.clocks
    .filter((clock) => isOpen(clock) && clock.run === 0)
    .reduce<Decision>(
      (decision, clock) => {
        const started = startRun(world.policy, decision.lead, clock.clockId, world.now);
        return { lead: started.lead, effects: [...decision.effects, ...started.effects] };
      },
      { lead, effects: [] },
    );
}

function actor({ moved }: Draw): string {
  return moved === undefined ? 'system' : `person:${moved.by}`;
}

/** What somebody typed stays in the history: it may name a person. */
function saidOnTheBus({ moved, reason }: Draw): string {
  return moved === undefined ? reason : `Moved on the request of ${moved.by}.`;
}

function give(world: World, lead: Lead, draw: Draw): Lead {
  const n = assignments(lead) + 1;
  const owner: Owner = {
    personId: draw.personId,
    assignedAt: iso(world.now),
    reason: draw.reason,
    via: draw.via,
    n,
    ...(draw.moved !== undefined && { moved: draw.moved }),
  };
  const clocks = lead.clocks.map((clock) =>
    isOpen(clock) && (clock.commitment === RESPONSE || goesWithLead(world.policy, clock))
      ? { ...clock, owes: draw.personId }
      : clock,
  );
  const status = lead.status === 'unassigned' ? 'assigned' : lead.status;
  return { ...lead, owner, clocks, status, unassignedSince: null, retryAssignAt: null };
}

/**
 * A policy may count the response on the owner's calendar: as soon as somebody owns the lead, the clock is reckoned on
 * theirs. A rung that has been climbed stays climbed.
 */
function onOwnersCalendar(world: World, lead: Lead): Lead {
  const clock = responseClock(lead);
  const basis = world.policy.calendars.find((row) => row.id === clock?.calendar.id)?.basis;
  if (clock === undefined || !isOpen(clock) || basis !== 'owner') return lead;
  const calendar = calendarOfLead(world, lead, clock.calendar.id);
  const countsFrom = iso(nextOpening(calendarOf(world.policy, calendar), storedMs(clock.startedAt)));
  const row = world.policy.commitments.find((candidate) => candidate.id === RESPONSE);
  return withClock(lead, reckon(world.policy, row, { ...clock, calendar, countsFrom }, lead.tier, world.now));
}

/** While the response is open, its new owner gets a clock of their own; nobody who comes to a contacted lead needs one. */
function withPersonalClock(world: World, lead: Lead): Decision {
  const response = responseClock(lead);
  if (response === undefined || !isOpen(response)) return { lead, effects: [] };
  return startNow(world, openPersonalClock(world, lead, response));
}

/** An owner who got the lead only after its first rung is not the one who let it lie; they keep it. */
export function hadAFairChance(lead: Lead, clock: Clock): boolean {
  const first = clock.rungs[0];
  if (lead.owner === null || first === undefined) return false;
  return storedMs(lead.owner.assignedAt) <= storedMs(first.at);
}

function cameLate(lead: Lead): boolean {
  const clock = responseClock(lead);
  return clock !== undefined && lead.owner !== null && !hadAFairChance(lead, clock);
}

/** The clock of the lead's response in its present cycle. */
export function responseClock(lead: Lead): Clock | undefined {
  return lead.clocks.findLast((clock) => clock.commitment === RESPONSE && clock.cycle === lead.cycle);
}
