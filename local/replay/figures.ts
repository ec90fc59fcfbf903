/** What a replay comes to, counted from what the system shows of its leads. */
import type { SeenLead } from './client.ts';

/** How often a commitment was judged, and how often it was met in time. */
export interface Kept {
  inTime: number;
  judged: number;
  /** Clocks that are still running or paused, and not yet due. */
  open: number;
}

export interface KindOfLead {
  source: string;
  tier: number;
  leads: number;
  /** By commitment. */
  kept: Map<string, Kept>;
}

export interface OwnerCount {
  /** Leads that came to this person first, and those that this person has now. */
  first: number;
  now: number;
}

export interface RungCount {
  done: number;
  passedOver: number;
}

export interface Figures {
  /** By tier, then source. */
  kinds: KindOfLead[];
  /** By person's id. */
  owners: Map<string, OwnerCount>;
  /** By commitment and rung, e.g. `mql.respond remind`, in the order in which they were first met. */
  rungs: Map<string, RungCount>;
  statuses: Map<string, number>;
}

const IN_TIME = 'met';
const UNDECIDED = ['within_sla', 'at_risk', 'paused'];
const CANCELLED = 'cancelled';

/** Counts leads, owners, rungs and kept promises. */
export function figuresOf(leads: readonly SeenLead[]): Figures {
  const kinds = new Map<string, KindOfLead>();
  const owners = new Map<string, OwnerCount>();
  const rungs = new Map<string, RungCount>();
  for (const lead of leads) {
    const { source, tier } = lead;
    const kind = at(kinds, `${tier} ${source}`, () => ({
      source,
      tier,
      leads: 0,
      kept: new Map<string, Kept>(),
    }));
    kind.leads += 1;
    const first = lead.previousOwners[0] ?? lead.owner;
    if (first !== null) at(owners, first.personId, nobodyYet).first += 1;
    if (lead.owner !== null) at(owners, lead.owner.personId, nobodyYet).now += 1;
    for (const clock of lead.clocks) {
      judge(
        at(kind.kept, clock.commitment, () => ({ inTime: 0, judged: 0, open: 0 })),
        clock.status,
      );
      for (const { rung, outcome } of clock.rungs) {
        const count = at(rungs, `${clock.commitment} ${rung}`, () => ({ done: 0, passedOver: 0 }));
        if (outcome === 'done') count.done += 1;
        if (outcome === 'passed_over') count.passedOver += 1;
      }
    }
  }
  const inOrder = [...kinds.values()].sort((a, b) => a.tier - b.tier || compare(a.source, b.source));
  return { kinds: inOrder, owners, rungs, statuses: tally(leads.map((lead) => lead.status)) };
}

function judge(kept: Kept, status: string): void {
  if (status === CANCELLED) return;
  if (UNDECIDED.includes(status)) kept.open += 1;
  else {
    kept.judged += 1;
    if (status === IN_TIME) kept.inTime += 1;
  }
}

/** How often each text occurs, the most frequent first. */
export function tally(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return new Map([...counts].sort(([a, m], [b, n]) => n - m || compare(a, b)));
}

/**
 * The value below or at which a share of the values lies (nearest rank), 0 for none.
 * @param share from 0 to 1
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function nobodyYet(): OwnerCount {
  return { first: 0, now: 0 };
}

function at<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
