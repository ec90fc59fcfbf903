/** What the gate has said of a lead: kept beside it, so that whoever disputes it sees what was decided, when and why. */
import type { Criterion } from '../qualification/gate/types.ts';
import type { Iso } from '../time.ts';

/**
 * - `mql`: every criterion that is enforced is met.
 * - `held`: fit and intent are there, Marketing's half is not: what is missing is named.
 * - `review`: the score lies in the band that is offered to somebody, and nothing speaks against it.
 * - `nurture`: fit or intent is missing.
 * - `refused`: a disqualifier holds, whatever the score says.
 */
export type Verdict = 'mql' | 'held' | 'review' | 'nurture' | 'refused';

/** Why somebody is in nurture, which decides what Marketing sends. */
export type Track = 'fits_but_quiet' | 'keen_but_no_fit' | 'neither';

/** What the CRM knows of the company; left out: nothing is known of it. */
export interface Relations {
  customer?: boolean | undefined;
  openOpportunity?: boolean | undefined;
}

/** The offer of an inquiry in the review band, and what became of it. */
export interface Review {
  /** Counts the offers of one inquiry, from 1. */
  n: number;
  state: 'offered' | 'accepted' | 'left' | 'lapsed';
  offeredAt: Iso;
  decidedAt: Iso | null;
  /** A person's id; null while nobody has decided, and for an offer that lapsed. */
  by: string | null;
  reason: string | null;
}

/** The last decision of the gate over a lead. The score is that of `evaluatedAt`: nothing reckons with it later. */
export interface GateState {
  /** Whether the gate decides alone (an inquiry), or checks what a CRM has qualified itself. */
  decides: 'gate' | 'crm';
  /** The source that was named when the inquiry came; its acts may say another one. */
  toldSource: string | null;
  evaluatedAt: Iso;
  verdict: Verdict;
  track: Track | null;
  score: { total: number; fit: number; intent: number };
  /** The criteria that fail, enforced or not, without personal values; what quality is reckoned from. */
  failing: Criterion[];
  /** Two plain sentences. */
  explanation: string[];
  review: Review | null;
  /** When it was last held for Marketing, and since when that is over. */
  heldAt: Iso | null;
  completedAt: Iso | null;
  /** When it became an MQL in this cycle; null until then. */
  passedAt: Iso | null;
}
