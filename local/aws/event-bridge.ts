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

const erasedSchema = z.object({ data: z.object({ leadId: z.string() }) });

/**
 * @param onEvent called with each event that was taken
 * @param onErased called before an event is taken that says that personal data was removed; if it throws, the event is
 *   not taken, so that its sender sends it again
 */
export function eventBridge(
  journal: Journal,
  clock: SystemClock,
  onEvent: (event: KeptEvent) => void,
  onErased: (leadId: string) => Promise<void> = () => Promise.resolve(),
): Record<string, Operation> {
  const take = async (entry: Entry): Promise<Record<string, string>> => {
    const { Source, DetailType, Detail } = entry;
    if (Source === undefined || DetailType === undefined || Detail === undefined) {
      return refused('InvalidArgument', 'Source, DetailType and Detail are required.');
    }
    const detail = parsed(Detail);
    if (detail === undefined) return refused('MalformedDetail', 'Detail is malformed.');
    if (DetailType === 'PersonalDataErased') {
      const erased = erasedSchema.safeParse(detail);
      if (erased.success) await onErased(erased.data.data.leadId);
    }
    const event = { at: iso(clock.now()), detailType: DetailType, detail };
    journal.append(event);
    onEvent(event);
    return { EventId: randomUUID() };
  };
  return {
    PutEvents: async (request) => {
      const { Entries } = checked(putEventsRequest, request);
      if (Entries.length > MOST_ENTRIES) {
        throw new ServiceError('ValidationException', `At most ${MOST_ENTRIES} entries in one request.`);
      }
      const entries: Record<string, string>[] = [];
      for (const entry of Entries) entries.push(await take(entry));
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
