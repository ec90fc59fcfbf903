/** Events on the bus. An answer of 200 may still hold refused entries, so each answer is counted. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { EventBridgeClient, PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { eventDetail } from '../../core/events/detail.ts';
import { outboundOf } from '../../core/events/outbound.ts';
import type { OutboundSettings } from '../../core/events/outbound.ts';
import { EVENT_SOURCE } from '../../core/events/schemas.ts';
import type { Effect } from '../../core/model/effects.ts';
import { storedMs } from '../../core/time.ts';
import { EventsRefused } from './errors.ts';
import type { EventPublisher } from './services.ts';

/** The most entries that one PutEvents takes. */
const BATCH = 10;
/** Waits between tries of refused entries, in milliseconds. Short: somebody's rung is behind them. */
const BACK_OFF = [100, 400, 1600];

export interface PublisherOptions {
  /** What events take along for systems outside. */
  outbound?: OutboundSettings | undefined;
  /** Waits before each further try of what was refused, in milliseconds. */
  backOff?: readonly number[];
  /** Waits; replaced in tests. */
  wait?: (ms: number) => Promise<unknown>;
}

/**
 * A publisher to one bus. Publishing is at least once; the id in the metadata is the same each time.
 * Its `publish` throws EventsRefused with the error codes when entries are still refused after the last try, and
 * TypeError before anything is sent when data does not fit its schema.
 */
export function eventBridgePublisher(
  client: EventBridgeClient,
  busName: string,
  { backOff = BACK_OFF, wait = sleep, outbound }: PublisherOptions = {},
): EventPublisher {
  /** @returns the entries that were refused, with their codes */
  async function put(
    entries: PutEventsRequestEntry[],
  ): Promise<{ entry: PutEventsRequestEntry; code: string }[]> {
    const answer = await client.send(new PutEventsCommand({ Entries: entries }));
    if ((answer.FailedEntryCount ?? 0) === 0) return [];
    const refused = entries.flatMap((entry, index) => {
      const code = answer.Entries?.[index]?.ErrorCode;
      return code === undefined ? [] : [{ entry, code }];
    });
    // Refused, but not told which: twice is better than never.
    return refused.length > 0 ? refused : entries.map((entry) => ({ entry, code: 'unknown' }));
  }

  async function putAll(entries: PutEventsRequestEntry[]): Promise<void> {
    let refused = await put(entries);
    for (const ms of backOff) {
      if (refused.length === 0) return;
      await wait(ms);
      refused = await put(refused.map(({ entry }) => entry));
    }
    if (refused.length === 0) return;
    const codes = [...new Set(refused.map(({ code }) => code))].join(', ');
    throw new EventsRefused(`${refused.length} of ${entries.length} events were refused: ${codes}`);
  }

  return {
    async publish(events, correlationId): Promise<void> {
      const entries = events.map((event) => entryOf(event, busName, correlationId, outbound));
      for (let from = 0; from < entries.length; from += BATCH) {
        await putAll(entries.slice(from, from + BATCH));
      }
    },
  };
}

function entryOf(
  event: Extract<Effect, { kind: 'event' }>,
  busName: string,
  correlationId: string,
  settings: OutboundSettings = {},
): PutEventsRequestEntry {
  const detail = eventDetail(event, correlationId);
  const outbound = outboundOf(settings, event.detailType, detail.data);
  return {
    EventBusName: busName,
    Source: EVENT_SOURCE,
    DetailType: event.detailType,
    Time: new Date(storedMs(event.at)),
    Detail: JSON.stringify(outbound === undefined ? detail : { ...detail, outbound }),
  };
}
