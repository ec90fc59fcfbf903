/** What is missing, what was found, and what the recipient of a notice of the gate can do (policy book §6, §7). */
import type { Criterion } from '../qualification/gate/types.ts';
import { enforcedGroups, groupOf } from '../qualification/gate/verdict.ts';
import { heading, list, paragraph, rows } from './document.ts';
import type { Block, Row } from './document.ts';
import { isOver } from './gate-templates.ts';
import { nextStep, reason } from './sections.ts';
import type { View } from './view.ts';
import { FIELD_WORDS, plain } from './words.ts';

/** Criteria with which Marketing can help: fit and intent are the prospect's. */
const MARKETINGS_HALF = ['completeness', 'email', 'phone'];

/** What the recipient does, why it is them, and what happens next. */
export function gateTask(view: View): Block[] {
  const next = view.clock === null ? nothingNext(view) : nextStep(view);
  return [
    heading('What to do'),
    rows(
      howTo(view),
      { label: 'Why you', value: reason(view) },
      next === undefined ? null : { label: 'What happens next', value: next },
    ),
  ];
}

/** What of the lead the gate has to say to this recipient. */
export function gateFindings(view: View): Block[] {
  const { gate } = view.lead;
  if (gate === null || view.marketing === 'scoring' || view.notice === 'account_team') return [];
  if (view.notice !== 'review_offer') return hasEnded(view.clock) ? [] : missing(view);
  return [heading('What was found'), ...gate.explanation.map(paragraph), ...missing(view)];
}

function hasEnded(clock: View['clock']): boolean {
  return clock !== null && (clock.metAt !== null || clock.status === 'cancelled');
}

/** Field by field: what kind of value it has, and what would pass. Never the value. */
function missing({ lead, policy }: View): Block[] {
  const { gate } = lead;
  if (gate === null) return [];
  const deciding = enforcedGroups(policy, gate.decides);
  const half = gate.failing.filter((criterion) => {
    const group = groupOf(criterion);
    return MARKETINGS_HALF.includes(group) && deciding.includes(group);
  });
  return half.length === 0 ? [] : [heading('What is missing'), list(half.map(missingWords))];
}

function missingWords({ field, criterion, valueClass, wouldPass }: Criterion): string {
  const name = FIELD_WORDS[field ?? ''] ?? plain(field ?? criterion);
  return `${name}: ${plain(valueClass ?? 'missing')}. What would pass: ${wouldPass.replace(/\.$/, '')}.`;
}

function howTo(view: View): Row | null {
  const { notice, lead, marketing, recipient } = view;
  if (notice === 'review_offer') {
    if (isOver(view)) return null;
    const body = `{"decision": "accept", "by": "${recipient.personId}", "reason": "…"}`;
    return {
      label: 'How to answer',
      value: `Accept it or leave it, in the CRM or by POST /v1/inquiries/${lead.leadId}/review with ${body}; to leave it, the decision is "leave".`,
    };
  }
  if (notice === 'account_team') {
    return { label: 'How', value: 'The CRM has the request and the contact. A task for you is open.' };
  }
  return marketing === 'scoring'
    ? {
        label: 'How',
        value: `Find out why the act was told late: GET /v1/leads/${lead.leadId}/timeline says when it reached us.`,
      }
    : {
        label: 'How',
        value: `Add what is missing in the CRM, or by PATCH /v1/leads/${lead.leadId}. The rest follows by itself.`,
      };
}

function nothingNext(view: View): string | undefined {
  const { notice, lead } = view;
  if (notice === 'review_offer') {
    if (isOver(view)) return undefined;
    return 'Nothing by itself. If new acts are enough, it becomes an MQL and this offer lapses.';
  }
  return notice === 'account_team' || lead.gate === null
    ? undefined
    : 'It becomes an MQL when nothing is missing.';
}
