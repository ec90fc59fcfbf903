/** Structured logs. What may be logged is a list of names; everything else is left out, so no personal data gets in. */
import { Logger } from '@aws-lambda-powertools/logger';
import { errorText, withoutAddresses } from './redact.ts';
import type { Log } from './services.ts';

/** Fields that hold identifiers, instants, counts and words of the product. */
const ALLOWED = new Set([
  ...[
    'leadId',
    'ticketId',
    'cycle',
    'clockId',
    'commitment',
    'rung',
    'run',
    'status',
    'outcome',
    'state',
    'next',
    'at',
    'until',
  ],
  ...[
    'personId',
    'ownerId',
    'previousOwnerId',
    'recipient',
    'poolId',
    'noticeId',
    'notice',
    'effectId',
    'kind',
  ],
  ...[
    'machine',
    'execution',
    'executionName',
    'executionArn',
    'detailType',
    'activityId',
    'version',
    'policyVersion',
  ],
  ...['requestId', 'correlationId', 'route', 'method', 'statusCode', 'durationMs', 'lateMs', 'latenessMs'],
  ...[
    'attempts',
    'count',
    'performed',
    'found',
    'finished',
    'failed',
    'started',
    'effects',
    'leadIds',
    'effectIds',
  ],
  ...['error', 'errorName', 'errorCodes', 'reconciler', 'dropped'],
]);

type Loggable = string | number | boolean | null | Loggable[];

/** A value that may be logged: primitives, lists of them, and errors as their text; undefined for anything else. */
function loggable(value: unknown): Loggable | undefined {
  if (value instanceof Error) return errorText(value);
  if (typeof value === 'string') return withoutAddresses(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (Array.isArray(value)) return value.map(loggable).filter((item) => item !== undefined);
  return undefined;
}

/** The allowed ones of these fields; the names (not the values) of the others are in `dropped`. */
export function allowedFields(fields: Record<string, unknown>): Record<string, Loggable> {
  const kept: Record<string, Loggable> = {};
  const dropped: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const shown = ALLOWED.has(name) ? loggable(value) : undefined;
    if (shown !== undefined) kept[name] = shown;
    else if (value !== undefined) dropped.push(name);
  }
  return dropped.length === 0 ? kept : { ...kept, dropped };
}

/** A log over Powertools; messages are written by us and lose anything that looks like a mail address. */
export function powertoolsLog(logger: Pick<Logger, 'info' | 'warn' | 'error'> = new Logger()): Log {
  return {
    info: (message, fields = {}) => logger.info(withoutAddresses(message), allowedFields(fields)),
    warn: (message, fields = {}) => logger.warn(withoutAddresses(message), allowedFields(fields)),
    error: (message, fields = {}) => logger.error(withoutAddresses(message), allowedFields(fields)),
  };
}
