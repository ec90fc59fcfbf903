/** From errors to answers: `application/problem+json` (RFC 9457) with a stable `type` and no internals. */
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { z } from 'zod';
import { LeadNotFound, Problem, VersionConflict } from './errors.ts';

/** Start of every problem's `type`; the rest is stable and named in the API's documentation. */
export const PROBLEM_BASE = 'urn:lead-sla:problem:';
/** Faults that an answer lists at most: a request can hold more of them than an answer may be long. */
const MOST_FAULTS = 50;
/** Seconds after which a request that met a busy service may be repeated. */
const RETRY_AFTER_S = 2;

const BUSY = new Set([
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'RequestThrottled',
  'RequestThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'LimitExceededException',
  'SlowDown',
  'ProvisionedThroughputExceededException',
  'TransactionInProgressException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'InternalServerError',
  'InternalServerException',
  'InternalServiceError',
  'InternalFailure',
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'AbortError',
  'ExecutionLimitExceeded',
  'MailThrottled',
  'EventsRefused',
]);

/** The problem that tells a caller of this error; a fault of ours (500) for whatever is not known. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof LeadNotFound)
    return new Problem(404, 'not-found', 'Not found', 'There is no lead of this id.');
  if (error instanceof VersionConflict) {
    return busy('Others are writing the same record. The request had no effect and may be repeated.');
  }
  if (isBusy(error)) return busy('A service behind the API is busy. The request may be repeated.');
  return new Problem(
    500,
    'internal',
    'Internal error',
    'Something failed on our side; it is logged under the correlation id.',
  );
}

/** The problem as an answer of API Gateway. */
export function problemAnswer(problem: Problem, correlationId: string): APIGatewayProxyResult {
  const { status, type, title, message: detail, extra } = problem;
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'x-correlation-id': correlationId,
      'cache-control': 'no-store',
      ...(status === 503 ? { 'retry-after': String(RETRY_AFTER_S) } : {}),
    },
    body: JSON.stringify({ ...extra, type: `${PROBLEM_BASE}${type}`, title, status, detail, correlationId }),
  };
}

/** 400 with the list of what is wrong and what would be right; of a very long list, the beginning. */
export function invalidRequest(
  errors: { path: string; message: string }[],
  detail = 'Some parts of the request cannot be taken as they are.',
): Problem {
  const shown = errors.slice(0, MOST_FAULTS);
  const more = errors.length - shown.length;
  if (more > 0) shown.push({ path: '', message: `and ${more} more faults` });
  return new Problem(400, 'invalid-request', 'The request is not valid', detail, { errors: shown });
}

/** A name that the caller chose, as far as it can be a field's: anything else might be somebody's address or a page of text. */
export function shownName(name: string): string {
  return /^[A-Za-z_][\w-]{0,63}$/.test(name) ? name : '(unreadable name)';
}

/** One entry per fault; each unknown key is named with its own path. */
export function faults(issues: readonly z.core.$ZodIssue[], root = ''): { path: string; message: string }[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys')
      return [{ path: pathText([root, ...issue.path]), message: issue.message }];
    return issue.keys.map((key) => ({
      path: pathText([root, ...issue.path, shownName(key)]),
      message: 'is not a known field; check its spelling or leave it out',
    }));
  });
}

/** What would be right, in words, where the schema has no message of its own. */
export function messageOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is required: ${kind(issue.expected)}`
        : `must be ${kind(issue.expected)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'must not be empty'
        : `must ${bound('at least', 'more than', issue.inclusive, issue.minimum, issue.origin)}`;
    case 'too_big':
      return `must ${bound('at most', 'less than', issue.inclusive, issue.maximum, issue.origin)}`;
    default:
      return undefined;
  }
}

function bound(
  inclusive: string,
  exclusive: string,
  isInclusive: boolean | undefined,
  limit: number | bigint,
  origin: string,
): string {
  const words = `${isInclusive === false ? exclusive : inclusive} ${limit.toString()}`;
  if (origin === 'string') return `have ${words} characters`;
  return origin === 'array' ? `have ${words} entries` : `be ${words}`;
}

function kind(expected: string): string {
  const names: Record<string, string> = {
    int: 'a whole number',
    array: 'a list',
    object: 'an object',
    boolean: 'true or false',
  };
  return names[expected] ?? `a ${expected}`;
}

/** `contact.email`, `signals[2].at`; empty for the whole. */
function pathText(parts: PropertyKey[]): string {
  return parts
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\.+/, '');
}

function busy(detail: string): Problem {
  return new Problem(503, 'busy', 'Busy', detail);
}

/** Throttled, timed out or out of order: worth a repetition, unlike a refusal. */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return BUSY.has(error.name) || BUSY.has(code);
}
