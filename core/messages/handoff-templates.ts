/** Subject and opening of what is told of a handoff (policy book §11). */
import { handoffsOf } from '../model/life.ts';
import type { Handoff } from '../model/life.ts';
import { storedMs } from '../time.ts';
import type { Template, View } from './view.ts';

/** What an AE is told of an SQL, and what an SDR and RevOps are told of one that was given back. */
type HandoffNotice = 'handed_over' | 'handed_back';

export const HANDOFF_TEMPLATES: Record<HandoffNotice, Template> = {
  handed_over: {
    subject: (view) => `SQL for you: ${view.company}${view.left === '' ? '' : ` (${view.left})`}`,
    opening: (view) =>
      `${view.company} is an SQL and handed over to you. Read the briefing, then accept it, which opens the ` +
      `opportunity, or reject it with a code. ${untilWhen(view)}`,
  },
  handed_back: {
    subject: (view) => `Given back by the AE: ${view.company}`,
    opening: (view) => `${view.company} was given back by its AE${codeOf(view)}. ${whatNow(view)}`,
  },
};

/** Why it is this person who is told of the handoff; null for other messages. */
export function handoffReason({ notice, lead, recipient, isOwner }: View): string | null {
  if (notice === 'handed_over') {
    const { handoff } = lead.life;
    return handoff?.ae.personId === recipient.personId ? handoff.ae.reason : null;
  }
  return notice === 'handed_back' && isOwner ? 'You are the SDR of this lead.' : null;
}

function untilWhen({ lead, clock, recipient, at }: View): string {
  const { handoff } = lead.life;
  if (handoff?.ae.personId !== recipient.personId) return 'In the meantime it is no longer yours to decide.';
  if (handoff.accepted !== null || handoff.rejected !== null) return 'You have decided in the meantime.';
  return clock === null ? '' : `You have until ${at(storedMs(clock.dueAt))}.`;
}

function lastRejected({ lead }: View): Handoff['rejected'] {
  return handoffsOf(lead).findLast(({ rejected }) => rejected !== null)?.rejected ?? null;
}

function rowOf(view: View) {
  const code = lastRejected(view)?.code;
  return view.policy.aeRejections.find((row) => row.code === code);
}

function codeOf(view: View): string {
  const row = rowOf(view);
  return row === undefined ? '' : ` under ${row.code}: ${row.reason}`;
}

function whatNow(view: View): string {
  switch (rowOf(view)?.effect) {
    case 'back_to_sal':
      return 'It is a SAL again: go on with the outreach, or recycle it.';
    case 'sdr_re_engages':
      return 'It is a SAL again: find the right contact at the same account.';
    case 'stays_sal':
      return 'It is a SAL until the meeting is booked anew.';
    case 'nurture':
      return 'It is in nurture; a task says when to check in.';
    case 'revops_arbitrates':
      return view.isOwner
        ? 'RevOps decides whose it is.'
        : 'Please decide whose it is; a task for you is open.';
    case undefined:
      return '';
  }
}
