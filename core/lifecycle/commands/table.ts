/** The lifecycle after the first attempt as one table: which command is allowed in which status, and where it leads. */
import type { Lead, LeadStatus } from '../../model/lead.ts';
import type { Command, CommandRow, Refused } from './command.ts';
import { COMMANDS } from './command.ts';

/** One row per command; docs/lifecycle.md is drawn from it. */
export const TABLE: readonly CommandRow[] = [
  {
    command: 'accept',
    from: ['assigned', 'contacted'],
    to: ['sal'],
    happens: ['lead_reviewed', 'lead_accepted'],
    source: 'policy book §8',
  },
  {
    command: 'reject',
    from: ['assigned', 'contacted', 'sal'],
    to: ['rejected', 'held'],
    happens: ['lead_reviewed', 'lead_rejected', 'disposition_feedback_given'],
    source: 'policy book §8',
  },
  {
    command: 'promote',
    from: ['sal'],
    to: ['sql'],
    happens: ['lead_promoted'],
    source: 'policy book §10',
  },
  {
    command: 'complete_briefing',
    from: ['sql'],
    to: ['sql'],
    happens: ['briefing_completed', 'ae_notified'],
    source: 'policy book §11',
  },
  {
    command: 'introduce',
    from: ['sql', 'opportunity'],
    to: ['sql', 'opportunity'],
    happens: ['introduction_sent'],
    source: 'policy book §11',
  },
  {
    command: 'ae_accept',
    from: ['sql'],
    to: ['opportunity'],
    happens: ['ae_accepted', 'opportunity_created', 'disposition_feedback_given', 'stage_1_entered'],
    source: 'policy book §11',
  },
  {
    command: 'ae_reject',
    from: ['sql'],
    to: ['sal', 'sql', 'recycled'],
    happens: [
      'ae_rejected',
      'returned_to_sal',
      'territory_conflict_raised',
      'lead_recycled',
      'disposition_feedback_given',
      'check_in_agreed',
    ],
    source: 'policy book §11',
  },
  {
    command: 'arbitrate',
    from: ['sql'],
    to: ['sql'],
    happens: ['ae_notified'],
    source: 'policy book §11',
  },
  {
    command: 'sign_discovery_delay',
    from: ['opportunity'],
    to: ['opportunity'],
    happens: ['discovery_delay_signed'],
    source: 'policy book §11',
  },
  {
    command: 'dispose',
    from: ['assigned', 'contacted', 'sal', 'sql'],
    to: ['disqualified', 'recycled'],
    happens: ['lead_disqualified', 'lead_recycled', 'disposition_feedback_given', 'check_in_agreed'],
    source: 'policy book §13',
  },
];

const WORDS: Readonly<Record<Command, string>> = {
  accept: 'accepted',
  reject: 'rejected',
  promote: 'promoted to SQL',
  complete_briefing: 'briefed',
  introduce: 'introduced',
  ae_accept: 'accepted by an AE',
  ae_reject: 'rejected by an AE',
  arbitrate: 'given to an AE by RevOps',
  sign_discovery_delay: 'signed off for a later discovery meeting',
  dispose: 'disposed of',
};

/** The commands that a status allows, in the order of a lead's life. */
export function allowedIn(status: LeadStatus): Command[] {
  return COMMANDS.filter((command) => statusesOf(command).includes(status));
}

/** Whether the lead's status allows the command. Nothing is done any more about a lead whose personal data is gone. */
export function isAllowed(lead: Lead, command: Command): boolean {
  return lead.erasedAt === null && statusesOf(command).includes(lead.status);
}

/** The refusal of a command that the lead's status does not allow, with those that it does. */
export function notAllowed(lead: Lead, command: Command): Refused {
  const allowed = allowedNow(lead);
  const instead = allowed.length === 0 ? 'nothing' : allowed.join(', ');
  const takes = statusesOf(command).join(' or ');
  const detail =
    lead.erasedAt === null
      ? `A lead in status ${lead.status} cannot be ${WORDS[command]}: that takes ${takes}. Allowed now: ${instead}.`
      : `The lead cannot be ${WORDS[command]}: its personal data was removed. Allowed now: ${instead}.`;
  return { refused: 'not-allowed', detail, missing: [], allowed };
}

/** A refusal for another reason than the status: nothing has changed, and the same commands are allowed. */
export function refusedFor(lead: Lead, why: Omit<Refused, 'allowed'>): Refused {
  return { ...why, allowed: allowedNow(lead) };
}

function allowedNow(lead: Lead): Command[] {
  return lead.erasedAt === null ? allowedIn(lead.status) : [];
}

function statusesOf(command: Command): readonly LeadStatus[] {
  return TABLE.find((row) => row.command === command)?.from ?? [];
}
