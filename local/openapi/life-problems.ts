/** Why a command of a lead's life is refused: types that a caller has to tell apart, each with what would be allowed. */
import type { LeadStatus } from '../../core/model/lead.ts';
import { allowedIn } from '../../core/lifecycle/commands/table.ts';
import { problemExample, type Example } from './problem-example.ts';

function conflict(type: string, detail: string, status: LeadStatus, errors?: object[]): Example {
  const more = { allowed: allowedIn(status), ...(errors && { errors }) };
  return problemExample(409, type, 'The lead does not allow it now', detail, more);
}

function refusal(type: string, detail: string, status: LeadStatus, errors: object[]): Example {
  const more = { allowed: allowedIn(status), errors };
  return problemExample(422, type, 'Something is missing or wrong', detail, more);
}

const NOT_THE_AE = 'The SQL has been handed over to alice, who alone accepts or rejects it.';

const MADE = 'lead_accepted is brought about by POST /leads/{leadId}/accept, and is not told.';
const TOLD = 'Those that can be told are lead_reviewed, sequence_enrolled, partner_feedback_given.';
const NOT_A_STEP =
  'That is not a next step. Say what happens next, who does it and with whom, e.g. "Security review with their CISO".';
const NOT_A_STAGE = 'Stages follow one another, and the opportunity is in 2. The next one is 3.';
const NOT_YET = 'It starts at 2026-12-03T15:00:00.000Z, and it is 2026-12-01T16:05:12.000Z now.';

export const LIFE_CONFLICTS: readonly Example[] = [
  conflict(
    'not-allowed',
    `A lead in status assigned cannot be promoted to SQL: that takes sal. Allowed now: ${allowedIn('assigned').join(', ')}.`,
    'assigned',
  ),
  conflict('no-ae', 'The SQL has no AE yet: its briefing has to be completed, and an AE notified.', 'sql', [
    { path: 'handoff', message: 'no AE has been notified' },
  ]),
  conflict('not-the-ae', NOT_THE_AE, 'sql', [{ path: 'by', message: NOT_THE_AE }]),
  conflict(
    'opportunity-closed',
    'The opportunity was won at 2027-01-28T15:10:00.000Z; nothing changes any more.',
    'opportunity',
  ),
];

export const LIFE_REFUSALS: readonly Example[] = [
  refusal(
    'sql-gate',
    'A lead is an SQL when nothing is missing that an AE relies on. Missing here: meeting.link, meddpic.metrics.',
    'sal',
    [
      { path: 'meeting.link', message: 'is required: a link like https://meet.example/…' },
      {
        path: 'meddpic.metrics',
        message: 'is required, in words of its own (No SQL; back to nurture)',
      },
    ],
  ),
  refusal(
    'attempts-missing',
    'Unable to reach takes more attempts first. 3 of 8 attempts; 5 more. Or a manager signs an early one: signedBy.',
    'assigned',
    [{ path: 'attempts', message: '3 of 8 attempts; 5 more.' }],
  ),
  refusal(
    'unknown-code',
    'A rejection by an AE needs one of these codes: AE-REJ-01 (No genuine pain confirmed), AE-REJ-02 (Timeline beyond 12 months), AE-REJ-03 (Wrong buyer), AE-REJ-04 (Meeting cancelled by the prospect), AE-REJ-05 (Territory conflict).',
    'sql',
    [{ path: 'code', message: 'must be one of AE-REJ-01, AE-REJ-02, AE-REJ-03, AE-REJ-04, AE-REJ-05' }],
  ),
  refusal('made-otherwise', MADE, 'assigned', [{ path: 'fact', message: MADE }]),
  refusal('unknown-fact', TOLD, 'assigned', [{ path: 'fact', message: TOLD }]),
  refusal('not-a-next-step', NOT_A_STEP, 'opportunity', [{ path: 'nextStep.what', message: NOT_A_STEP }]),
  refusal('stage', NOT_A_STAGE, 'opportunity', [{ path: 'stage', message: NOT_A_STAGE }]),
  refusal('meeting-state', NOT_YET, 'opportunity', [{ path: 'state', message: NOT_YET }]),
  refusal(
    'briefing-unread',
    'Accept an SQL only after reading its briefing: confirm it with briefingRead true.',
    'sql',
    [{ path: 'briefingRead', message: 'the AE has to confirm that the briefing was read' }],
  ),
];
