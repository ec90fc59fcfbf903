/** EventBridge over the wire: takes events and keeps them. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { iso } from '../../core/time.ts';
import type { SystemClock } from '../../lambdas/shared/clock.ts';
import type { Journal } from '../data/journal.ts';
import type { Json } from '../json.ts';
import { parseJson } from '../json.ts';
import { ServiceError, checked } from './protocol.ts';
import type { Operation } from './protocol.ts';

const MOST_ENTRIES = 10;
const entrySchema = z.object({
  Source: z.string().min(1).optional(),
  DetailType: z.string().min(1).optional(),
  Detail: z.string().optional(),
});
const putEventsRequest = z.object({ Entries: z.array(entrySchema).min(1) });
type Entry = z.infer<typeof entrySchema>;

/** An event as `GET /local/events` shows it. */
export interface KeptEvent {
  at: string;
  detailType: string;
  detail: Json;
}

/** @param onEvent called with each event that was taken */
export function eventBridge(
  journal: Journal,
  clock: SystemClock,
  onEvent: (event: KeptEvent) => void,
): Record<string, Operation> {
  const take = (entry: Entry): Record<string, string> => {
    const { Source, DetailType, Detail } = entry;
    if (Source === undefined || DetailType === undefined || Detail === undefined) {
      return refused('InvalidArgument', 'Source, DetailType and Detail are required.');
    }
    const detail = parsed(Detail);
    if (detail === undefined) return refused('MalformedDetail', 'Detail is malformed.');
    const event = { at: iso(clock.now()), detailType: DetailType, detail };
    journal.append(event);
    onEvent(event);
    return { EventId: randomUUID() };
  };
  return {
    PutEvents: (request) => {
      const { Entries } = checked(putEventsRequest, request);
      if (Entries.length > MOST_ENTRIES) {
        throw new ServiceError('ValidationException', `At most ${MOST_ENTRIES} entries in one request.`);
      }
      const entries = Entries.map(take);
      return { FailedEntryCount: entries.filter((entry) => 'ErrorCode' in entry).length, Entries: entries };
    },
  };
}

/** Detail must be a JSON object. */
function parsed(text: string): Json | undefined {
  try {
    const value = parseJson(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function refused(code: string, message: string): Record<string, string> {
  return { ErrorCode: code, ErrorMessage: message };
}
