/**
 * Finishes what a process left undone: effects that are still owed, clocks whose execution never started or has gone
 * missing. What it does shows in the lead's timeline.
 */
import { finishedEntry, reconcileSubject } from '../../core/lifecycle/reconcile.ts';
import type { Subject } from '../../core/model/subject.ts';
import { subjectIdOf } from '../../core/model/subject.ts';
import type { EpochMs } from '../../core/time.ts';
import { withAe } from './draw-ae.ts';
import { gauges } from './gauges.ts';
import { withPatience } from './patience.ts';
import { performOwed, saveAndPerform, saveTicketAndPerform } from './perform.ts';
import type { Services } from './services.ts';
import { worldOf } from './step.ts';
import { storeOf } from './subjects.ts';
import { isTicketId } from './ticket-id.ts';

/** Leads and tickets looked at in one run: what is left over is there for the next one, a minute later. */
const BATCH = 200;
/** How many leads are worked on side by side. */
const SIDE_BY_SIDE = 10;

/** @returns how many leads were looked at, and at how many there was something to finish */
export async function reconcile(services: Services): Promise<{ looked: number; finished: number }> {
  try {
    const leadIds = await services.leads.attention(services.clock.now(), BATCH);
    await measure(services, leadIds);
    const finished = await finishAll(services, leadIds);
    if (finished > 0)
      services.log.info('Finished what was left undone', { looked: leadIds.length, finished });
    services.metrics.add('ReconcilerRuns');
    services.metrics.add('LeadsFinished', finished);
    return { looked: leadIds.length, finished };
  } finally {
    services.metrics.flush();
  }
}

/** Measured and handed over first: how things stand has to be known above all when the work takes too long. */
async function measure(services: Services, leadIds: string[]): Promise<void> {
  try {
    await services.metrics.observe(() => gauges(services, leadIds));
  } catch (error) {
    services.log.warn('How things stand could not be measured', { error });
  }
  services.metrics.flush();
}

async function finishAll(services: Services, leadIds: string[]): Promise<number> {
  let finished = 0;
  const queue = [...leadIds];
  const worker = async (): Promise<void> => {
    for (let leadId = queue.shift(); leadId !== undefined; leadId = queue.shift()) {
      try {
        if (await finish(services, leadId)) finished += 1;
      } catch (error) {
        services.log.error('A lead could not be reconciled', { leadId, error });
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  return finished;
}

async function finish(services: Services, subjectId: string): Promise<boolean> {
  return withPatience(12, async () => {
    const world = await worldOf(services);
    if (isTicketId(subjectId)) {
      const ticket = await services.tickets.get(subjectId);
      if (ticket === undefined) return false;
      const { lead: changed, effects } = reconcileSubject(world, ticket);
      const saved = effects.length === 0 ? ticket : await saveTicketAndPerform(services, changed, effects);
      return finishOwed(services, ticket, saved, world.now, effects.length > 0);
    }
    const lead = await services.leads.get(subjectId);
    if (lead === undefined) return false;
    const { lead: changed, effects } = await withAe(services, world, reconcileSubject(world, lead));
    const saved = effects.length === 0 ? lead : await saveAndPerform(services, changed, effects);
    return finishOwed(services, lead, saved, world.now, effects.length > 0);
  });
}

/** Performs what was owed before this look and still is. */
async function finishOwed<S extends Subject>(
  services: Services,
  before: S,
  saved: S,
  now: EpochMs,
  decided: boolean,
): Promise<boolean> {
  const left = saved.owed.filter((effect) => before.owed.some(({ id }) => id === effect.id));
  const { owed } = await performOwed(services, saved, left);
  const done = left.filter((effect) => !owed.some((still) => still.id === effect.id));
  // Said afterwards, so that the history never says of a mail that is still owed that it was sent.
  if (done.length > 0) {
    await storeOf(services, before).putTimeline(subjectIdOf(before), finishedEntry(before, done, now));
  }
  return decided || done.length > 0;
}
