/** The acts of the policy, made ready for counting (policy book §6). */
import { wallMs } from '../../calendar/index.ts';
import type { Policy } from '../../policy/schema.ts';
import type { SignalRule } from '../../policy/schema/scoring.ts';
import type { InquirySignal } from './types.ts';

export type IntentPolicy = Pick<Policy, 'scoring' | 'signals' | 'signalRules' | 'mqlGate' | 'sources'>;

/** One act: what it is worth, what it proves and how often it counts. */
export interface Act {
  id: string;
  title: string;
  points: number;
  tier: 1 | 2 | null;
  rule: SignalRule | undefined;
  /** Milliseconds of the rule's window; undefined for a session, or without a rule. */
  within: number | undefined;
  /** Milliseconds after which it counts again; undefined: see the policy's `again`. */
  again: number | undefined;
}

export interface Decay {
  id: string;
  title: string;
  points: number;
}

export interface Prepared {
  acts: Act[];
  /** What a signal of a type is, itself included; a type that the policy does not know is not in it. */
  typesOf: ReadonlyMap<string, readonly string[]>;
  titles: ReadonlyMap<string, string>;
  /** Rows that time brings, the shortest first. */
  inactivity: (Decay & { after: number })[];
  /** Acts that take points off, by their type. */
  losses: ReadonlyMap<string, Decay>;
}

const prepared = new WeakMap<IntentPolicy, Prepared>();

/** The policy's acts, compiled once for each policy. */
export function prepare(policy: IntentPolicy): Prepared {
  const known = prepared.get(policy);
  if (known) return known;
  const made = { ...types(policy), ...losses(policy), acts: acts(policy) };
  prepared.set(policy, made);
  return made;
}

/** The types of signals that the policy knows, sorted: what the API takes. */
export function signalTypes(policy: IntentPolicy): InquirySignal['type'][] {
  return [...prepare(policy).typesOf.keys()].sort();
}

function types({ scoring, signals, signalRules, sources }: IntentPolicy) {
  const titles = new Map<string, string>();
  for (const { id } of sources) titles.set(id, id.replaceAll('_', ' '));
  for (const { id, title } of [...scoring.decay, ...signalRules, ...scoring.acts, ...signals])
    titles.set(id, title);
  for (const { id, inactiveFor } of scoring.decay) if (inactiveFor !== undefined) titles.delete(id);
  const also = new Map(signals.map((row) => [row.id, row.also ?? []]));
  const typesOf = new Map([...titles.keys()].map((id) => [id, [...new Set([id, ...(also.get(id) ?? [])])]]));
  return { titles, typesOf };
}

function losses({ scoring: { decay } }: IntentPolicy) {
  const inactivity = decay.flatMap(({ inactiveFor, ...row }) =>
    inactiveFor === undefined ? [] : [{ ...row, after: wallMs(inactiveFor) }],
  );
  return {
    inactivity: inactivity.sort((a, b) => a.after - b.after),
    losses: new Map(decay.filter((row) => row.inactiveFor === undefined).map((row) => [row.id, row])),
  };
}

function acts({ scoring, signalRules, mqlGate: { intent } }: IntentPolicy): Act[] {
  const rules = new Map(signalRules.map((row) => [row.id, row]));
  const worth = new Map(scoring.acts.map((row) => [row.id, row]));
  const ids = [...worth.keys(), ...rules.keys(), ...intent.tier1.acts, ...intent.tier2.acts];
  return [...new Set(ids)].map((id) => {
    const [rule, row] = [rules.get(id), worth.get(id)];
    const within = rule === undefined || rule.within === 'session' ? undefined : wallMs(rule.within);
    return {
      id,
      title: row?.title ?? rule?.title ?? id.replaceAll('_', ' '),
      points: row?.points ?? 0,
      tier: tierOf(id, rule, intent),
      rule,
      within,
      again: row?.again === undefined ? within : wallMs(row.again),
    };
  });
}

/** An act that both tiers name is one of the first. */
function tierOf(
  id: string,
  rule: SignalRule | undefined,
  intent: IntentPolicy['mqlGate']['intent'],
): 1 | 2 | null {
  if (rule?.countsAs === 'tier_1' || intent.tier1.acts.includes(id)) return 1;
  if (rule?.countsAs === 'tier_2' || intent.tier2.acts.includes(id)) return 2;
  return null;
}
