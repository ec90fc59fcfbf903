/** Items as they are stored: what the facts call for, what became of it, and what it still owes to whom. */
import type { Act } from '../model/life.ts';
import type { Effect } from '../model/effects.ts';
import type { Iso } from '../time.ts';
import type { Compliance } from './compliance.ts';
import type { StoredItem } from './settle.ts';

/** Kinds of mail about an item; one template each. */
export type ItemNoticeKind = 'item_opened' | 'item_taken_back';

export interface ItemNotice {
  kind: 'notice';
  /** `<itemId>/<kind>/<recipient>/<n>`: the key of exactly-once. */
  id: string;
  notice: ItemNoticeKind;
  /** A person's id. */
  recipient: string;
  at: Iso;
}

/** What an item owes: as the effects of a lead, each idempotent by its id. */
export type ItemEffect = Extract<Effect, { kind: 'event' }> | ItemNotice;

export interface KeptItem extends StoredItem {
  /** Counts up with each save; the condition of the next save. */
  version: number;
  /** How often it has been opened: what was taken back may be called for again. */
  opened: number;
  /** Ids of those who have been told that it is open; who has been told is told as well when it is taken back. */
  told: string[];
  /** What a manager has done about it. */
  closed: (Act & { reason: string }) | null;
  /** Messages that wait for their recipient's hours. */
  held: { notice: ItemNotice; until: Iso }[];
  /** Effects of past saves that are not known to be performed; the next run finishes them. */
  owed: ItemEffect[];
}

/** A person's compliance in a month, as it was last reckoned. */
export interface KeptCompliance extends Pick<Compliance, 'counted' | 'diagnostic' | 'band'> {
  /** Like `2026-11`. */
  month: string;
  asOf: Iso;
}
