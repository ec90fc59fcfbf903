import { scoreIntent } from '../../../../core/qualification/gate/intent.ts';
import type { Intent, IntentPolicy } from '../../../../core/qualification/gate/intent.ts';
import type { InquirySignal } from '../../../../core/qualification/gate/types.ts';
import { epochMs, iso } from '../../../../core/time.ts';
import { defaultPolicy } from '../facts.ts';

export const DAY_MS = 86_400_000;
/** The day from which the signals of these tests count. */
export const START = epochMs('2026-09-01T09:00:00Z');

/** An instant some days after {@link START}. */
export const day = (days: number): number => START + Math.round(days * DAY_MS);

let n = 0;
/** A signal some days after {@link START}, with an id of its own. */
export function signal(type: string, days = 0, change: Partial<InquirySignal> = {}): InquirySignal {
  return { id: `s${n++}`, type, at: iso(day(days)), ...change };
}

/** The intent that signals show at a day, by the default policy with changes. */
export async function intentOf(
  signals: InquirySignal[],
  days = 0,
  change: (policy: IntentPolicy) => void = () => undefined,
): Promise<Intent> {
  const policy = structuredClone(await defaultPolicy());
  change(policy);
  return scoreIntent(policy, signals, day(days));
}

/** What the contributions are of, with their points. */
export const lines = ({ contributions }: Intent): string[] =>
  contributions.map(({ what, points }) => `${what} ${points}`);
