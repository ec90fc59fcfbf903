/** Subject and opening of each kind of message to staff. The sections below the opening are the same for all. */
import type { NoticeKind } from '../model/effects.ts';
import { storedMs } from '../time.ts';
import { CADENCE_TEMPLATES } from './cadence-templates.ts';
import { MEETING_NEAR } from './meeting-reminder.ts';
import { GATE_TEMPLATES, marketingOwes } from './gate-templates.ts';
import { HANDOFF_TEMPLATES } from './handoff-templates.ts';
import type { Template, View } from './view.ts';
import { roleWords } from './words.ts';

export type StaffNotice = Exclude<NoticeKind, 'acknowledgement' | 'meeting_reminder'>;

const who = (view: View): string =>
  view.prospectName === null || view.sees === 'company'
    ? view.company
    : `${view.prospectName} of ${view.company}`;

function left(view: View): string {
  // An act is scored as soon as it is told: whoever reads of it cannot do anything about this one.
  if (view.marketing === 'scoring' && view.clock?.metAt != null) return ' (scored late)';
  return view.left === '' ? '' : ` (${view.left})`;
}

/** Of a lead with several commitments a subject has to say which one is meant; the response needs no name. */
function about(view: View): string {
  const named = view.isResponse || view.commitment === undefined ? '' : `, “${view.commitment.title}”`;
  return `${view.company}${left(view)}${named}`;
}

/** What has not happened yet. */
function missing(view: View): string {
  if (view.marketing !== null) return marketingOwes(view);
  return view.isResponse
    ? `${who(view)} is still waiting for a first attempt`
    : `“${view.commitment?.title ?? ''}” is still open for ${who(view)}`;
}

const whose = (view: View): string => (view.owner === null ? 'nobody' : view.owner.name);

/** What became of the ownership at the breach; a lead that is not an MQL yet cannot have an owner. */
function tookPlace(view: View): string {
  if (view.marketing === 'enrichment') return " The SDR's clock has not started.";
  if (view.marketing === 'scoring') return '';
  return ` ${ownership(view)}`;
}

function ownership(view: View): string {
  if (view.owner === null) return 'Nobody owns it.';
  const { previousOwner, owner } = view;
  return previousOwner === null
    ? `${owner.name} still owns it.`
    : `${previousOwner.name} owned it, now ${owner.name} does.`;
}

/** A task is open only where the breach of this commitment opens one. */
function task({ commitment }: View): string {
  const breach = commitment?.rungs.find(({ rung }) => rung === 'breach');
  return breach?.actions.includes('manager_task') ? ' A task for you is open.' : '';
}

/** Whom a miss goes past at the threshold. */
function past({ commitment }: View): string {
  const owes = commitment?.owes;
  return owes === undefined || owes === 'owner' ? 'the owner' : roleWords(owes);
}

export const TEMPLATES: Record<StaffNotice, Template> = {
  ...GATE_TEMPLATES,
  meeting_near: MEETING_NEAR,
  ...CADENCE_TEMPLATES,
  ...HANDOFF_TEMPLATES,
  assigned: {
    subject: (view) => `New lead: ${view.company}${left(view)}`,
    opening: (view) =>
      view.clock === null || view.clock.metAt !== null
        ? `${who(view)} is yours.`
        : `${who(view)} is yours. The first attempt is due ${view.at(storedMs(view.clock.dueAt))}.`,
  },
  moved_away: {
    subject: (view) =>
      view.isOwner ? `Moved: ${view.company} is yours again` : `Moved: ${view.company} has a new owner`,
    opening: (view) =>
      view.isOwner
        ? `${view.company} had been given to somebody else and is yours again.`
        : `${view.company} has gone from you to ${whose(view)}. ${view.lead.owner?.reason ?? ''} ` +
          'You need not call; if you did call already, log the attempt with its time.',
  },
  nobody_available: {
    subject: (view) => `Nobody is available for ${view.company}${left(view)}`,
    opening: (view) =>
      `Nobody in the pool ${view.lead.poolId} can take ${who(view)} at the moment. The clock runs on. ` +
      'The lead is assigned as soon as somebody is back, or to the fallback owner of the pool.',
  },
  reminder: {
    subject: (view) => `Reminder: ${about(view)}`,
    opening: (view) => `${missing(view)}.`,
  },
  warning: {
    subject: (view) => `Urgent: ${about(view)}`,
    opening: (view) => `${missing(view)}, and the target is nearly used up. The owner is ${whose(view)}.`,
  },
  breach_old_owner: {
    // Nobody else could take it: the owner stays the owner. Of any other commitment the miss is all there is to say.
    subject: (view) =>
      !view.isResponse
        ? `Target missed: ${about(view)}`
        : view.isOwner
          ? `Target missed: ${view.company} is still yours, please call now`
          : `Target missed: ${view.company} has a new owner`,
    opening: (view) =>
      !view.isResponse
        ? `${missing(view)}; the target has passed.`
        : view.isOwner
          ? `The target for ${who(view)} has passed. Nobody else could take the lead, so it is still yours.`
          : `The target for ${view.company} passed without an attempt, and the lead went to ${whose(view)}. ` +
            'You need not call; if you did call already, log the attempt with its time.',
  },
  breach_new_owner: {
    subject: (view) => `Reassigned to you: ${view.company}, please call now`,
    opening: (view) =>
      `${who(view)} waited longer than promised and is yours now. Your own time starts with this assignment.`,
  },
  breach_manager: {
    subject: (view) => `Breach: ${about(view)}`,
    opening: (view) => `${missing(view)}; the target has passed.${tookPlace(view)}${task(view)}`,
  },
  backup: {
    subject: (view) => `Backup queue: ${about(view)}`,
    opening: (view) => `${missing(view)} and is in the backup queue. Whoever is free first calls.`,
  },
  critical: {
    subject: (view) => `Critical: ${about(view)}`,
    opening: (view) => `${missing(view)}. The process that should have prevented this is up for review.`,
  },
  incident: {
    subject: (view) => `Incident opened: ${about(view)}`,
    opening: (view) => `${missing(view)}. An incident is open; it is closed with a root cause.`,
  },
  threshold: {
    subject: (view) => `Breach threshold passed: ${about(view)}`,
    opening: (view) => `${missing(view)}, beyond the threshold at which a miss goes past ${past(view)}.`,
  },
};
