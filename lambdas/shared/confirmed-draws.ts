/**
 * Draws of this process whose lead has been saved with its owner: the pool need not remember them any longer.
 *
 * A pool remembers each draw by its ticket, so that a step that died before it saved the lead gets the same person
 * again. Without forgetting, a burst of leads would make the pool's item grow with each draw.
 */
import { storedMs } from '../../core/time.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Lead } from '../../core/model/lead.ts';
import type { PoolState } from '../../core/model/person.ts';

/** The pool's memory also stands in for the index of open leads, which lags a little behind. */
const INDEX_LAG_MS = 1000;

/** Tickets drawn by this process, and whether the lead has been saved since. */
const drawn = new Map<string, 'open' | 'confirmed'>();

/** The ticket under which the owner of a lead was drawn, or will be drawn next. */
export function ticketOf(leadId: string, n: number): string {
  return `${leadId}/${n}`;
}

/** Knows of no draw any more, as a process that has just begun. */
export function forgetDraws(): void {
  drawn.clear();
}

/** Notes that this process has drawn an owner under a ticket. */
export function noteDraw(ticket: string): void {
  drawn.set(ticket, 'open');
}

/** Notes that a lead has been saved with its owner. */
export function confirmDraw(lead: Lead): void {
  if (lead.owner === null) return;
  const ticket = ticketOf(lead.leadId, lead.owner.n);
  if (drawn.has(ticket)) drawn.set(ticket, 'confirmed');
}

/** The pool without the tickets that are confirmed; other processes' tickets stay until the policy's time is over. */
export function withoutConfirmed(state: PoolState, now: EpochMs): PoolState {
  const kept = Object.entries(state.tickets).filter(([ticket, draw]) => {
    const settled = drawn.get(ticket) === 'confirmed' && now - storedMs(draw.at) > INDEX_LAG_MS;
    if (settled) drawn.delete(ticket);
    return !settled;
  });
  return { ...state, tickets: Object.fromEntries(kept) };
}
