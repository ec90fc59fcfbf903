/** Conditions of the policy's rows, held against a lead. */
import type { LeadFacts } from '../model/lead.ts';
import type { Condition } from '../policy/schema/lead-kinds.ts';
import type { SourceRow } from '../policy/schema/lead-kinds.ts';

/** What conditions look at in a lead. */
export type Traits = Pick<LeadFacts, 'source' | 'score' | 'signals'> & { intent: SourceRow['intent'] };

/**
 * Why a condition holds, in words that follow "because of"; null if it does not hold. Every part that is named must
 * hold; a condition that names nothing holds for every lead. A lead without a score holds no condition on the score.
 */
export function holds(condition: Condition, lead: Traits): string | null {
  const reasons: string[] = [];
  const { sources, intents, scoreAtLeast, scoreAbove, signals, signalCount = 1 } = condition;
  if (sources) {
    if (!sources.includes(lead.source)) return null;
    reasons.push(`source ${lead.source}`);
  }
  if (intents) {
    if (!intents.includes(lead.intent)) return null;
    reasons.push(`${lead.intent} intent`);
  }
  if (scoreAtLeast !== undefined) {
    if (lead.score === undefined || lead.score < scoreAtLeast) return null;
    reasons.push(`score ${lead.score} (at least ${scoreAtLeast})`);
  }
  if (scoreAbove !== undefined) {
    if (lead.score === undefined || lead.score <= scoreAbove) return null;
    reasons.push(`score ${lead.score} (above ${scoreAbove})`);
  }
  if (signals) {
    const found = lead.signals.filter(({ type }) => signals.includes(type)).map(({ type }) => type);
    if (found.length < signalCount) return null;
    const kinds = [...new Set(found)].join(', ');
    reasons.push(found.length === 1 ? `signal ${kinds}` : `${found.length} signals (${kinds})`);
  }
  return reasons.length === 0 ? 'every lead' : reasons.join(' and ');
}

/** The reason of the first condition that holds; null if none does. */
export function anyHolds(conditions: readonly Condition[], lead: Traits): string | null {
  for (const condition of conditions) {
    const reason = holds(condition, lead);
    if (reason !== null) return reason;
  }
  return null;
}
