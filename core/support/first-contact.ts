/** First-contact resolution (policy book §16): tickets that one answer has resolved and that did not come back. */
import type { Tally } from '../consequences/tally.ts';
import { isAbove, isBelow, tallyOf } from '../consequences/tally.ts';
import type { Ticket } from '../model/ticket.ts';
import type { Policy } from '../policy/schema.ts';
import { contains } from '../reporting/period.ts';
import type { Period } from '../reporting/period.ts';
import { storedMs } from '../time.ts';

/** `below`, `within` or `above` the policy's range, both ends of which are within; null where nothing was resolved. */
export function firstContactResolution(
  { support }: Pick<Policy, 'support'>,
  tickets: readonly Ticket[],
  period: Period,
): Tally & { standing: 'below' | 'within' | 'above' | null } {
  const { fromPercent, toPercent } = support.firstContactResolution;
  const resolved = tickets.filter(
    ({ resolvedAt }) => resolvedAt !== null && contains(period, storedMs(resolvedAt)),
  );
  const tally = tallyOf(
    resolved.map(({ contacts, reopened }) => (contacts <= 1 && reopened === 0 ? 'met' : 'missed')),
  );
  if (tally.judged === 0) return { ...tally, standing: null };
  if (isBelow(tally, fromPercent)) return { ...tally, standing: 'below' };
  return { ...tally, standing: isAbove(tally, toPercent) ? 'above' : 'within' };
}
