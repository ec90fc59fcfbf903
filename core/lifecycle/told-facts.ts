/**
 * Words of the policy that somebody has to tell, since nothing in the product makes them happen: adding an SLA is
 * editing the policy (docs/adr/0028-facts-are-told.md).
 */
import type { CompiledPolicy } from '../policy/compiled.ts';
import { COMMANDS } from './commands/command.ts';
import type { Command } from './commands/command.ts';
import { TABLE } from './commands/table.ts';

const ROUTE_OF: Readonly<Record<Command, string>> = {
  accept: 'POST /leads/{leadId}/accept',
  reject: 'POST /leads/{leadId}/reject',
  promote: 'POST /leads/{leadId}/promote',
  complete_briefing: 'PUT /leads/{leadId}/briefing',
  introduce: 'POST /leads/{leadId}/introduction',
  ae_accept: 'POST /leads/{leadId}/ae-accept',
  ae_reject: 'POST /leads/{leadId}/ae-reject',
  arbitrate: 'POST /leads/{leadId}/arbitrate',
  sign_discovery_delay: 'POST /leads/{leadId}/discovery-delay',
  dispose: 'POST /leads/{leadId}/dispose',
};

/** Commands bring these about, and they come to pass without any command as well: a look, a word to Marketing. */
const TOLD_TOO: readonly string[] = ['lead_reviewed', 'disposition_feedback_given'];

const ACTIVITIES = 'POST /leads/{leadId}/activities';
const OPPORTUNITY = 'PATCH /opportunities/{opportunityId}';
const MEETING = 'PATCH /meetings/{meetingId}';
const PRODUCT = 'the product itself';

/** What brings about the words that no row of the commands' table names. */
const OTHERS: readonly (readonly [string, readonly string[]])[] = [
  [ACTIVITIES, ['attempt_made', 'attempt_logged', 'first_attempt', 'first_contact', 'check_in_made']],
  [ACTIVITIES, ['contact_without_conversion', 'follow_up_logged', 'touch_made', 'ae_first_touch']],
  ['POST /leads/{leadId}/reassign', ['lead_reassigned']],
  ['POST /leads/{leadId}/resolve-rejection', ['rejection_resolved']],
  ['PATCH /leads/{leadId}', ['lead_enriched']],
  ['POST /inquiries/{inquiryId}/signals', ['qualifying_act']],
  ['POST /meetings', ['meeting_booked', 'strategic_meeting_booked', 'economic_buyer_meeting_booked']],
  [MEETING, ['invitation_sent', 'research_completed', 'debrief_held', 'notes_logged', 'meeting_held']],
  [MEETING, ['meeting_no_show', 'meeting_missed_and_moved', 'meeting_moved', 'meeting_cancelled']],
  [MEETING, ['discovery_meeting_held']],
  [OPPORTUNITY, ['next_step_logged', 'mutual_plan_agreed', 'proposal_sent', 'check_in_logged']],
  [OPPORTUNITY, ['stage_moved', 'opportunity_closed', 'opportunity_won', 'opportunity_lost']],
  [PRODUCT, ['lead_qualified', 'lead_held', 'lead_scored', 'lead_returned', 'owner_assigned']],
  [PRODUCT, ['touch_awaited', 'disposition_required', 'next_step_due', 'check_in_due', 'check_in_agreed']],
  [PRODUCT, ['opportunity_activity', 'owner_notified']],
];
const OF_A_STAGE = /^stage_\d+_(entered|left)$/;

type Book = Pick<CompiledPolicy, 'commitments' | 'opportunityTriggers'>;

/** What makes a word of the policy happen: a route, or the product itself; null where somebody has to tell it. */
export function makerOf(policy: Book, fact: string): string | null {
  if (TOLD_TOO.includes(fact)) return null;
  const command = COMMANDS.find((name) =>
    TABLE.some((row) => row.command === name && row.happens.includes(fact)),
  );
  if (command !== undefined) return ROUTE_OF[command];
  const other = OTHERS.find(([, facts]) => facts.includes(fact));
  if (other !== undefined) return other[0];
  const isRemedied = policy.opportunityTriggers.some(({ id }) => fact === `${id}_remedied`);
  if (isRemedied || OF_A_STAGE.test(fact)) return OPPORTUNITY;
  return isSetOff(policy, fact) ? PRODUCT : null;
}

/** A rung of some row makes it happen, or a trigger that an update sets off. */
function isSetOff({ commitments, opportunityTriggers }: Book, fact: string): boolean {
  const remedies = opportunityTriggers.map(({ remedy }) => remedy);
  return commitments.some(
    ({ id, start, rungs }) =>
      (start === fact && remedies.includes(id)) || rungs.some(({ happens }) => happens?.includes(fact)),
  );
}

/** Every word by which a row about leads and what belongs to them starts or stops. */
export function wordsOf({ commitments }: Pick<Book, 'commitments'>): string[] {
  const rows = commitments.filter(({ subject }) => isOfLeads(subject));
  return [...new Set(rows.flatMap(({ start, stop }) => [start, ...stop]))];
}

/** Those of them that somebody has to tell. */
export function toldIn(policy: Book): string[] {
  return wordsOf(policy).filter((fact) => makerOf(policy, fact) === null);
}

/** Whether each row of the word is about a meeting, so that nobody knows which one without being told. */
export function isOfMeetings({ commitments }: Pick<Book, 'commitments'>, fact: string): boolean {
  const rows = commitments.filter(({ start, stop }) => start === fact || stop.includes(fact));
  return rows.length > 0 && rows.every(({ subject }) => subject === 'meeting');
}

function isOfLeads(subject: Book['commitments'][number]['subject']): boolean {
  return subject === 'lead' || subject === 'opportunity' || subject === 'meeting';
}
