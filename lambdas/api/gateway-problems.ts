/** What API Gateway refuses by itself, before a function is called: one table for the deployed and the embedded gateway. */

export interface GatewayProblem {
  status: number;
  /** Last part of the problem's stable `type`. */
  type: string;
  title: string;
  /** In place of the gateway's own words, where these mislead. */
  detail?: string;
  /** What would be right, where a function would have listed it. */
  errors?: readonly { path: string; message: string }[];
  /** Seconds after which the request may be repeated. */
  retryAfterS?: number;
}

const INVALID = { status: 400, type: 'invalid-request', title: 'The request is not valid' } as const;
const FORBIDDEN = { status: 403, type: 'forbidden', title: 'Forbidden' } as const;
const UNAVAILABLE = {
  status: 503,
  type: 'unavailable',
  title: 'Unavailable',
  detail: 'The request could not be worked on. It may be repeated.',
} as const;

/** By the gateway's type of response. */
export const GATEWAY_PROBLEMS = {
  BAD_REQUEST_BODY: {
    ...INVALID,
    detail: 'The body must be a JSON object.',
    errors: [{ path: '', message: 'must be a JSON object' }],
  },
  BAD_REQUEST_PARAMETERS: INVALID,
  INVALID_API_KEY: {
    ...FORBIDDEN,
    detail: 'The header x-api-key must carry a key of this environment.',
  },
  ACCESS_DENIED: { ...FORBIDDEN, detail: 'This caller may not do so.' },
  WAF_FILTERED: { ...FORBIDDEN, detail: 'The firewall before the API has refused the request.' },
  // The gateway says so, misleadingly, of every path and method that does not exist.
  MISSING_AUTHENTICATION_TOKEN: {
    status: 404,
    type: 'not-found',
    title: 'Not found',
    detail: 'The API has no such path and method.',
  },
  REQUEST_TOO_LARGE: {
    status: 413,
    type: 'too-large',
    title: 'Request too large',
    detail: 'The body must be smaller than 1 MB.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    type: 'unsupported-media-type',
    title: 'Unsupported media type',
    detail: 'The content type must be application/json in UTF-8.',
  },
  THROTTLED: {
    status: 429,
    type: 'too-many-requests',
    title: 'Too many requests',
    detail: 'More requests per second than this key may make. The request had no effect and may be repeated.',
    retryAfterS: 1,
  },
  QUOTA_EXCEEDED: {
    status: 429,
    type: 'quota-exceeded',
    title: 'Daily quota used up',
    detail: 'This key has made all its requests of today; the next day (UTC) brings new ones.',
    retryAfterS: 3600,
  },
  INTEGRATION_FAILURE: UNAVAILABLE,
  INTEGRATION_TIMEOUT: UNAVAILABLE,
  DEFAULT_5XX: {
    status: 500,
    type: 'internal',
    title: 'Internal error',
    detail: 'Something failed on our side; it is logged under the correlation id.',
  },
} as const satisfies Record<string, GatewayProblem>;

export type GatewayResponseType = keyof typeof GATEWAY_PROBLEMS;
