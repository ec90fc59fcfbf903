/**
 * Saving an item about a person and performing what it owes, as a lead's decisions are: the effects are stored with the
 * save, each is idempotent by its id, and what is left over is there for the next run of the schedule.
 */
import type { ItemEffect, ItemNotice, KeptItem } from '../../core/consequences/kept.ts';
import { renderItem } from '../../core/messages/item.ts';
import { addresseeOnRoster } from './addressee.ts';
import { VersionConflict } from './errors.ts';
import { deliverLetter } from './letter.ts';
import type { Delivery } from './letter.ts';
import { countingConflicts, measureTrouble } from './measure.ts';
import { withPatience } from './patience.ts';
import type { Services } from './services.ts';

const ATTEMPTS = 12;

/**
 * @returns the item as it is afterwards
 * @throws VersionConflict if somebody else has written since the item was read; nothing has happened then
 */
export async function saveItem(services: Services, item: KeptItem): Promise<KeptItem> {
  await countingConflicts(services.metrics, () => services.consequences.save(item));
  return performItem(services, item);
}

/** Performs what a stored item owes. It never throws: what could not be done stays owed. */
export async function performItem(services: Services, item: KeptItem): Promise<KeptItem> {
  const done: ItemEffect[] = [];
  const told: string[] = [];
  // Facts before mails, and one after the other: who is told first is what the policy says.
  for (const effect of item.owed.toSorted(
    (a, b) => Number(a.kind === 'notice') - Number(b.kind === 'notice'),
  )) {
    const outcome = await attempt(services, item, effect);
    if (outcome === 'busy' || outcome === 'retry_later') continue;
    done.push(effect);
    const knows = outcome === 'sent' || outcome === 'already';
    if (effect.kind === 'notice' && effect.notice === 'item_opened' && knows) told.push(effect.recipient);
  }
  if (done.length === 0) return item;
  try {
    return await settleItem(services, item, done, told);
  } catch (error) {
    // Doing it again does no harm.
    services.log.warn('Performed effects of an item could not be settled', { itemId: item.itemId, error });
    return item;
  }
}

async function attempt(services: Services, item: KeptItem, effect: ItemEffect): Promise<Delivery> {
  try {
    if (effect.kind === 'notice') return await tell(services, item, effect);
    await services.events.publish([effect], item.itemId);
    return 'sent';
  } catch (error) {
    measureTrouble(services.metrics, error);
    const facts = { itemId: item.itemId, effect: effect.id, error };
    services.log.error('An effect of an item could not be performed and stays owed', facts);
    return 'retry_later';
  }
}

async function tell(services: Services, item: KeptItem, notice: ItemNotice): Promise<Delivery> {
  const { consequences, roster, events, policy, metrics } = services;
  const { personId, itemId } = item;
  const { id: noticeId, notice: kind, recipient } = notice;
  const logged = { personId, itemId, noticeId, notice: kind, recipient };
  const outcome = await deliverLetter(services, {
    ...{ notices: consequences.notices, subjectId: personId, noticeId, logged, about: { personId } },
    to: async () => addresseeOnRoster(await roster.load(), recipient),
    render: async (person) => {
      const { people } = await roster.load();
      const whom = people.find((candidate) => candidate.personId === personId) ?? null;
      return renderItem({ notice: kind, item, person: whom, recipient: person, policy });
    },
    failed: (error, attempts) => {
      const failed = { kind: 'event', id: `ItemNoticeFailed/${noticeId}`, at: notice.at } as const;
      const data = { ...logged, attempts, error };
      return events.publish([{ ...failed, detailType: 'ItemNoticeFailed', data }], itemId);
    },
  });
  if (outcome === 'sent') metrics.add('NoticesSent');
  if (outcome === 'given_up') metrics.add('NoticesFailed');
  return outcome;
}

/** Takes what is done off the item, and notes who knows of it; again if somebody else has written meanwhile. */
function settleItem(
  services: Services,
  item: KeptItem,
  done: readonly ItemEffect[],
  told: readonly string[],
): Promise<KeptItem> {
  const ids = new Set(done.map(({ id }) => id));
  let known: KeptItem | undefined = item;
  return withPatience(ATTEMPTS, async () => {
    const current: KeptItem = known ?? (await readAgain(services, item));
    known = undefined;
    // Opened once more or taken back meanwhile: who has been told of that is another matter.
    const same = current.opened === item.opened && current.state !== 'taken_back';
    const settled: KeptItem = {
      ...current,
      version: current.version + 1,
      owed: current.owed.filter(({ id }) => !ids.has(id)),
      told: same ? [...new Set([...current.told, ...told])] : current.told,
    };
    await services.consequences.save(settled);
    return settled;
  });
}

async function readAgain({ consequences }: Services, item: KeptItem): Promise<KeptItem> {
  const stored = await consequences.of(item.personId, item.period);
  const found = stored.find(({ itemId }) => itemId === item.itemId);
  if (found === undefined) throw new VersionConflict(`item ${item.itemId} is not there`);
  return found;
}
