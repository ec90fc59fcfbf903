/** Plays arrivals and contacts to a system in the order of their times. */
import { setTimeout as sleep } from 'node:timers/promises';
import { iso } from '../../core/time.ts';
import type { EpochMs } from '../../core/time.ts';
import { Refused } from './client.ts';
import type { LeadApi, SeenLead } from './client.ts';
import type { FirstContact } from './contacts.ts';
import type { Arrival } from './leads.ts';
import type { BadRow } from './rows.ts';
import type { Moment } from './schedule.ts';

/** How often a lead is looked at until it has an owner, and how long; real milliseconds. */
const LOOK_EVERY_MS = 2;
const LOOK_FOR_MS = 10_000;
/** Leads under way at a time, towards a system whose clock cannot be set. */
const MOST_AT_ONCE = 64;

export interface Played {
  /** Ids of the leads, in the order of their arrival. */
  leadIds: string[];
  /** Leads that the system had already. */
  known: number;
  /** Real milliseconds from sending the POST until the lead was seen with an owner, one for each new lead. */
  ownerMs: number[];
  /** New leads for which nobody was available, or that had no owner after {@link LOOK_FOR_MS}. */
  withoutOwner: number;
  contacts: number;
  refused: BadRow[];
}

export interface Pace {
  /** The system's clock is set to each moment; otherwise so many moments are sent in a real second. */
  rate: number | null;
  onMoment?: (moment: Moment) => void;
  /** Ends the replay after the moment under way. */
  signal?: AbortSignal;
}

/** Plays all moments; what the system refuses is noted and the rest goes on. */
export async function play(api: LeadApi, moments: readonly Moment[], pace: Pace): Promise<Played> {
  const player = new Player(api);
  const started = performance.now();
  const underWay = new Set<Promise<void>>();
  for (const [i, moment] of moments.entries()) {
    if (pace.signal?.aborted === true) break;
    if (pace.rate === null) {
      await api.advanceTo(moment.at);
      await player.take(moment);
    } else {
      await sleep(Math.max(0, started + (i * 1000) / pace.rate - performance.now()));
      const taking = player.take(moment).finally(() => underWay.delete(taking));
      underWay.add(taking);
      if (underWay.size >= MOST_AT_ONCE) await Promise.race(underWay);
    }
    pace.onMoment?.(moment);
  }
  await Promise.all(underWay);
  return player.played;
}

class Player {
  readonly played: Played = { leadIds: [], known: 0, ownerMs: [], withoutOwner: 0, contacts: 0, refused: [] };
  readonly #api: LeadApi;
  /** By the record's id: the lead's id once it was taken, or undefined if it was not. */
  readonly #taken = new Map<string, Promise<string | undefined>>();

  constructor(api: LeadApi) {
    this.#api = api;
  }

  async take(moment: Moment): Promise<void> {
    if (moment.kind === 'contact') return this.#contact(moment.contact);
    const taking = this.#arrive(moment.arrival);
    this.#taken.set(moment.arrival.id, taking);
    await taking;
  }

  async #arrive({ line, body }: Arrival): Promise<string | undefined> {
    try {
      const sentAt = performance.now();
      const { lead, isNew } = await this.#api.submit(body);
      this.played.leadIds.push(lead.leadId);
      if (isNew) await this.#untilOwned(lead, sentAt);
      else this.played.known += 1;
      return lead.leadId;
    } catch (error) {
      this.#refuse(line, '', error);
      return undefined;
    }
  }

  async #untilOwned(posted: SeenLead, sentAt: number): Promise<void> {
    let lead = posted;
    while (lead.owner === null && lead.unassignedSince === null && performance.now() < sentAt + LOOK_FOR_MS) {
      await sleep(LOOK_EVERY_MS);
      lead = await this.#api.lead(posted.leadId);
    }
    if (lead.owner === null) this.played.withoutOwner += 1;
    else this.played.ownerMs.push(performance.now() - sentAt);
  }

  async #contact({ line, id, at }: FirstContact): Promise<void> {
    const leadId = await this.#taken.get(id);
    if (leadId === undefined) return;
    try {
      const { owner } = await this.#api.lead(leadId);
      await this.#api.record(leadId, {
        activityId: `replay-contact-${id}`.replace(/[^\x21-\x7e]/g, '_').slice(0, 128),
        type: 'call',
        outcome: 'connected',
        occurredAt: iso(at),
        recordedBy: { kind: 'system', name: 'replay' },
        ...(owner === null ? {} : { personId: owner.personId }),
      });
      this.played.contacts += 1;
    } catch (error) {
      this.#refuse(line, 'contact: ', error);
    }
  }

  #refuse(line: number, what: string, error: unknown): void {
    const reason = error instanceof Refused ? error.message : `no answer (${text(error)})`;
    this.played.refused.push({ line, reason: `${what}${reason}` });
  }
}

/**
 * Lets the system's clock run on until every ladder has ended.
 * @param last instant of the last moment
 * @param until an instant to stop at instead
 * @returns where the clock stands, and how many executions still wait
 */
export async function finish(
  api: LeadApi,
  last: EpochMs,
  until: EpochMs | null,
): Promise<{ at: EpochMs; waiting: number }> {
  const end = until ?? last + 3 * DAY_MS;
  // In steps, so that no answer takes longer than a client waits.
  for (let at = last; at < end; at = Math.min(at + 7 * DAY_MS, end)) await api.advanceTo(at);
  await api.advanceTo(end);
  let at = end;
  let waiting = await api.running();
  while (until === null && waiting > 0 && at < end + LONGEST_LADDER_MS) {
    at += DAY_MS;
    await api.advanceTo(at);
    waiting = await api.running();
  }
  return { at, waiting };
}

const DAY_MS = 86_400_000;
/** Beyond this a ladder that still runs was paused or waits for a person. */
const LONGEST_LADDER_MS = 60 * DAY_MS;

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
