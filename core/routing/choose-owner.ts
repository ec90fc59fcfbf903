/** The next owner of a lead, or why there is none (policy book §2). */
import type { Person, PoolState, Roster } from '../model/person.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { PoolRow } from '../policy/schema/people.ts';
import { iso } from '../time.ts';
import type { EpochMs } from '../time.ts';
import { isAvailable, nextAvailable } from './availability.ts';
import { inHours } from './hours.ts';
import { membersOf } from './pool.ts';
import type { LeadTraits } from './pool.ts';
import { rememberTicket } from './pool-state.ts';
import { draw } from './round-robin.ts';

export interface OwnerRequest {
  policy: CompiledPolicy;
  roster: Roster;
  pool: PoolRow;
  lead: LeadTraits;
  state: PoolState;
  /** `<leadId>/<n>` of the assignment: asking again with it gives the same answer. */
  ticket: string;
  now: EpochMs;
  /** When the owner must act: the start of the clock. Leave and hours are looked at then, if it is after `now`. */
  actAt: EpochMs;
  /** People who must not get the lead, e.g. the one from whom it is taken. */
  exclude: string[];
  /** People at their cap of open leads. */
  full: string[];
  /** Only somebody on call will do, around the clock (§4). */
  onCallOnly: boolean;
}

export interface ChosenOwner {
  kind: 'chosen';
  personId: string;
  /** At most two sentences. */
  reason: string;
  via: 'round_robin' | 'on_call';
  /** To be saved under the condition on its version; the very state given if the ticket was drawn before. */
  state: PoolState;
}

export interface NobodyToOwn {
  kind: 'nobody';
  /** Why not, by person. */
  reasons: Record<string, string>;
  /** The earliest known return of somebody who could take the lead, or null. */
  retryAt: EpochMs | null;
}

/**
 * Draws the next owner by weighted round robin among the members who are available when they must act, below their
 * cap and not excluded. Members within their own hours then are preferred; if there are none, all available count.
 */
export function chooseOwner(request: OwnerRequest): ChosenOwner | NobodyToOwn {
  const { policy, roster, pool, state, ticket, now, onCallOnly } = request;
  const via = onCallOnly ? 'on_call' : 'round_robin';
  const list = onCallOnly ? `on-call people of pool ${pool.id}` : `pool ${pool.id}`;
  const drawn = state.tickets[ticket];
  if (drawn) {
    return {
      kind: 'chosen',
      personId: drawn.personId,
      reason: `Next in the round robin of ${list}.`,
      via,
      state,
    };
  }
  const at = Math.max(now, request.actAt);
  const candidates = candidatesOf(request);
  const able = candidates.filter((person) => hindrance(request, person, at) === null);
  const working = onCallOnly ? [] : able.filter((person) => inHours(policy, person, at));
  const present = working.length > 0 ? working : able;
  // A turn missed on call is a duty less, not a lead less: only regular draws are made up for.
  const away = onCallOnly ? [] : candidates.filter((person) => !isAvailable(person, at));
  const result = draw(state.entries, present, away, policy.routing.catchUpTurns);
  if (!result) return nobody(request, candidates, at);

  const onRoster = new Set(roster.people.map((person) => person.personId));
  const turn = result.by === 'credit' ? 'Owed an extra turn' : 'Next';
  const hours = working.length > 0 ? 'available and in their hours' : 'available';
  return {
    kind: 'chosen',
    personId: result.personId,
    reason: `${turn} in the round robin of ${list} (${present.length} of ${candidates.length} members ${hours}).`,
    via,
    state: {
      ...state,
      version: state.version + 1,
      entries: Object.fromEntries(
        Object.entries(result.entries).filter(([personId]) => onRoster.has(personId)),
      ),
      tickets: rememberTicket(policy, state.tickets, ticket, result.personId, now),
    },
  };
}

/** The pool's members; on call, those of them on call, else people on call anywhere with one of the pool's roles. */
function candidatesOf(request: OwnerRequest): Person[] {
  const { roster, pool, lead, onCallOnly, now, actAt } = request;
  const members = membersOf(pool, roster, lead);
  if (!onCallOnly) return members;
  const own = members.filter((person) => person.onCall);
  const at = Math.max(now, actAt);
  if (own.some((person) => hindrance(request, person, at) === null)) return own;
  return roster.people.filter(
    (person) => person.active && person.onCall && pool.members.roles.includes(person.role),
  );
}

/** What keeps a member from getting the lead, or null. The reason of a leave is private and is not told. */
function hindrance({ exclude, full }: OwnerRequest, person: Person, at: EpochMs): string | null {
  if (exclude.includes(person.personId)) return 'The lead is not to go to them again.';
  if (!isAvailable(person, at)) {
    const back = nextAvailable(person, at);
    return back === null ? 'Away until further notice.' : `Away until ${iso(back)}.`;
  }
  if (full.includes(person.personId)) return 'At their cap of open leads.';
  return null;
}

function nobody(request: OwnerRequest, candidates: Person[], at: EpochMs): NobodyToOwn {
  const reasons = candidates.map((person): [string, string] => [
    person.personId,
    hindrance(request, person, at) ?? 'Not drawn.',
  ]);
  const returns = candidates
    .filter(({ personId }) => !request.exclude.includes(personId) && !request.full.includes(personId))
    .flatMap((person) => nextAvailable(person, at) ?? []);
  return {
    kind: 'nobody',
    reasons: Object.fromEntries(reasons),
    retryAt: returns.length > 0 ? Math.min(...returns) : null,
  };
}
