/** What each problem status means, with an example of its body. */
import { GATEWAY_PROBLEMS } from '../../lambdas/api/gateway-problems.ts';
import { LIFE_CONFLICTS, LIFE_REFUSALS } from './life-problems.ts';
import { problemExample, type Example } from './problem-example.ts';

interface ProblemKind {
  description: string;
  example: Example;
  /** Other types of the same status that a caller has to tell apart. */
  others: readonly Example[];
}

function kind(
  description: string,
  status: number,
  type: string,
  title: string,
  detail: string,
  others: readonly Example[] = [],
): ProblemKind {
  return { description, example: problemExample(status, type, title, detail), others };
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

const SUPPRESSED =
  'The person has been suppressed since 2026-11-20: Cadence exhausted (nobody answered); from 2027-02-18 on it takes a new high-intent act, or fresh engagement on 2027-05-20 or later.';

const CONFLICTS: readonly Example[] = [
  ...LIFE_CONFLICTS,
  problemExample(
    409,
    'taken-back',
    'The item was taken back',
    'sam/2026-W47/coaching was taken back: the facts no longer call for it, and nothing is left to close.',
  ),
  problemExample(
    409,
    'suppressed',
    'The lead is suppressed until 2027-02-18T15:04:05.000Z',
    SUPPRESSED,
    // Null: for ever, or until something that has no date.
    {
      until: '2027-02-18T15:04:05.000Z',
      reason: SUPPRESSED,
      scenario: 'cadence_exhausted',
      suppressed: 'person',
    },
  ),
  problemExample(
    409,
    'erased',
    'The personal data was removed',
    'The personal data of lead-5f2c9a0b7d1e4c3a8b6f0d2e was removed at 2026-12-01T10:00:00.000Z; nothing about it is taken in any more.',
    { erasedAt: '2026-12-01T10:00:00.000Z' },
  ),
  problemExample(
    409,
    'exclusion-known',
    'The exclusion has another end',
    'force_majeure from 2026-11-20T15:30:00.000Z is known and ends 2026-11-20T16:30:00.000Z; enter what was left out as another one.',
  ),
  problemExample(
    409,
    'not-in-review',
    'The inquiry is not offered for review',
    'No offer waits for an answer: the status is nurture and its score was 35 when the gate last looked.',
  ),
  problemExample(
    409,
    'too-many-signals',
    'Too many signals',
    '4990 signals are kept; with these there would be more than 5000, the most that the policy keeps of one inquiry.',
  ),
];

const REFUSALS: readonly Example[] = [
  ...LIFE_REFUSALS,
  problemExample(
    422,
    'about-oneself',
    'Nobody closes what is open about themselves',
    'mona cannot close what is open about mona.',
    { errors: [{ path: 'by', message: 'must be another manager than the person whom it is about' }] },
  ),
  problemExample(
    422,
    'too-early',
    'It cannot have happened then',
    'occurredAt must not lie before 2026-11-20T15:04:05.000Z, when the ticket was opened.',
    {
      errors: [
        {
          path: 'occurredAt',
          message: 'must not lie before 2026-11-20T15:04:05.000Z, when the ticket was opened',
        },
      ],
    },
  ),
  problemExample(
    422,
    'too-many-leads',
    'Too many leads for one report',
    'There are more than 5000 leads, the most that one report reads.',
  ),
  problemExample(422, 'not-a-manager', 'Only a manager decides about an inquiry', 'sam is not a manager.', {
    errors: [
      { path: 'by', message: 'must be an active person with one of the roles sdr_manager, ae_manager' },
    ],
  }),
  problemExample(
    422,
    'unknown-scenario',
    'The policy suppresses nobody by this scenario',
    'scenario must be one of cadence_exhausted, not_ready, bad_data, competitor.',
    {
      errors: [
        { path: 'scenario', message: 'must be one of cadence_exhausted, not_ready, bad_data, competitor' },
      ],
    },
  ),
  problemExample(
    422,
    'reason-names-person',
    'The reason names somebody',
    'reason must not hold a mail address.',
    {
      errors: [{ path: 'reason', message: 'must not hold a mail address' }],
    },
  ),
];

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
    CONFLICTS,
  ),
  413: gatewayKind('The body is larger than 1 MB.', 'REQUEST_TOO_LARGE'),
  415: gatewayKind('The body is of another type than JSON in UTF-8.', 'UNSUPPORTED_MEDIA_TYPE'),
  422: kind(
    'Valid by itself, but refused by a rule; `type` says which.',
    422,
    'roster-refused',
    'The roster would not work',
    'The person was not written.',
    REFUSALS,
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
