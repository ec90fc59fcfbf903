/**
 * Saving a decision and performing what it owes. The effects are stored with the save, so that whatever happens
 * between the save and the last effect, the reconciler finds what is left; each effect is idempotent by its id.
 */
import { tellCrm } from '../../core/lifecycle/crm-fields.ts';
import { withoutTyped } from '../../core/lifecycle/typed.ts';
import type { Effect } from '../../core/model/effects.ts';
import type { Lead } from '../../core/model/lead.ts';
import { confirmDraw } from './confirmed-draws.ts';
import { deliverNotice } from './deliver.ts';
import { EventsRefused, VersionConflict } from './errors.ts';
import { countingConflicts, measureDecision, measureTrouble } from './measure.ts';
import type { Services } from './services.ts';
import { suppress } from './suppress.ts';

type EventEffect = Extract<Effect, { kind: 'event' }>;

/**
 * Writes the lead with the effects it owes, and performs them.
 * @param inherited effects of the save before that nobody has begun to perform
 * @throws VersionConflict if somebody else has written since the lead was read; nothing has happened then
 */
export async function saveAndPerform(
  services: Services,
  lead: Lead,
  effects: Effect[],
  inherited: Effect[] = [],
): Promise<Lead> {
  const told = tellCrm({ ...lead, version: lead.version + 1 }, effects, services.clock.now());
  const saved: Lead = { ...told.lead, owed: [...told.lead.owed, ...told.effects] };
  await countingConflicts(services.metrics, () => services.leads.save(saved));
  measureDecision(services.metrics, saved, effects);
  confirmDraw(saved);
  // As they are owed now: what the CRM is told anew has been taken off the events of before.
  const earlier = told.lead.owed.filter(({ id }) => inherited.some((effect) => effect.id === id));
  return performOwed(services, saved, [...earlier, ...told.effects]);
}

/**
 * Starts the executions that a new lead owes and nothing else: its first step, a moment later, performs the rest
 * together with its own. It never throws: what could not be started is a matter for the reconciler.
 */
export async function startOwed(services: Services, lead: Lead): Promise<void> {
  const starts = lead.owed.filter((effect) => effect.kind === 'start');
  await Promise.all(
    starts.map((one) => attempt(services, lead, [one], () => services.executions.start(one))),
  );
}

/**
 * Performs effects that are already stored and takes those that are done off the lead. It never throws: what could not
 * be done stays owed, and the ladder goes on.
 */
export async function performOwed(services: Services, lead: Lead, effects: Effect[]): Promise<Lead> {
  if (effects.length === 0) return lead;
  const done = await performAll(services, lead, effects);
  const left = effects.length - done.length;
  if (left > 0) {
    services.metrics.add('EffectsLeftOwed', left);
    services.log.warn('Effects are still owed', { leadId: lead.leadId, count: left });
  }
  if (done.length === 0) return lead;
  const ids = new Set(done);
  const settled: Lead = {
    ...lead,
    version: lead.version + 1,
    owed: lead.owed.filter((effect) => !ids.has(effect.id)),
  };
  try {
    await countingConflicts(services.metrics, () => services.leads.save(settled));
    return settled;
  } catch (error) {
    if (!(error instanceof VersionConflict)) return keepOwed(services, lead, error);
  }
  try {
    await forgetIfOvertaken(services, lead, effects);
    await services.leads.settle(lead.leadId, done);
    return settled;
  } catch (error) {
    return keepOwed(services, lead, error);
  }
}

/** Doing it again does no harm, so a list that could not be shortened is only a matter for the reconciler. */
function keepOwed(services: Services, lead: Lead, error: unknown): Lead {
  services.log.warn('Performed effects could not be settled', { leadId: lead.leadId, error });
  return lead;
}

/**
 * Whoever was overtaken by an erasure may have written after it what somebody had typed. If this fails, the entry is
 * still owed, in the words that the erasure has left of it.
 */
