/**
 * Saving a decision and performing what it owes. The effects are stored with the save, so that whatever happens
 * between the save and the last effect, the reconciler finds what is left; each effect is idempotent by its id.
 */
import { tellCrm } from '../../core/lifecycle/crm-fields.ts';
import { withoutTyped } from '../../core/lifecycle/typed.ts';
import type { Effect } from '../../core/model/effects.ts';
import type { Lead } from '../../core/model/lead.ts';
import type { Subject } from '../../core/model/subject.ts';
import { isTicket, subjectIdOf } from '../../core/model/subject.ts';
import type { Ticket } from '../../core/model/ticket.ts';
import { confirmDraw } from './confirmed-draws.ts';
import { deliverNotice } from './deliver.ts';
import { EventsRefused, VersionConflict } from './errors.ts';
import { countingConflicts, measureDecision, measureTrouble } from './measure.ts';
import type { Services } from './services.ts';
import { aboutOf, saveSubject, storeOf } from './subjects.ts';
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

/** The same for a ticket, of which no CRM holds values and for which nobody was drawn. */
export async function saveTicketAndPerform(
  services: Services,
  ticket: Ticket,
  effects: Effect[],
): Promise<Ticket> {
  const saved: Ticket = { ...ticket, version: ticket.version + 1, owed: [...ticket.owed, ...effects] };
  await countingConflicts(services.metrics, () => services.tickets.save(saved));
  measureDecision(services.metrics, saved, effects);
  return performOwed(services, saved, effects);
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
 * Performs effects that are already stored and takes those that are done off the subject. It never throws: what could not
 * be done stays owed, and the ladder goes on.
 */
export async function performOwed<S extends Subject>(
  services: Services,
  subject: S,
  effects: Effect[],
): Promise<S> {
  if (effects.length === 0) return subject;
  const done = await performAll(services, subject, effects);
  const left = effects.length - done.length;
  if (left > 0) {
    services.metrics.add('EffectsLeftOwed', left);
    services.log.warn('Effects are still owed', { ...aboutOf(subject), count: left });
  }
  if (done.length === 0) return subject;
  const ids = new Set(done);
  const settled: S = {
    ...subject,
    version: subject.version + 1,
    owed: subject.owed.filter((effect) => !ids.has(effect.id)),
  };
  try {
    await countingConflicts(services.metrics, () => saveSubject(services, settled));
    return settled;
  } catch (error) {
    if (!(error instanceof VersionConflict)) return keepOwed(services, subject, error);
  }
  try {
    if (!isTicket(subject)) await forgetIfOvertaken(services, subject, effects);
    await storeOf(services, subject).settle(subjectIdOf(subject), done);
    return settled;
  } catch (error) {
    return keepOwed(services, subject, error);
  }
}

/** Doing it again does no harm, so a list that could not be shortened is only a matter for the reconciler. */
function keepOwed<S extends Subject>(services: Services, subject: S, error: unknown): S {
  services.log.warn('Performed effects could not be settled', { ...aboutOf(subject), error });
  return subject;
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
async function performAll(services: Services, subject: Subject, effects: Effect[]): Promise<string[]> {
  const timeline = effects.filter((effect) => effect.kind === 'timeline');
  const records = effects.filter((effect) => effect.kind === 'record');
  const starts = effects.filter((effect) => effect.kind === 'start');
  const forgotten = await forget(services, subject, effects);
  // Who hears that the data was removed relies on it.
  const events = forgotten === null ? [] : effects.filter((effect) => effect.kind === 'event');
  const notices = effects.filter((effect) => effect.kind === 'notice');
  const entries = timeline.map((effect) => effect.entry);
  const [store, id] = [storeOf(services, subject), subjectIdOf(subject)];
  const facts = await Promise.all([
    attempt(services, subject, timeline, () => store.putTimeline(id, ...entries)),
    publish(services, subject, events),
    ...records.map((one) => attempt(services, subject, [one], () => store.putRecord(id, one.record))),
    ...starts.map((one) => attempt(services, subject, [one], () => services.executions.start(one))),
    suppressAll(services, subject, effects),
  ]);
  facts.push(forgotten ?? []);
  if (notices.length === 0) return facts.flat();
  // One after the other: who is told first is what the policy says.
  const told: string[] = [];
  for (const effect of notices) told.push(...(await tell(services, subject, effect)));
  return [...facts.flat(), ...told];
}

/** Whom nobody may approach for a while; a ticket keeps nobody away. */
async function suppressAll(services: Services, subject: Subject, effects: Effect[]): Promise<string[]> {
  if (isTicket(subject)) return [];
  const suppressions = effects.filter((effect) => effect.kind === 'suppress');
  const done = await Promise.all(
    suppressions.map((one) => attempt(services, subject, [one], () => suppress(services, subject, one))),
  );
  return done.flat();
}

/** Null if something was to be forgotten and could not be. */
async function forget(services: Services, subject: Subject, effects: Effect[]): Promise<string[] | null> {
  const forgets = effects.filter((effect) => effect.kind === 'forget');
  const done = await attempt(services, subject, forgets, () => services.leads.forget(subjectIdOf(subject)));
  return done.length < forgets.length ? null : done;
}

/** Events that can be published are: one that the bus or its schema refuses does not keep the others. */
async function publish(services: Services, subject: Subject, events: EventEffect[]): Promise<string[]> {
  if (events.length === 0) return [];
  const ids = events.map(({ id }) => id);
  try {
    await services.events.publish(events, subjectIdOf(subject));
    return ids;
  } catch (error) {
    // One of them is not of its shape, perhaps because another version of this code has stored it.
    if (error instanceof TypeError && events.length > 1) {
      return (await Promise.all(events.map((one) => publish(services, subject, [one])))).flat();
    }
    measureTrouble(services.metrics, error);
    const refused = error instanceof EventsRefused ? error.effectIds : ids;
    staysOwed(services, subject, refused, error);
    return ids.filter((id) => !refused.includes(id));
  }
}

async function tell(
  services: Services,
  subject: Subject,
  effect: Extract<Effect, { kind: 'notice' }>,
): Promise<string[]> {
  let outcome = 'retry_later';
  const ids = await attempt(services, subject, [effect], async () => {
    outcome = await deliverNotice(services, subject, effect);
  });
  if (outcome === 'sent') services.metrics.add('NoticesSent');
  if (outcome === 'given_up') services.metrics.add('NoticesFailed');
  return outcome === 'busy' || outcome === 'retry_later' ? [] : ids;
}

async function attempt(
  services: Services,
  subject: Subject,
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
    staysOwed(services, subject, ids, error);
    return [];
  }
}

function staysOwed(services: Services, subject: Subject, effects: readonly string[], error: unknown): void {
  const facts = { ...aboutOf(subject), effects, error };
  services.log.error('An effect could not be performed and stays owed', facts);
}
