/** The source of a lead that its own acts have made an MQL (policy book §3, §6). */
import type { CompiledPolicy } from '../../policy/compiled.ts';
import type { EpochMs } from '../../time.ts';
import { scoreIntent } from './intent.ts';
import type { ActSeen } from './intent.ts';
import type { InquirySignal } from './types.ts';

/**
 * The latest act of tier 1 that is a source or stands for one; else the source that was told; else the latest of tier
 * 2, the latest signal that is a source, and the policy's fallback.
 * @param told what the CRM or the website named as the source
 */
export function sourceOfActs(
  policy: CompiledPolicy,
  signals: readonly InquirySignal[],
  told: string | undefined,
  now: EpochMs,
): string {
  const { acts } = scoreIntent(policy, signals, now);
  const known = new Set(policy.sources.map(({ id }) => id));
  const latest = signals.filter(({ type }) => known.has(type)).toSorted(byInstant);
  return (
    sourceOf(policy, known, acts.tier1) ??
    told ??
    sourceOf(policy, known, acts.tier2) ??
    latest.at(-1)?.type ??
    policy.marketing.inquiries.fallbackSource
  );
}

function sourceOf(policy: CompiledPolicy, known: Set<string>, acts: readonly ActSeen[]): string | undefined {
  const sources = acts.flatMap(({ act }) => {
    const source = policy.scoring.acts.find(({ id }) => id === act)?.source ?? act;
    return known.has(source) ? [source] : [];
  });
  return sources.at(-1);
}

function byInstant(a: InquirySignal, b: InquirySignal): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : a.type < b.type ? -1 : 1;
}
