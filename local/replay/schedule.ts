/** What happens in a replay, in the order of time. */
import type { EpochMs } from '../../core/time.ts';
import type { FirstContact } from './contacts.ts';
import type { Arrival } from './leads.ts';

export type Moment =
  | { kind: 'arrival'; at: EpochMs; arrival: Arrival }
  | { kind: 'contact'; at: EpochMs; contact: FirstContact };

/** Arrivals and contacts by time; at the same instant a lead arrives before anybody calls. */
export function schedule(arrivals: readonly Arrival[], contacts: readonly FirstContact[]): Moment[] {
  const moments: Moment[] = [
    ...arrivals.map((arrival): Moment => ({ kind: 'arrival', at: arrival.at, arrival })),
    ...contacts.map((contact): Moment => ({ kind: 'contact', at: contact.at, contact })),
  ];
  return moments.sort((a, b) => a.at - b.at || rank(a) - rank(b));
}

function rank(moment: Moment): number {
  return moment.kind === 'arrival' ? 0 : 1;
}
