/**
 * What holds after every fault: every accepted lead has exactly one owner, one live execution per clock, each rung at
 * most once per recipient, a complete history, and nothing that is still owed. One function, for every table of faults.
 */
import { EVENT_OF_RUNG } from '../../core/ladder/actions.ts';
import { isOpen } from '../../core/model/clock.ts';
import { awaitsGate } from '../../core/lifecycle/inquiry.ts';
import { handoffsOf } from '../../core/model/life.ts';
import { completeLead } from '../../core/model/complete.ts';
import type { RecordItem, TimelineEntry } from '../../core/model/effects.ts';
import type { Lead } from '../../core/model/lead.ts';
import type { PoolState } from '../../core/model/person.ts';
import type { Suppression } from '../../core/model/suppression.ts';
import type { BusEvent } from '../support/services.ts';
import type { Player } from './player.ts';
import type { Run } from './walk.ts';

/** What is the prospect's alone in every tale, and nothing else's. */
const PROSPECT = /ada@example|byron|617.?555|visit-/i;

/** All that there is to see of one lead at one instant. */
export interface Seen {
  accepted: boolean;
  lead: Lead | undefined;
  timeline: TimelineEntry[];
  records: RecordItem[];
  /** States of the notices: `claimed`, `free`, `sent`, `given_up`. */
  notices: { id: string; state: string }[];
  mails: { to: string; tag: string }[];
  events: BusEvent[];
  runs: Run[];
  /** How many owners have been drawn from the pools. */
  draws: number;
  /** Ids of what the contact did, as they are kept. */
  signals: string[];
  suppressions: Suppression[];
  /** Items that hold something of {@link PROSPECT}. */
  personal: string[];
}

export async function see({ backend, accepted, runs }: Player): Promise<Seen> {
  const [items, roster] = await Promise.all([backend.leadItems(), backend.rosterItems()]);
  const of = <T>(field: string) => items.flatMap((item) => (field in item ? [item[field] as T] : []));
  const pools = roster.flatMap(({ pool }) => (pool === undefined ? [] : [pool as PoolState]));
  return {
    accepted,
    lead: of<Lead>('lead').map(completeLead)[0],
    timeline: of('entry'),
    records: of('record'),
    notices: items.flatMap(({ sk, state }) =>
      String(sk).startsWith('NOTICE#')
        ? [{ id: String(sk).slice('NOTICE#'.length), state: String(state) }]
        : [],
    ),
    mails: backend.mails,
    events: backend.events,
    runs,
    signals: of<{ id: string }>('signal').map(({ id }) => id),
    suppressions: of('suppression'),
    personal: items.filter((item) => PROSPECT.test(JSON.stringify(item))).map(({ sk }) => String(sk)),
    draws: pools.flatMap(({ entries }) => Object.values(entries)).reduce((sum, { drawn }) => sum + drawn, 0),
  };
}

/** What the fault itself may leave in history and on the bus. */
const OF_THE_FAULT = new Set([
  ...['execution_started', 'execution_replaced', 'finished_by_reconciler', 'workflow_failed'],
  'WorkflowFailed',
]);

export interface Allowed {
  /** Mails that may have been sent once more, by the gap of ADR 6. */
  repeatedMails?: number;
  /** Notices may have been given up: told in the history and to the operator instead. */
  givenUp?: boolean;
}

/** The promises that are broken, in words; none if all is well. */
export function broken(seen: Seen, allowed: Allowed = {}): string[] {
  const { lead } = seen;
  if (lead === undefined) return seen.accepted ? ['the lead was accepted and is lost'] : [];
  return [
    ...owners(seen, lead),
    ...executions(seen, lead),
    ...rungs(seen, lead),
    ...gate(seen, lead),
    ...erasure(seen, lead),
    ...history(seen, lead),
    ...mails(seen, allowed),
    ...lead.owed.map(({ id }) => `${id} is still owed`),
    ...notices(seen, allowed),
  ];
}

/** What differs from the same play without the fault, at the same instant of the tale. */
export function different(seen: Seen, healthy: Seen, { givenUp = false }: Allowed = {}): string[] {
  const [mine, theirs] = [summary(seen, givenUp), summary(healthy, givenUp)];
  return Object.entries(theirs).flatMap(([name, wanted]) => {
    const found = mine[name] ?? [];
    const lost = wanted.filter((one) => !found.includes(one)).map((one) => `${name}: ${one} is missing`);
    const more = found.filter((one) => !wanted.includes(one)).map((one) => `${name}: ${one} is too much`);
    return [...lost, ...more];
  });
}

