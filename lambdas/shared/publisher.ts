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

interface Prepared {
  effectId: string;
  entry: PutEventsRequestEntry;
}

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
  /** @returns what was refused, with the codes */
  async function put(prepared: Prepared[]): Promise<(Prepared & { code: string })[]> {
    const answer = await client.send(new PutEventsCommand({ Entries: prepared.map(({ entry }) => entry) }));
    if ((answer.FailedEntryCount ?? 0) === 0) return [];
    const refused = prepared.flatMap((one, index) => {
      const code = answer.Entries?.[index]?.ErrorCode;
      return code === undefined ? [] : [{ ...one, code }];
    });
    // Refused, but not told which: twice is better than never.
    return refused.length > 0 ? refused : prepared.map((one) => ({ ...one, code: 'unknown' }));
  }

  /** @param later what follows in other batches, and is not sent any more if this one is refused */
  async function putAll(prepared: Prepared[], later: Prepared[]): Promise<void> {
    let refused = await put(prepared);
    for (const ms of backOff) {
      if (refused.length === 0) return;
      await wait(ms);
      refused = await put(refused);
    }
    if (refused.length === 0) return;
    const codes = [...new Set(refused.map(({ code }) => code))].join(', ');
    const message = `${refused.length} of ${prepared.length} events were refused: ${codes}`;
    const missing = [...refused, ...later].map(({ effectId }) => effectId);
    throw new EventsRefused(message, missing);
  }

  return {
    async publish(events, correlationId): Promise<void> {
      const prepared = events.map((event) => ({
        effectId: event.id,
        entry: entryOf(event, busName, correlationId, outbound),
      }));
      for (let from = 0; from < prepared.length; from += BATCH) {
        await putAll(prepared.slice(from, from + BATCH), prepared.slice(from + BATCH));
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
