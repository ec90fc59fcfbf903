/** A stretch in which a service was down, as it is kept: availability is reckoned from these (policy book §16). */
import type { Iso } from '../time.ts';

export interface StoredOutage {
  service: string;
  /** Unique within the service. */
  outageId: string;
  from: Iso;
  /** Null while it is down. */
  to: Iso | null;
  /** A row of the policy's exclusions, if it does not count. */
  exclusion: string | null;
  by: string;
}
