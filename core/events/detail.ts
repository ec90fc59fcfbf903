/** The envelope that every event carries. */
import type { Effect } from '../model/effects.ts';
import type { Iso } from '../time.ts';
import { EVENT_VERSION, parseEventData } from './schemas.ts';

export interface EventDetail {
  metadata: {
    /** The same for every delivery of the same fact: what a consumer drops duplicates by. */
    id: string;
    version: string;
    /** When the fact became one, not when it was published. */
    time: Iso;
    correlationId: string;
  };
  data: Record<string, unknown>;
}

/**
 * The detail of an event. Its id is the effect's within the lead, so that publishing again after a failure repeats
 * the same event instead of making another.
 * @throws TypeError if the data does not fit the schema of its type
 */
export function eventDetail(effect: Extract<Effect, { kind: 'event' }>, correlationId: string): EventDetail {
  const data = parseEventData(effect.detailType, effect.data);
  const subject = data['leadId'] ?? data['ticketId'] ?? data['personId'];
  const prefix = typeof subject === 'string' ? `${subject}/` : '';
  const id = effect.id.startsWith(prefix) ? effect.id : `${prefix}${effect.id}`;
  return { metadata: { id, version: EVENT_VERSION, time: effect.at, correlationId }, data };
}
