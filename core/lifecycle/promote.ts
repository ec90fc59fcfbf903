/** Becoming an MQL: from here on Sales owes (policy book §6, §7). */
import type { Lead, Signal } from '../model/lead.ts';
import { qualify } from '../qualification/index.ts';
import { scoreIntent } from '../qualification/gate/intent.ts';
import { sourceOfActs } from '../qualification/gate/source-of-acts.ts';
import type { InquirySignal } from '../qualification/gate/types.ts';
import { iso } from '../time.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry, event } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import { meetClocks } from './clocks.ts';
import { nextCycle, wasMql } from './cycle.ts';
import { gateFacts } from './gate-state.ts';
import { classified, startMql } from './intake.ts';

/** The latest acts are kept in the lead: rows of the policy look at them. */
const ACTS_KEPT = 200;

/**
 * The lead with the kind that it is by all that is known now: source, score, tier, segment, priority, territory, pool.
 * Of an inquiry its acts say the source; what a CRM has said stays.
 */
export function reclassify(world: World, lead: Lead, signals: readonly InquirySignal[]): Lead {
  if (lead.gate?.decides !== 'gate') return classified(world, lead, qualify(world.policy, lead, world.now));
  const { policy, now } = world;
  const { acts } = scoreIntent(policy, signals, now);
  const seen: Signal[] = [...acts.tier1, ...acts.tier2].map(({ act, at }) => ({ type: act, at }));
  const facts: Lead = {
    ...lead,
    source: sourceOfActs(policy, signals, lead.gate.toldSource ?? undefined, now),
    score: lead.gate.score.total,
    signals: seen.toSorted((a, b) => (a.at < b.at ? -1 : 1)).slice(-ACTS_KEPT),
  };
  return classified(world, facts, qualify(policy, facts, now));
}

/**
 * Makes an MQL of a lead that the gate has let pass. Its response clock starts now and not with the act: what went
 * before was Marketing's half.
 */
export function promote(world: World, before: Lead, signals: readonly InquirySignal[]): Decision {
  // What Marketing has done counts before the clocks of the cycle that ends are cancelled.
  const done = meetClocks(world, before, 'lead_enriched');
  const again = wasMql(before) ? nextCycle(world, done.lead) : { lead: done.lead, effects: [] };
  const enriched = and(done, again);
  const { gate } = enriched.lead;
  if (gate === null) return enriched;
  const now = iso(world.now);
  const completedAt = enriched.lead.status === 'held' ? now : gate.completedAt;
  const lead = reclassify(
    world,
    {
      ...enriched.lead,
      status: 'unassigned',
      qualifiedAt: now,
      gate: { ...gate, passedAt: now, completedAt },
    },
    signals,
  );
  const { source, tier, segment, priority } = lead;
  const why = gate.explanation.join(' ');
  const qualified: Decision = {
    lead,
    effects: [
      entry(world.now, 'lead_qualified', why, { key: String(lead.cycle) }),
      event(lead, 'LeadQualified', world.now, {}, { ...gateFacts(gate), source, tier, segment, priority }),
    ],
  };
  return and(enriched, and(qualified, startMql(world, lead)));
}
