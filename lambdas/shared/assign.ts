/** Finding an owner for a lead: by its execution, or at once when somebody comes back. */
import { assign, nobody, responseClock } from '../../core/ladder/assign.ts';
import type { Decision } from '../../core/ladder/facts.ts';
import { RESPONSE } from '../../core/ladder/next.ts';
import { endDuePauses } from '../../core/ladder/pause.ts';
import { tellOwner } from '../../core/ladder/tell-owner.ts';
import { peopleFor, tellPeople } from '../../core/ladder/tell.ts';
import type { World } from '../../core/ladder/tell.ts';
import type { Lead } from '../../core/model/lead.ts';
import { isOpen } from '../../core/model/clock.ts';
import { wallMs } from '../../core/calendar/index.ts';
import { drawOwner, fallback } from './draw.ts';
import { withPatience } from './patience.ts';
import { saveAndPerform } from './perform.ts';
import type { Services } from './services.ts';
import { worldOf } from './step.ts';

/** Gives the lead an owner if somebody can be found, else notes when to try next. */
export async function findOwner(services: Services, world: World, lead: Lead): Promise<Decision> {
  if (lead.owner !== null) return { lead, effects: [] };
  const drawn = await drawOwner(services, world, lead, []);
  if ('draw' in drawn) return assign(world, lead, drawn.draw);
  const { at, draw } = fallback(world, lead);
  if (draw !== null) return assign(world, lead, draw);
  const again = at > world.now ? at : world.now + fallbackPeriod(world, lead);
  const back = drawn.retryAt !== null && drawn.retryAt > world.now ? Math.min(drawn.retryAt, again) : again;
  return nobody(world, lead, {
    at: back,
    why: `Nobody of pool ${lead.poolId} is available; the clock runs on and the pool's manager is told.`,
  });
}

/** Tells the pool's manager at once that nobody is available, once per absence. */
export function tellNobody(world: World, lead: Lead): Decision {
  const { people } = peopleFor(world, lead, 'pool.manager', null);
  const key = `nobody-${lead.unassignedSince ?? ''}`;
  const clock = responseClock(lead);
  const told = tellPeople(
    world,
    people,
    'nobody_available',
    { clock: clock ?? null, key },
    'next_up',
    lead.held,
  );
  return { lead: { ...lead, held: [...lead.held, ...told.held] }, effects: told.effects };
}

/**
 * Tries every lead for which nobody was available: called when somebody comes back.
 * @returns how many got an owner
 * @throws the first error, after all have been tried: asking again goes on with those that are left
 */
export async function assignUnassigned(services: Services): Promise<number> {
  let assigned = 0;
  const failures: unknown[] = [];
  for (const leadId of await services.leads.unassigned()) {
    try {
      if (await withPatience(12, () => assignWaiting(services, leadId))) assigned += 1;
    } catch (error) {
      // The others need not wait for it.
      services.log.error('A waiting lead could not be assigned', { leadId, error });
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return assigned;
}

async function assignWaiting(services: Services, leadId: string): Promise<boolean> {
  const lead = await services.leads.get(leadId);
  const waiting = lead !== undefined && lead.owner === null && lead.unassignedSince !== null;
  const open = lead?.clocks.some((clock) => clock.commitment === RESPONSE && isOpen(clock)) === true;
  if (!waiting || !open) return false;
  const world = await worldOf(services);
  const ended = endDuePauses(world.policy, lead, world.now);
  const found = await findOwner(services, world, ended.lead);
  if (found.lead.owner === null) return false;
  const told = tellOwner(world, found.lead);
  await saveAndPerform(services, told.lead, [...ended.effects, ...found.effects, ...told.effects]);
  return true;
}

function fallbackPeriod(world: World, lead: Lead): number {
  const pool = world.policy.pools.find((row) => row.id === lead.poolId);
  return wallMs(pool?.fallback.after ?? 'PT10M');
}
