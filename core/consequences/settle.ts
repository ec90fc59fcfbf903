/** What is stored of items against what the facts call for now: a verdict that turns takes an item back. */
import type { ConsequenceItem } from './items.ts';

export interface StoredItem extends ConsequenceItem {
  /** `closed` by the manager; `taken_back` because the facts no longer call for it. */
  state: 'open' | 'closed' | 'taken_back';
}

export interface ItemChange {
  item: StoredItem;
  /** Whether those whom the item names are to be told of the change. */
  tell: boolean;
}

/**
 * The items to be written, each once; none when all is as it should be. Who has been told of an item is told when it
 * is taken back, too. What a manager has closed stays closed as long as the facts call for it.
 * @param stored all items of the leads' people, in any order
 * @param due what {@link consequencesOf} says now
 */
export function settle(stored: readonly StoredItem[], due: readonly ConsequenceItem[]): ItemChange[] {
  const before = new Map(stored.map((item) => [item.itemId, item]));
  const wanted = new Set(due.map(({ itemId }) => itemId));
  const written = due.flatMap((item) => write(before.get(item.itemId), item) ?? []);
  const back = stored
    .filter(({ itemId, state }) => !wanted.has(itemId) && state !== 'taken_back')
    .map((item): ItemChange => ({ item: { ...item, state: 'taken_back' }, tell: !item.diagnostic }));
  return [...written, ...back];
}

function write(before: StoredItem | undefined, item: ConsequenceItem): ItemChange | undefined {
  const opens =
    before === undefined || before.state === 'taken_back' || before.diagnostic !== item.diagnostic;
  if (opens) return { item: { ...item, state: 'open' }, tell: !item.diagnostic };
  if (same(before, item)) return undefined;
  return { item: { ...item, state: before.state }, tell: false };
}

function same(before: StoredItem, { at, breaches, explanation }: ConsequenceItem): boolean {
  return before.at === at && before.explanation === explanation && before.breaches.join() === breaches.join();
}