async function forgetIfOvertaken(services: Services, lead: Lead, effects: Effect[]): Promise<void> {
  const typed = effects.some(
    (effect) => effect.kind === 'timeline' && withoutTyped(effect.entry) !== effect.entry,
  );
  if (!typed) return;
  const now = await services.leads.get(lead.leadId);
  if (now !== undefined && now.erasedAt !== null) await services.leads.forget(lead.leadId);
}

/** Ids of the effects that are done. Facts go first, so that the history is complete before anybody is told. */
async function performAll(services: Services, lead: Lead, effects: Effect[]): Promise<string[]> {
  const timeline = effects.filter((effect) => effect.kind === 'timeline');
  const records = effects.filter((effect) => effect.kind === 'record');
  const starts = effects.filter((effect) => effect.kind === 'start');
  const suppressions = effects.filter((effect) => effect.kind === 'suppress');
  const forgotten = await forget(services, lead, effects);
  // Who hears that the data was removed relies on it.
  const events = forgotten === null ? [] : effects.filter((effect) => effect.kind === 'event');
  const notices = effects.filter((effect) => effect.kind === 'notice');
  const entries = timeline.map((effect) => effect.entry);
  const facts = await Promise.all([
    attempt(services, lead, timeline, () => services.leads.putTimeline(lead.leadId, ...entries)),
    publish(services, lead, events),
    ...records.map((one) =>
      attempt(services, lead, [one], () => services.leads.putRecord(lead.leadId, one.record)),
    ),
    ...starts.map((one) => attempt(services, lead, [one], () => services.executions.start(one))),
    ...suppressions.map((one) => attempt(services, lead, [one], () => suppress(services, lead, one))),
  ]);
  facts.push(forgotten ?? []);
  if (notices.length === 0) return facts.flat();
  // One after the other: who is told first is what the policy says.
  const told: string[] = [];
  for (const effect of notices) told.push(...(await tell(services, lead, effect)));
  return [...facts.flat(), ...told];
}

/** Null if something was to be forgotten and could not be. */
async function forget(services: Services, lead: Lead, effects: Effect[]): Promise<string[] | null> {
  const forgets = effects.filter((effect) => effect.kind === 'forget');
  const done = await attempt(services, lead, forgets, () => services.leads.forget(lead.leadId));
  return done.length < forgets.length ? null : done;
}

/** Events that can be published are: one that the bus or its schema refuses does not keep the others. */
async function publish(services: Services, lead: Lead, events: EventEffect[]): Promise<string[]> {
  if (events.length === 0) return [];
  const ids = events.map(({ id }) => id);
  try {
    await services.events.publish(events, lead.leadId);
    return ids;
  } catch (error) {
    // One of them is not of its shape, perhaps because another version of this code has stored it.
    if (error instanceof TypeError && events.length > 1) {
      return (await Promise.all(events.map((one) => publish(services, lead, [one])))).flat();
    }
    measureTrouble(services.metrics, error);
    const refused = error instanceof EventsRefused ? error.effectIds : ids;
    staysOwed(services, lead, refused, error);
    return ids.filter((id) => !refused.includes(id));
  }
}

async function tell(
  services: Services,
  lead: Lead,
  effect: Extract<Effect, { kind: 'notice' }>,
): Promise<string[]> {
  let outcome = 'retry_later';
  const ids = await attempt(services, lead, [effect], async () => {
    outcome = await deliverNotice(services, lead, effect);
  });
  if (outcome === 'sent') services.metrics.add('NoticesSent');
  if (outcome === 'given_up') services.metrics.add('NoticesFailed');
  return outcome === 'busy' || outcome === 'retry_later' ? [] : ids;
}

async function attempt(
  services: Services,
  lead: Lead,
  effects: Effect[],
  run: () => Promise<unknown>,
): Promise<string[]> {
  if (effects.length === 0) return [];
  const ids = effects.map((effect) => effect.id);
  try {
    await run();
    return ids;
  } catch (error) {
    measureTrouble(services.metrics, error);
    staysOwed(services, lead, ids, error);
    return [];
  }
}

function staysOwed(services: Services, lead: Lead, effects: readonly string[], error: unknown): void {
  const facts = { leadId: lead.leadId, effects, error };
  services.log.error('An effect could not be performed and stays owed', facts);
}
