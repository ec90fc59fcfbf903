/**
 * Sends the events again that a target has refused. Each goes on the bus under a source of its own and with the ARN of
 * its rule as the resource: that rule alone takes it, and the other consumers do not hear it twice.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  PutEventsCommand,
  type EventBridgeClient,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge';
import type { Message } from '@aws-sdk/client-sqs';
import { REDRIVE_SOURCE } from '../../core/events/schemas.ts';
import { awsClients } from '../shared/aws.ts';
import { readMessage, ruleName, type Broken, type Undelivered } from './message.ts';
import { batches, deleteAll, putBack, type Queue } from './queue.ts';

const PER_SECOND = 20;

export interface Place extends Queue {
  events: EventBridgeClient;
  busName: string;
}

export interface RedriveOptions {
  /** Most events to send; all if left out. */
  max?: number | undefined;
  /** Only those of this rule, by its name or the end of it, such as `crm`; of all rules if left out. */
  rule?: string | undefined;
  /** Events a second, 20 if left out. */
  perSecond?: number | undefined;
  /** Ends the run after the batch that it is at. */
  signal?: AbortSignal | undefined;
  /** Waits, in milliseconds; replaced in tests. */
  wait?: (ms: number) => Promise<unknown>;
}

export interface RedriveReport {
  /** Events that were sent again and deleted from the queue. */
  sent: number;
  /** Sent again but not deleted: the next run sends them once more, with the same `metadata.id`. */
  sentButKept: number;
  /** Refused by the bus, by the code that it gave; they stay. */
  refused: Record<string, number>;
  /** Of other rules, or beyond `max`; they stay. */
  passedOver: number;
  /** Cannot be sent; they stay. */
  broken: Broken[];
}

/** The queue and bus at an endpoint, as the end-to-end run has them. */
export function placeAt(endpoint: string, region: string, queueUrl: string, busName: string): Place {
  const env = {
    ...{ AWS_ENDPOINT_URL: endpoint, AWS_REGION: region },
    ...{ AWS_ACCESS_KEY_ID: 'emulator', AWS_SECRET_ACCESS_KEY: 'emulator' },
  };
  const { sqs, events } = awsClients({ env });
  return { sqs, events, queueUrl, busName };
}

/**
 * Sends what waits. A message is deleted only after the bus has taken its event, so that a run may be interrupted and
 * repeated: nothing is lost, and what comes twice has the same `metadata.id`.
 */
export async function redrive(place: Place, options: RedriveOptions = {}): Promise<RedriveReport> {
  const { max = Infinity, perSecond = PER_SECOND, wait = sleep, signal } = options;
  const report: RedriveReport = { sent: 0, sentButKept: 0, refused: {}, passedOver: 0, broken: [] };
  const stay: string[] = [];
  try {
    for await (const messages of batches(place)) {
      const sorted = sort(messages, options.rule);
      const room = Math.max(0, max - report.sent - report.sentButKept);
      const [now, later] = [sorted.mine.slice(0, room), sorted.mine.slice(room)];
      report.passedOver += sorted.others.length + later.length;
      report.broken.push(...sorted.broken);
      stay.push(...sorted.stay, ...later.map(({ receipt }) => receipt));
      const refused = await send(place, now, report);
      stay.push(...refused.map(({ receipt }) => receipt));
      if (signal?.aborted === true || report.sent + report.sentButKept >= max) break;
      if (now.length > 0) await wait((now.length * 1000) / perSecond);
    }
  } finally {
    await putBack(place, stay);
  }
  return report;
}

/** `crm` stands for the rule of that name of any environment, `lead-sla-prod-crm`. */
function isOf(event: Undelivered, rule: string | undefined): boolean {
  if (rule === undefined) return true;
  const name = ruleName(event.rule);
  return name === rule || name.endsWith(`-${rule}`);
}

interface Sorted {
  mine: Undelivered[];
  others: Undelivered[];
  broken: Broken[];
  /** Receipts of what is not touched. */
  stay: string[];
}

function sort(messages: readonly Message[], rule: string | undefined): Sorted {
  const sorted: Sorted = { mine: [], others: [], broken: [], stay: [] };
  for (const message of messages) {
    const read = readMessage(message);
    const isMine = !('reason' in read) && isOf(read, rule);
    if (isMine) sorted.mine.push(read);
    else if (message.ReceiptHandle !== undefined) sorted.stay.push(message.ReceiptHandle);
    if ('reason' in read) sorted.broken.push(read);
    else if (!isMine) sorted.others.push(read);
  }
  return sorted;
}

/** Sends at most a batch, and deletes what the bus has taken. @returns what it has refused */
async function send(
  place: Place,
  events: readonly Undelivered[],
  report: RedriveReport,
): Promise<Undelivered[]> {
  if (events.length === 0) return [];
  const { Entries = [], FailedEntryCount = 0 } = await place.events.send(
    new PutEventsCommand({ Entries: events.map((event) => entryOf(event, place.busName)) }),
  );
  const codes = events.map((_, index) => Entries[index]?.ErrorCode);
  const told = codes.filter((code) => code !== undefined).length;
  // Some were refused and the answer does not say which: twice is better than never.
  const unclear = FailedEntryCount > told;
  const refused: Undelivered[] = [];
  const taken: string[] = [];
  for (const [index, event] of events.entries()) {
    const code = codes[index] ?? (unclear ? 'unknown' : undefined);
    if (code === undefined) taken.push(event.receipt);
    else {
      refused.push(event);
      report.refused[code] = (report.refused[code] ?? 0) + 1;
    }
  }
  const kept = await deleteAll(place, taken);
  report.sent += taken.length - kept;
  report.sentButKept += kept;
  return refused;
}

function entryOf(event: Undelivered, EventBusName: string): PutEventsRequestEntry {
  return {
    EventBusName,
    Source: REDRIVE_SOURCE,
    DetailType: event.detailType,
    Resources: [event.rule],
    Detail: JSON.stringify(event.detail),
    ...(event.time === undefined ? {} : { Time: event.time }),
  };
}
