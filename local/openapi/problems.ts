/** What each problem status means, with an example of its body. */
import type { ProblemBody } from '../../lambdas/api/schemas/problem.ts';
import { PROBLEM_BASE } from '../../lambdas/shared/problem.ts';

interface ProblemKind {
  description: string;
  example: Omit<ProblemBody, 'correlationId'>;
}

function kind(description: string, status: number, type: string, title: string, detail: string): ProblemKind {
  return { description, example: { type: `${PROBLEM_BASE}${type}`, title, status, detail } };
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
  403: kind(
    'The API key is missing or wrong.',
    403,
    'forbidden',
    'Forbidden',
    'A valid key belongs in x-api-key.',
  ),
  404: kind('There is nothing of this id.', 404, 'not-found', 'Not found', 'There is no lead of this id.'),
  409: kind(
    'The state of the record does not allow it; `type` says why.',
    409,
    'already-paused',
    'Already paused',
    'The clocks of this lead stand still already; resume them first.',
  ),
  422: kind(
    'Valid by itself, but refused by a rule; `type` says which.',
    422,
    'roster-refused',
    'The roster would not work',
    'The person was not written.',
  ),
  429: kind(
    'Too many requests for this key.',
    429,
    'too-many-requests',
    'Too many requests',
    'Slow down and repeat.',
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
