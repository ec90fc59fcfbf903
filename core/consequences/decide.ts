/** What is to be written of a person's items, and what that owes: events at once, mails in their recipient's hours. */
import type { World } from '../ladder/tell.ts';
import { deliverAt } from '../routing/index.ts';
import { iso, storedMs } from '../time.ts';
import type { ConsequenceItem } from './items.ts';
import type { ItemNotice, ItemNoticeKind, KeptItem } from './kept.ts';
import { settle } from './settle.ts';
import type { StoredItem } from './settle.ts';
import { toldOf } from './told.ts';

/**
 * The items that have to be written, each once, under the version after the stored one; none when all is as it should
 * be. The same facts again change nothing.
 * @param stored all items of a person, in any order
 * @param due what the facts call for of this person
 */
export function decideItems(
  world: World,
  stored: readonly KeptItem[],
  due: readonly ConsequenceItem[],
): KeptItem[] {
  const before = new Map(stored.map((item) => [item.itemId, item]));
  const changed = settle(stored, due).map(({ item }) => settled(world, before.get(item.itemId), item));
  const ids = new Set(changed.map(({ itemId }) => itemId));
  const others = stored.filter(({ itemId }) => !ids.has(itemId)).map((item) => nextVersion(item));
  return [...changed, ...others].flatMap((item) => {
    const released = release(world, item);
    return released === item && !ids.has(item.itemId) ? [] : [released];
  });
}

/** An item that a manager has settled with the person, for the reason given. */
export function closeItem(world: Pick<World, 'now'>, item: KeptItem, by: string, reason: string): KeptItem {
  const closed = { at: iso(world.now), by, reason };
  const next: KeptItem = { ...nextVersion(item), state: 'closed', closed, held: [] };
  return { ...next, owed: [...next.owed, ...eventOf(world, next, 'ConsequenceClosed', { by })] };
}

function nextVersion(item: KeptItem): KeptItem {
  return { ...item, version: item.version + 1 };
}

function settled(world: World, before: KeptItem | undefined, item: StoredItem): KeptItem {
  const kept: KeptItem = {
    ...{ version: 0, opened: 0, told: [], closed: null, held: [], owed: [], ...before },
    ...item,
  };
  const next = nextVersion(kept);
  if (item.state === 'taken_back') return takenBack(world, next);
  const opens =
    before === undefined || before.state === 'taken_back' || before.diagnostic !== item.diagnostic;
  return opens ? opened(world, next) : next;
}

/** Opened, for the first time or again. Whoever knows of it as one that counts is told when it turns out not to count. */
function opened(world: World, item: KeptItem): KeptItem {
  const next: KeptItem = { ...item, opened: item.opened + 1, closed: null };
  if (item.diagnostic) return takenBack(world, next);
  const told = tell(world, next, 'item_opened', toldOf(world.policy, world.roster, item, world.now));
  const event = eventOf(world, next, openedType(item));
  return { ...next, told: [], held: told.held, owed: [...next.owed, ...event, ...told.now] };
}

function openedType({ item }: ConsequenceItem): string {
  if (item === 'role_review') return 'PatternFound';
  return item === 'three_way_review' ? 'AeReviewOpened' : 'ConsequenceOpened';
}

/** Nobody hears of it who does not know of it. A mail that is owed may have been sent before its sender died. */
function takenBack(world: World, item: KeptItem): KeptItem {
  const mails = item.owed.filter((effect) => effect.kind === 'notice' && effect.notice === 'item_opened');
  const owed = item.owed.filter((effect) => !mails.includes(effect));
  const maybe = mails.flatMap((effect) => (effect.kind === 'notice' ? [effect.recipient] : []));
  const known = [...new Set([...item.told, ...maybe])];
  const told = tell(world, item, 'item_taken_back', known);
  const wasPublic = !item.diagnostic || known.length > 0;
  const event = wasPublic ? eventOf(world, item, 'ConsequenceTakenBack') : [];
  return { ...item, told: [], held: told.held, owed: [...owed, ...event, ...told.now] };
}

/** Nobody is written to outside their own hours (policy book §4). */
function tell(
  world: World,
  item: KeptItem,
  kind: ItemNoticeKind,
  recipients: readonly string[],
): { now: ItemNotice[]; held: KeptItem['held'] } {
  const { policy, roster, now } = world;
  const all = recipients.flatMap((personId) => {
    const person = roster.people.find((candidate) => candidate.personId === personId);
    if (person === undefined) return [];
    const delivery = deliverAt(policy, roster, person, now, 'wait');
    return [{ notice: noticeOf(world, item, kind, delivery.person.personId), at: delivery.at }];
  });
  // Whoever stands in for two is told once.
  const once = [...new Map(all.map((one) => [one.notice.id, one])).values()];
  return {
    now: once.filter(({ at }) => at <= now).map(({ notice }) => notice),
    held: once.filter(({ at }) => at > now).map(({ notice, at }) => ({ notice, until: iso(at) })),
  };
}

function noticeOf(world: World, item: KeptItem, notice: ItemNoticeKind, recipient: string): ItemNotice {
  const id = `${item.itemId}/${notice}/${recipient}/${item.opened}`;
  return { kind: 'notice', id, notice, recipient, at: iso(world.now) };
}

/** Ids, a kind and a count: what somebody has missed, and what a manager says of it, stays with the item. */
function eventOf(
  { now }: Pick<World, 'now'>,
  item: KeptItem,
  detailType: string,
  more: Record<string, unknown> = {},
): KeptItem['owed'] {
  const { itemId, personId, period, item: kind, breaches, opened: n } = item;
  const data = { personId, itemId, period, item: kind, count: breaches.length, n, ...more };
  // A closed item may be taken back and closed again.
  const id = `${itemId}/${detailType}/${n}`;
  return [{ kind: 'event', id, detailType, at: iso(now), data }];
}

/** Messages whose recipient's hours have begun are due. */
function release(world: World, item: KeptItem): KeptItem {
  const due = item.held.filter(({ until }) => storedMs(until) <= world.now);
  if (due.length === 0) return item;
  const held = item.held.filter((one) => !due.includes(one));
  return { ...item, held, owed: [...item.owed, ...due.map(({ notice }) => notice)] };
}