function summary({ lead, ...seen }: Seen, givenUp: boolean): Record<string, string[]> {
  const known = (what: string) =>
    !OF_THE_FAULT.has(what) && !(givenUp && ['notice_failed', 'NotificationFailed'].includes(what));
  const clocks = lead?.clocks ?? [];
  return {
    mails: givenUp ? [] : numbered(unique(seen.mails.map(({ to, tag }) => `${to} ${tag}`))),
    events: numbered(unique(seen.events.filter(({ detailType }) => known(detailType)).map(({ id }) => id))),
    timeline: numbered(seen.timeline.filter(({ what }) => known(what)).map(({ entryId }) => entryId)),
    records: numbered(seen.records.map(({ type, recordId, state }) => `${type} ${recordId} ${state}`)),
    owner: [
      `${lead?.owner?.personId ?? 'nobody'} after ${JSON.stringify(lead?.previousOwners.map((one) => one.personId))}`,
    ],
    signals: seen.signals,
    suppressions: seen.suppressions.map(({ suppressionId, reason, origin }) =>
      JSON.stringify([suppressionId, reason, origin]),
    ),
    lead: [JSON.stringify([lead?.status, lead?.flags, lead?.attempts, lead?.held.length])],
    clocks: clocks.map(({ clockId, status, rungs: all, pauses, extensions }) =>
      JSON.stringify([
        clockId,
        status,
        all.map(({ rung, outcome }) => [rung, outcome]),
        pauses.length,
        extensions.length,
      ]),
    ),
  };
}

function owners(seen: Seen, lead: Lead): string[] {
  const found: string[] = [];
  const all = [...lead.previousOwners, ...(lead.owner === null ? [] : [lead.owner])];
  const waits = lead.unassignedSince !== null && lead.retryAssignAt !== null;
  const isOfSales = lead.erasedAt === null && !awaitsGate(lead);
  if (lead.owner === null && !waits && isOfSales)
    found.push('nobody owns the lead, and nobody looks for an owner');
  if (all.some(({ n }, index) => n !== index + 1)) found.push('the owners are not counted one by one');
  const assigned = ids(seen, 'LeadAssigned').length;
  const reassigned = ids(seen, 'LeadReassigned').length;
  if (assigned !== Math.min(all.length, 1)) found.push(`${assigned} facts of an assignment`);
  if (reassigned !== Math.max(all.length - 1, 0)) found.push(`${reassigned} facts of a reassignment`);
  const aes = handoffsOf(lead).filter(({ ae }) => ae.via === 'round_robin');
  const drawn = all.filter(({ via }) => via !== 'fallback').length + aes.length;
  if (seen.draws !== drawn) found.push(`${seen.draws} draws for ${drawn} owners and AEs`);
  const given = seen.timeline.filter(({ what }) => what === 'lead_assigned' || what === 'lead_reassigned');
  if (given.length !== all.length)
    found.push(`the history knows of ${given.length} owners, not ${all.length}`);
  return found;
}

/** One live execution for every open clock that has one, and as many runs as the clock has counted. */
function executions(seen: Seen, lead: Lead): string[] {
  return lead.clocks.flatMap((clock) => {
    const runs = seen.runs.filter(({ input }) => input['clockId'] === clock.clockId);
    const live = runs.filter(({ status, input }) => status === 'RUNNING' && input['run'] === clock.run);
    const wanted = isOpen(clock) && clock.run > 0 && clock.wakeAt !== null ? 1 : 0;
    const found: string[] = [];
    if (isOpen(clock) && live.length !== wanted)
      found.push(`${live.length} live executions of ${clock.clockId}`);
    if (runs.length !== clock.run)
      found.push(`${runs.length} runs of ${clock.clockId}, which counts ${clock.run}`);
    return found;
  });
}

/** What the gate has decided is told once, started once, and not without the decision. */
function gate(seen: Seen, lead: Lead): string[] {
  const facts = lead.gate;
  if (facts?.decides !== 'gate') return [];
  const wanted: [string, string, boolean][] = [
    ['lead_qualified', 'LeadQualified', facts.passedAt !== null],
    ['lead_held', 'LeadHeld', facts.heldAt !== null],
  ];
  const found = wanted.flatMap(([what, fact, is]) => {
    const told = [seen.timeline.filter((entry) => entry.what === what).length, ids(seen, fact).length];
    return told.every((count) => count === (is ? 1 : 0))
      ? []
      : [`${fact} is told ${told.join(' and ')} times`];
  });
  const runs = seen.runs.filter(({ machine, input }) => machine === 'mql-response' && input['run'] === 1);
  const clocks = lead.clocks.filter(({ commitment }) => commitment === 'mql.respond');
  if (clocks.length !== (facts.passedAt === null ? 0 : 1))
    found.push(`${clocks.length} clocks of the response`);
  if (runs.length !== clocks.length) found.push(`${runs.length} first executions of the response`);
  return found;
}

