/** What people are told, as text and as HTML (policy book §5). */
import { acknowledgement } from './acknowledgement.ts';
import { paragraph } from './document.ts';
import { gateFindings, gateTask } from './gate-sections.ts';
import { briefing } from './handoff-sections.ts';
import { meetingReminder } from './meeting-reminder.ts';
import { messageOf } from './message.ts';
import type { Message } from './message.ts';
import { attempts, crm, facts, prospect, why } from './sections.ts';
import { TEMPLATES } from './templates.ts';
import { ticketMessage } from './ticket.ts';
import type { TicketNoticeInput } from './ticket.ts';
import type { StaffNotice } from './templates.ts';
import type { NoticeInput, StaffInput } from './view.ts';
import { viewOf } from './view.ts';

export type { Message } from './message.ts';
export type { NoticeInput, ProspectRecipient } from './view.ts';

/**
 * Renders a notice for its recipient, as things stand at `now`. Times are told in the recipient's own zone, time left
 * and time late in business time of the clock's calendar.
 * @throws TypeError if a notice for staff is addressed to the prospect, or the other way round
 */
export function renderNotice(input: NoticeInput): Message {
  const { notice, recipient } = input;
  if ('prospect' in recipient) {
    if (!isForProspect(notice)) throw new TypeError(`a notice of kind ${notice} is not for the prospect`);
    const { subject, blocks } = TO_PROSPECT[notice](input);
    return messageOf(subject, blocks);
  }
  if (isForProspect(notice)) throw new TypeError(`a notice of kind ${notice} is for the prospect only`);
  return forStaff({ ...input, recipient }, notice);
}

/** Renders a message about a support ticket for somebody of the staff, as things stand at `now`. */
export function renderTicketNotice(input: TicketNoticeInput): Message {
  const { subject, blocks } = ticketMessage(input);
  return messageOf(subject, blocks);
}

const TO_PROSPECT = { acknowledgement, meeting_reminder: meetingReminder };

function isForProspect(notice: NoticeInput['notice']): notice is keyof typeof TO_PROSPECT {
  return Object.hasOwn(TO_PROSPECT, notice);
}

function forStaff(input: StaffInput, notice: StaffNotice): Message {
  const view = viewOf(input);
  const template = TEMPLATES[notice];
  const opening = [paragraph(`Hello ${input.recipient.name},`), paragraph(template.opening(view))];
  const parts = view.beforeSales
    ? [gateTask, gateFindings, prospect, facts]
    : [why, briefing, prospect, facts, attempts];
  const sections = parts.flatMap((section) => section(view));
  return messageOf(template.subject(view), [...opening, crm(view), ...sections]);
}
