/** What a pool remembers: draws by ticket, and turns that it owes (policy book §2). */
import { wallMs } from '../calendar/index.ts';
import type { PoolState } from '../model/person.ts';
import type { Policy } from '../policy/schema.ts';
import { iso } from '../time.ts';
import type { EpochMs } from '../time.ts';
import { newcomer, TURN } from './round-robin.ts';

/** A pool's state is one database item of limited size; beyond this number the oldest draws are forgotten. */
const TICKETS_AT_MOST = 2_000;

/** The state of a pool that has not drawn yet. */
export function newPoolState(poolId: string): PoolState {
  return { poolId, version: 0, entries: {}, tickets: {} };
}

/** Remembers a draw and forgets those older than the policy's `ticketMemory`. */
export function rememberTicket(
  policy: Pick<Policy, 'routing'>,
  tickets: PoolState['tickets'],
  ticket: string,
  personId: string,
  now: EpochMs,
): PoolState['tickets'] {
  // Stored instants sort as texts, which spares reading thousands of them at each draw.
  const since = iso(now - wallMs(policy.routing.ticketMemory));
  const recent = Object.entries(tickets)
    .filter(([, draw]) => draw.at >= since)
    .sort(([, a], [, b]) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    .slice(0, TICKETS_AT_MOST - 1);
  return { ...Object.fromEntries(recent), [ticket]: { personId, at: iso(now) } };
}

export interface CreditRequest {
  policy: Pick<Policy, 'routing'>;
  state: PoolState;
  /** Who gave the lead back. */
  personId: string;
  reason: string;
  /** The assignment that was given back, `<leadId>/<n>`: it is credited once. */
  ticket: string;
  now: EpochMs;
}

/**
 * Owes the next turn to somebody who gave a lead back as the giver's fault. All that a person is owed, absence
 * included, is capped by the policy's `catchUpTurns`.
 *
 * @returns the state with its version counted up; the same state if the reason is not one of the policy's
 *   `creditedReasons` (cherry-picking) or this assignment was credited before
 */
export function credit({ policy, state, personId, reason, ticket, now }: CreditRequest): PoolState {
  const key = `credit/${ticket}`;
  if (!policy.routing.creditedReasons.includes(reason) || state.tickets[key]) return state;
  const entry = state.entries[personId] ?? newcomer(Object.values(state.entries));
  const owed = Math.min(entry.credit + TURN, policy.routing.catchUpTurns * TURN);
  return {
    ...state,
    version: state.version + 1,
    entries: { ...state.entries, [personId]: { ...entry, credit: owed } },
    tickets: rememberTicket(policy, state.tickets, key, personId, now),
  };
}
