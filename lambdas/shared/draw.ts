/** Drawing an owner: the pure round robin over a pool state that is written under a condition on its version. */
import type { Draw } from '../../core/ladder/assign.ts';
import { assignments, responseClock } from '../../core/ladder/assign.ts';
import type { Lead } from '../../core/model/lead.ts';
import type { PoolRow } from '../../core/policy/schema/people.ts';
import { chooseOwner, credit, fallbackAt, fallbackOwner, traitsOf } from '../../core/routing/index.ts';
import type { World } from '../../core/ladder/tell.ts';
import type { EpochMs } from '../../core/time.ts';
import { storedMs } from '../../core/time.ts';
import { noteDraw, ticketOf, withoutConfirmed } from './confirmed-draws.ts';
import { countingConflicts } from './measure.ts';
import { inLine, withPatience } from './patience.ts';
import type { Services } from './services.ts';

/** Drawing is contended: many leads may want an owner from one pool at the same moment. */
const ATTEMPTS = 60;

export type DrawResult = { draw: Draw } | { retryAt: EpochMs | null };

/**
 * The next owner for a lead from its pool, exact under concurrency. The draw is remembered under the lead's id and the
 * ordinal of the assignment, so that asking again gives the same person.
 * @param exclude people who must not get it (the one it is taken from)
 */
export function drawOwner(
  services: Services,
  world: World,
  lead: Lead,
  exclude: string[],
): Promise<DrawResult> {
  return drawFrom(services, world, lead, poolOf(world, lead.poolId), exclude);
}

/** As {@link drawOwner}, but from the pool's backup when the pool itself has nobody. */
export async function drawSuccessor(
  services: Services,
  world: World,
  lead: Lead,
  exclude: string[],
): Promise<Draw | null> {
  const pool = poolOf(world, lead.poolId);
  const own = await drawFrom(services, world, lead, pool, exclude);
  if ('draw' in own) return own.draw;
  const backup = await drawFrom(services, world, lead, poolOf(world, pool.backup.pool), exclude);
  return 'draw' in backup ? { ...backup.draw, via: 'backup' } : null;
}

/** Who gets the lead when nobody has come back in the policy's time, or null while that time has not passed. */
export function fallback(world: World, lead: Lead): { at: EpochMs; draw: Draw | null } {
  const pool = poolOf(world, lead.poolId);
  const since = lead.unassignedSince === null ? world.now : storedMs(lead.unassignedSince);
  const at = fallbackAt(pool, since);
  if (world.now < at) return { at, draw: null };
  const person = fallbackOwner(world.policy, world.roster, pool, world.now);
  if (person === null) return { at, draw: null };
  const reason = `Nobody of pool ${pool.id} has been available since ${lead.unassignedSince ?? ''}; the pool's fallback owner gets the lead.`;
  return { at, draw: { personId: person.personId, reason, via: 'fallback' } };
}

async function drawFrom(
  services: Services,
  world: World,
  lead: Lead,
  pool: PoolRow,
  exclude: string[],
): Promise<DrawResult> {
  const clock = responseClock(lead);
  const actAt = Math.max(world.now, clock === undefined ? 0 : storedMs(clock.countsFrom));
  const kind = traitsOf(lead);
  const ticket = ticketOf(lead.leadId, assignments(lead) + 1);
  const full: string[] = [];
  const drawOnce = async (): Promise<DrawResult> => {
    const state = withoutConfirmed(await services.pools.get(pool.id), world.now);
    for (;;) {
      const choice = chooseOwner({
        policy: world.policy,
        roster: world.roster,
        pool,
        lead: kind,
        state,
        ticket,
        now: world.now,
        actAt,
        exclude,
        full,
        onCallOnly: lead.afterHours === 'on_call',
      });
      if (choice.kind === 'nobody') return { retryAt: choice.retryAt };
      if (await isFull(services, world, lead, choice.personId, state.tickets)) {
        full.push(choice.personId);
        continue;
      }
      if (choice.state.version !== state.version) {
        await countingConflicts(services.metrics, () => services.pools.save(choice.state));
      }
      noteDraw(ticket);
      return { draw: { personId: choice.personId, reason: choice.reason, via: choice.via } };
    }
  };
  return inLine(pool.id, () => withPatience(ATTEMPTS, drawOnce));
}

/** Leads drawn a moment ago may not be in the index yet: they are counted from the pool's own memory as well. */
async function isFull(
  services: Services,
  world: World,
  lead: Lead,
  personId: string,
  tickets: Record<string, { personId: string }>,
): Promise<boolean> {
  const cap = world.roster.people.find((person) => person.personId === personId)?.openLeadCap ?? null;
  if (cap === null) return false;
  const open = new Set(await services.leads.openLeads(personId));
  for (const [ticket, drawn] of Object.entries(tickets)) {
    if (drawn.personId === personId) open.add(ticket.slice(0, ticket.lastIndexOf('/')));
  }
  open.delete(lead.leadId);
  return open.size >= cap;
}

/**
 * Owes the turn back to an owner who gives a lead back as the giver's fault (policy book §2), once per assignment. Who
 * was on call, named, or a fallback has not paid with a turn.
 * @param reason one of the policy's `creditedReasons`, or such a code with words after it; any other changes nothing
 */
export async function creditOwner(
  services: Services,
  world: World,
  lead: Lead,
  reason: string,
): Promise<void> {
  const { owner } = lead;
  const code = /^[^\s:]+/.exec(reason)?.[0] ?? '';
  if (owner === null || !(owner.via === 'round_robin' || owner.via === 'backup')) return;
  if (!world.policy.routing.creditedReasons.includes(code)) return;
  const own = poolOf(world, lead.poolId);
  const pool = owner.via === 'backup' ? poolOf(world, own.backup.pool) : own;
  const ticket = ticketOf(lead.leadId, owner.n);
  const { policy, now } = world;
  const creditOnce = async (): Promise<void> => {
    const state = await services.pools.get(pool.id);
    const credited = credit({ policy, state, personId: owner.personId, reason: code, ticket, now });
    if (credited.version !== state.version) await services.pools.save(credited);
  };
  await inLine(pool.id, () => withPatience(ATTEMPTS, creditOnce));
}

function poolOf(world: World, poolId: string): PoolRow {
  const pool = world.policy.pools.find((row) => row.id === poolId) ?? world.policy.pools[0];
  if (pool === undefined) throw new RangeError(`the policy has no pool ${poolId}`);
  return pool;
}
