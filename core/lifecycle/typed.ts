/** What people have typed about a lead: it may name the prospect, so that it goes when their data is erased. */
import type { TimelineEntry } from '../model/effects.ts';

/** What stands in the place of a text that was removed. */
export const REMOVED = 'Removed with the personal data.';

/** Entries by people whose sentence is the product's own all the same. */
const OWN_WORDS = ['attempt_recorded', 'fact_told', 'lead_updated', 'personal_data_erased'];
/** Entries of the product that quote somebody: what a mail server said. */
const QUOTES = ['notice_failed'];
/** How an author of the entry of an activity begins who gave a name of their own. */
const BY_HAND = 'manual:';

/** The entry with a fixed sentence for what somebody has typed; the very same one if it holds nothing typed. */
export function withoutTyped(entry: TimelineEntry): TimelineEntry {
  const why = isTyped(entry) ? REMOVED : entry.why;
  const who = entry.who.startsWith(BY_HAND) ? 'manual' : entry.who;
  return why === entry.why && who === entry.who ? entry : { ...entry, who, why };
}

function isTyped({ what, who }: TimelineEntry): boolean {
  if (QUOTES.includes(what)) return true;
  return !OWN_WORDS.includes(what) && !/^(?:system$|system:|crm:|prospect$)/.test(who);
}