/** Of somebody who was erased nothing is left, nothing runs, and the bus knows. */
function erasure(seen: Seen, lead: Lead): string[] {
  if (lead.erasedAt === null) return [];
  return [
    ...seen.personal.map((item) => `${item} tells who it was`),
    ...seen.signals.map((id) => `the signal ${id} is still there`),
    ...lead.clocks.filter(isOpen).map(({ clockId }) => `${clockId} is still open`),
    ...(ids(seen, 'PersonalDataErased').length === 1 ? [] : ['the bus does not know of the erasure']),
  ];
}

function rungs(seen: Seen, lead: Lead): string[] {
  return lead.clocks.flatMap((clock) =>
    clock.rungs.flatMap(({ rung, outcome }) => {
      const facts = ids(seen, EVENT_OF_RUNG[rung]).filter((id) => id.includes(`/${clock.clockId}/`));
      const entries = seen.timeline.filter(
        ({ entryId }) => entryId === `rung_${rung}/${clock.clockId}/${rung}`,
      );
      const wanted = outcome === 'done' ? 1 : 0;
      return facts.length === wanted && entries.length === wanted
        ? []
        : [`${rung} of ${clock.clockId}: ${facts.length} facts and ${entries.length} entries, not ${wanted}`];
    }),
  );
}

/** What the lead itself implies must stand in its history and on the bus. */
function history(seen: Seen, lead: Lead): string[] {
  const has = (what: string, clockId?: string) =>
    seen.timeline.filter((entry) => entry.what === what && entry.clockId === clockId).length;
  const found: string[] = [];
  const expect = (what: string, count: number, clockId?: string) => {
    if (has(what, clockId) !== count)
      found.push(`${has(what, clockId)} of ${count} entries ${what} ${clockId ?? ''}`);
  };
  const isInquiry = lead.gate?.decides === 'gate';
  expect('lead_received', isInquiry ? 0 : 1);
  expect('inquiry_received', isInquiry ? 1 : 0);
  for (const clock of lead.clocks) {
    expect('clock_started', 1, clock.clockId);
    expect('clock_paused', clock.pauses.length, clock.clockId);
    expect('clock_resumed', clock.pauses.filter(({ to }) => to !== null).length, clock.clockId);
    expect('clock_extended', clock.extensions.length, clock.clockId);
    const met = clock.metAt === null ? 0 : 1;
    if (has('clock_met', clock.clockId) + has('clock_met_late', clock.clockId) !== met) {
      found.push(`the history does not say once that ${clock.clockId} was met`);
    }
  }
  if (ids(seen, isInquiry ? 'InquiryReceived' : 'LeadReceived').length !== 1)
    found.push('the bus does not know of the lead');
  if (ids(seen, 'AttemptRecorded').length !== lead.judged.length)
    found.push('the bus does not know every attempt');
  return found;
}

/** Every notice is sent, or given up where that is allowed: then history and operator have been told once. */
function notices(seen: Seen, { givenUp = false }: Allowed): string[] {
  return seen.notices.flatMap(({ id, state }) => {
    if (state === 'sent') return [];
    if (state !== 'given_up' || !givenUp) return [`the notice ${id} is ${state}`];
    const entries = seen.timeline.filter(({ entryId }) => entryId === `notice_failed/${id}`);
    const facts = ids(seen, 'NotificationFailed').filter((fact) =>
      fact.endsWith(`/NotificationFailed/${id}`),
    );
    return entries.length === 1 && facts.length === 1
      ? []
      : [`nobody knows that the notice ${id} was given up`];
  });
}

function mails(seen: Seen, { repeatedMails = 0 }: Allowed): string[] {
  const tags = seen.mails.map(({ to, tag }) => `${to} ${tag}`);
  const repeated = tags.length - unique(tags).length;
  return repeated <= repeatedMails ? [] : [`${repeated} mails too many: ${tags.join(', ')}`];
}

/** Different facts of a type: one that is told again carries the same id. */
function ids({ events }: Seen, detailType: string): string[] {
  return unique(events.filter((event) => event.detailType === detailType).map(({ id }) => id));
}

function unique(texts: string[]): string[] {
  return [...new Set(texts)];
}

/** Named after the version of the lead, which a fault may raise. */
const OF_VERSION =
  /\b(lead_held|lead_updated|lead_nurtured|lead_promoted|LeadHeld|LeadNurtured|LeadPromoted|review_lapsed\/\d+|opportunity_updated\/[\w-]+|OpportunityUpdated\/[\w-]+|fact_told\/\w+|FactTold\/\w+)\/\d+|(held)-\d+/g;

/** Instants and versions may differ by as long as the fault lasted; how often something was said may not. */
function numbered(texts: string[]): string[] {
  const counts = new Map<string, number>();
  return texts.map((text) => {
    const plain = text
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|\d{4}-\d\d-\d\dT[\d_-]+Z/g, '@')
      .replaceAll(OF_VERSION, '$1$2 @');
    counts.set(plain, (counts.get(plain) ?? 0) + 1);
    return `${plain} (${counts.get(plain)})`;
  });
}
