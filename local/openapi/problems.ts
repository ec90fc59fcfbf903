/** What each problem status means, with an example of its body. */
import { GATEWAY_PROBLEMS } from '../../lambdas/api/gateway-problems.ts';
import type { ProblemBody } from '../../lambdas/api/schemas/problem.ts';
import { PROBLEM_BASE } from '../../lambdas/shared/problem.ts';

interface ProblemKind {
  description: string;
  example: Omit<ProblemBody, 'correlationId'>;
}

function kind(description: string, status: number, type: string, title: string, detail: string): ProblemKind {
  return { description, example: { type: `${PROBLEM_BASE}${type}`, title, status, detail } };
}

/** What the gateway answers by itself. */
function gatewayKind(
  description: string,
  on: 'INVALID_API_KEY' | 'REQUEST_TOO_LARGE' | 'UNSUPPORTED_MEDIA_TYPE' | 'THROTTLED',
): ProblemKind {
  const { status, type, title, detail } = GATEWAY_PROBLEMS[on];
  return kind(description, status, type, title, detail);
}

const invalid = kind(
  'The request is not valid; `errors` says where and what would be right.',
  400,
  'invalid-request',
  'The request is not valid',
  'Some parts of the request cannot be taken as they are.',
);

export const PROBLEMS: Record<number, ProblemKind> = {
  400: {
    ...invalid,
    example: {
      ...invalid.example,
      errors: [{ path: 'contact.email', message: 'must be an e-mail address like ada@example.com' }],
    },
  },
  403: gatewayKind('The API key is missing or wrong.', 'INVALID_API_KEY'),
  404: kind('There is nothing of this id.', 404, 'not-found', 'Not found', 'There is no lead of this id.'),
  409: kind(
    'The state of the record does not allow it; `type` says why.',
    409,
    'already-paused',
    'Already paused',
    'The clocks of this lead stand still already; resume them first.',
  ),
  413: gatewayKind('The body is larger than 1 MB.', 'REQUEST_TOO_LARGE'),
  415: gatewayKind('The body is of another type than JSON in UTF-8.', 'UNSUPPORTED_MEDIA_TYPE'),
  422: kind(
    'Valid by itself, but refused by a rule; `type` says which.',
    422,
    'roster-refused',
    'The roster would not work',
    'The person was not written.',
  ),
  429: gatewayKind(
    'Too many requests for this key in a second, or in a day: repeat after the seconds in `Retry-After`.',
    'THROTTLED',
  ),
  500: kind('A fault of ours.', 500, 'internal', 'Internal error', 'It is logged under the correlation id.'),
  503: kind(
    'A service behind the API is busy: repeat after the seconds in `Retry-After`.',
    503,
    'busy',
    'Busy',
    'The request may be repeated.',
  ),
};
