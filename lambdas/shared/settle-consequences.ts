/**
 * Settles what is open about people with what the facts call for (policy book §11, §13): opens, takes back, tells. It
 * reckons all of it anew each time, so that a run that was missed, doubled or broken off is made good by the next one.
 */
import { partsOfBreach } from '../../core/consequences/breaches.ts';
import { decideItems } from '../../core/consequences/decide.ts';
import { consequencesOf } from '../../core/consequences/items.ts';
import type { ConsequenceItem } from '../../core/consequences/items.ts';
import type { KeptItem } from '../../core/consequences/kept.ts';
import { reviewsOf } from '../../core/consequences/reviews.ts';
import type { World } from '../../core/ladder/tell.ts';
import type { Iso } from '../../core/time.ts';
import { VersionConflict } from './errors.ts';
import { gatherFacts } from './judged-leads.ts';
import { performItem, saveItem } from './perform-item.ts';
import type { Services } from './services.ts';
import { readingRosterOnce, worldOf } from './step.ts';
import { monthsShown, storeCompliance } from './store-compliance.ts';

/** How many people are worked on side by side. */
const SIDE_BY_SIDE = 10;

export interface Settled {
  /** Leads that were looked at. */
  looked: number;
  /** Items that were written. */
  written: number;
  /** Effects that are owed still; the next run performs them. */
  owed: number;
  /** When the first message that waits for its recipient's hours may be sent; null if none waits. */
  heldUntil: Iso | null;
}

/** @throws the stores' errors: nothing is taken back by a run that could not read everything; Error if anybody is left */
export async function settleConsequences(all: Services): Promise<Settled> {
  const { metrics, clock, log } = all;
  const began = clock.now();
  try {
    const services = readingRosterOnce(all);
    const world = await worldOf(services);
    const stored = await storedOf(services, world);
    const [{ from }] = monthsShown(world);
    const facts = await gatherFacts(services, leadsBehind([...stored.values()].flat()), from);
    const due = Map.groupBy(dueNow(world, facts), ({ personId }) => personId);
    const people = [...new Set([...stored.keys(), ...due.keys()])];
    const kept: KeptItem[] = [];
    let [written, failed] = [0, 0];
    await sideBySide(people, async (personId) => {
      try {
        const before = stored.get(personId) ?? (await services.consequences.of(personId));
        const after = await settlePerson(services, world, before, due.get(personId) ?? []);
        written += after.written;
        kept.push(...after.items);
      } catch (error) {
        failed += 1;
        log.error('The items of a person could not be settled', { personId, error });
      }
    });
    await storeCompliance(services, world, facts.judged);
    // Everybody else's are; the failed run is kept, and the next one tries again.
    if (failed > 0) throw new Error(`the items of ${failed} people could not be settled`);
    const owed = kept.reduce((sum, item) => sum + item.owed.length, 0);
    if (written > 0) log.info('What is open about people was settled', { written, owed });
    metrics.add('SettlingRuns');
    metrics.add('SettlingTime', clock.now() - began);
    metrics.add('ItemEffectsOwed', owed);
    return { looked: facts.looked, written, owed, heldUntil: heldUntil(kept) };
  } finally {
    metrics.flush();
  }
}

/** Of everybody on the roster: whoever has left stays there, no longer active. */
async function storedOf(services: Services, { roster }: World): Promise<Map<string, KeptItem[]>> {
  const stored = new Map<string, KeptItem[]>();
  await sideBySide(roster.people, async ({ personId }) => {
    stored.set(personId, await services.consequences.of(personId));
  });
  return stored;
}

function leadsBehind(items: readonly KeptItem[]): Set<string> {
  const open = items.filter(({ state }) => state !== 'taken_back');
  return new Set(open.flatMap(({ breaches }) => breaches.map((id) => partsOfBreach(id).leadId)));
}

type Facts = Awaited<ReturnType<typeof gatherFacts>>;

function dueNow({ policy, roster, now }: World, { judged, handedOver }: Facts): ConsequenceItem[] {
  return [...consequencesOf(policy, judged, now), ...reviewsOf(policy, roster, handedOver, now)];
}

async function settlePerson(
  services: Services,
  world: World,
  stored: readonly KeptItem[],
  due: readonly ConsequenceItem[],
): Promise<{ items: KeptItem[]; written: number }> {
  const changes = decideItems(world, stored, due);
  const changed = new Set(changes.map(({ itemId }) => itemId));
  const items: KeptItem[] = [];
  let written = 0;
  for (const change of changes) {
    const before = stored.find(({ itemId }) => itemId === change.itemId);
    try {
      items.push(await saveItem(services, change));
      written += 1;
      measure(services, before, change);
    } catch (error) {
      // Another run, or a manager who closes it, was quicker: what is left to be done the next run finds.
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
  for (const item of stored.filter(({ itemId }) => !changed.has(itemId)))
    items.push(item.owed.length === 0 ? item : await performItem(services, item));
  return { items, written };
}

function measure({ metrics }: Services, before: KeptItem | undefined, after: KeptItem): void {
  if (after.opened > (before?.opened ?? 0)) metrics.add('ItemsOpened');
  if (after.state === 'taken_back' && before?.state !== 'taken_back') metrics.add('ItemsTakenBack');
}

function heldUntil(items: readonly KeptItem[]): Iso | null {
  return (
    items
      .flatMap(({ held }) => held.map(({ until }) => until))
      .sort()
      .at(0) ?? null
  );
}

async function sideBySide<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = [...all];
  const worker = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await work(one);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}
