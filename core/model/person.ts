/** People of the roster, and the state of a pool's round robin. */
import type { Role } from '../policy/schema/basics.ts';
import type { Iso } from '../time.ts';

/** A stretch in which somebody is (or is not) available; the latest entry that covers an instant decides. */
export interface Availability {
  available: boolean;
  from: Iso;
  /** Null: until further notice. */
  until: Iso | null;
  reason: string;
}

export interface Person {
  personId: string;
  name: string;
  email: string;
  role: Role;
  managerId: string | null;
  timeZone: string;
  /** A calendar row of the policy; its hours are taken in the person's own zone. */
  calendar: string;
  territories: string[];
  segments: string[];
  verticals: string[];
  partners: string[];
  weight: number;
  openLeadCap: number | null;
  onCall: boolean;
  active: boolean;
  phone?: string | undefined;
  availability: Availability[];
}

export interface Roster {
  /** Counts up with each write. */
  version: number;
  people: Person[];
}

/** The state of one pool's draw, one item written under a condition on its version. */
export interface PoolState {
  poolId: string;
  version: number;
  entries: Record<string, { current: number; drawn: number; credit: number }>;
  /** Recent draws by ticket (`<leadId>/<n>`): a repeated request gets the same answer. */
  tickets: Record<string, { personId: string; at: Iso }>;
}
