/** Who is to accept or reject an SQL (policy book §11): whoever owns the account, else the next of the right pool of AEs. */
import { calendarOf, nextOpening } from '../calendar/index.ts';
import type { Lead } from '../model/lead.ts';
import type { Ae } from '../model/life.ts';
import type { Person, PoolState } from '../model/person.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { PoolRow } from '../policy/schema/people.ts';
import {
  chooseOwner,
  choosePool,
  fallbackAt,
  fallbackOwner,
  isAvailable,
  nextAvailable,
  traitsOf,
} from '../routing/index.ts';
import { iso, storedMs } from '../time.ts';
import type { EpochMs } from '../time.ts';
import type { Draw } from '../ladder/assign.ts';
import type { World } from '../ladder/tell.ts';
import { calendarOfLead } from './clocks.ts';

/** An AE for an SQL, and why in at most two sentences. */
export type AeDraw = Omit<Draw, 'via'> & { via: Ae['via'] };

export interface ChosenAe {
  kind: 'chosen';
  draw: AeDraw;
  /** To be saved under the condition on its version; the very state given if no turn was taken. */
  state: PoolState;
}

export interface NoAe {
  kind: 'nobody';
  /** Why not, by person. */
  reasons: Record<string, string>;
  /** When to try again: somebody comes back, or the fallback's time has come; null: nobody is known to. */
  retryAt: EpochMs | null;
}

/**
 * The pool whose AEs take this SQL.
 * @throws NoPoolForLead if the policy has none, which its check excludes
 */
export function aePoolOf(policy: CompiledPolicy, lead: Lead): PoolRow {
  return choosePool(policy, { ...traitsOf(lead), source: lead.source }, 'ae');
}

/** What the draw of a handoff is remembered by: asking again gives the same AE. */
export function aeTicket(lead: Lead, n: number): string {
  return `${lead.leadId}/ae-${n}`;
}

/**
 * Account ownership goes before the round robin, whatever the owner's cap; an owner who is away leaves the SQL to the
 * others. With nobody there the pool's fallback decides, as soon as the policy's time since the briefing has passed.
 * @param state of the pool of {@link aePoolOf}
 * @param ticket see {@link aeTicket}
 * @param full people at their cap of open leads
 */
export function chooseAe(
  world: World,
  lead: Lead,
  state: PoolState,
  ticket: string,
  full: string[] = [],
): ChosenAe | NoAe {
  const { policy, roster, now } = world;
  const pool = aePoolOf(policy, lead);
  const actAt = decidesFrom(world, lead);
  const account = ofAccount(world, lead, pool, actAt);
  if (typeof account !== 'string') return { kind: 'chosen', draw: account, state };
  const traits = traitsOf(lead);
  const asked = { policy, roster, pool, lead: traits, state, ticket, now, actAt, exclude: [], full };
  const choice = chooseOwner({ ...asked, onCallOnly: false });
  if (choice.kind === 'chosen') {
    const { personId, reason, via } = choice;
    return {
      kind: 'chosen',
      draw: { personId, reason: `${account}${reason}`, via },
      state: choice.state,
    };
  }
  const since = lead.life.briefing?.completed?.at;
  const fallback = fallbackAt(pool, since === undefined ? now : storedMs(since));
  const person = fallback <= now ? fallbackOwner(policy, roster, pool, now) : null;
  if (person === null) {
    const instants = [choice.retryAt, fallback > now ? fallback : null].filter((at) => at !== null);
    const retryAt = instants.length === 0 ? null : Math.min(...instants);
    return { kind: 'nobody', reasons: choice.reasons, retryAt };
  }
  const reason = `${account}Nobody of pool ${pool.id} is available, so that it is for ${person.personId}, its fallback.`;
  return { kind: 'chosen', draw: { personId: person.personId, reason, via: 'fallback' }, state };
}

/** The owner of the account as the AE, or what keeps them from it in one sentence; empty if it is nobody's. */
function ofAccount(
  { roster, now }: World,
  lead: Lead,
  { members }: PoolRow,
  actAt: EpochMs,
): AeDraw | string {
  const personId = lead.life.sql?.accountOwner;
  if (personId === undefined) return '';
  const person = roster.people.find((candidate) => candidate.personId === personId);
  if (person?.active !== true || !members.roles.includes(person.role)) {
    return `${personId}, who owns the account, is no active AE. `;
  }
  const at = Math.max(now, actAt);
  if (!isAvailable(person, at))
    return `${personId}, who owns the account, is away ${untilWhen(person, at)}. `;
  return {
    personId,
    reason: `${personId} owns the account, which goes before the round robin.`,
    via: 'account_owner',
  };
}

function untilWhen(person: Person, at: EpochMs): string {
  const back = nextAvailable(person, at);
  return back === null ? 'until further notice' : `until ${iso(back)}`;
}

/** When the time of whoever is notified now begins: at the next opening of the calendar on which it is counted. */
function decidesFrom(world: World, lead: Lead): EpochMs {
  const row = world.policy.commitments.find(
    ({ start, stop }) => start === 'ae_notified' && stop.includes('ae_accepted'),
  );
  if (row === undefined) return world.now;
  return nextOpening(calendarOf(world.policy, calendarOfLead(world, lead, row.calendar)), world.now);
}
