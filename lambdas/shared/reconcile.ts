/**
 * Finishes what a process left undone: effects that are still owed, clocks whose execution never started or has gone
 * missing. What it does shows in the lead's timeline.
 */
import { finishedEntry, reconcileLead } from '../../core/lifecycle/reconcile.ts';
import { withAe } from './draw-ae.ts';
import { gauges } from './gauges.ts';
import { withPatience } from './patience.ts';
import { performOwed, saveAndPerform } from './perform.ts';
import type { Services } from './services.ts';
import { worldOf } from './step.ts';

/** Leads looked at in one run: what is left over is there for the next one, a minute later. */
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

async function finish(services: Services, leadId: string): Promise<boolean> {
  return withPatience(12, async () => {
    const lead = await services.leads.get(leadId);
    if (lead === undefined) return false;
    const world = await worldOf(services);
    const { lead: changed, effects } = await withAe(services, world, reconcileLead(world, lead));
    const saved = effects.length === 0 ? lead : await saveAndPerform(services, changed, effects);
    const left = saved.owed.filter((effect) => lead.owed.some((before) => before.id === effect.id));
    const { owed } = await performOwed(services, saved, left);
    const done = left.filter((effect) => !owed.some((still) => still.id === effect.id));
    // Said afterwards, so that the history never says of a mail that is still owed that it was sent.
    if (done.length > 0) await services.leads.putTimeline(leadId, finishedEntry(lead, done, world.now));
    return effects.length > 0 || done.length > 0;
  });
}
