/** Subject and opening of what Marketing, a reviewer and the account team are told of the gate (policy book §6, §7). */
import { storedMs } from '../time.ts';
import type { Template, View } from './view.ts';
import { together } from './words.ts';

/** The three kinds of notices of the gate. */
export type GateNotice = 'held' | 'review_offer' | 'account_team';

export const GATE_TEMPLATES: Record<GateNotice, Template> = {
  held: {
    subject: (view) => `Held for Marketing: ${view.company}${view.left === '' ? '' : ` (${view.left})`}`,
    opening: (view) =>
      `${view.company} has the fit and the intent of an MQL, and something is missing before Sales can work on it. ` +
      `The SDR's clock has not started: it starts when nothing is missing any more. ${untilWhen(view)}`,
  },
  review_offer: {
    subject: (view) => `For you to decide: ${view.company}${points(view)}`,
    opening: (view) =>
      isOver(view)
        ? `${view.company} was offered to you for review. The offer is over in the meantime: nothing has to be done.`
        : `${view.company} ${standing(view)}${points(view)}. Whether Sales takes it is yours to ` +
          'decide: nothing happens by itself, no clock runs, and it stays with Marketing until you accept it.',
  },
  account_team: {
    subject: (view) => `For the account team: ${view.company}`,
    opening: (view) =>
      `${view.company} has come in as a lead, and ${whoSays(view)} that it ${relation(view)}. Please hand it over to ` +
      'whoever looks after the account: no SDR gets it, and no response clock runs.',
  },
};

/** What the commitments of Marketing's half still wait for. */
export function marketingOwes({ clock, marketing, company, at }: View): string {
  const metAt = clock?.metAt ?? null;
  if (marketing === 'scoring') {
    if (clock === null || metAt === null) return `An act that may qualify ${company} is not scored yet`;
    const [act, told] = [at(storedMs(clock.startedAt)), at(storedMs(metAt))];
    return `An act that may qualify ${company} was scored late: it is of ${act} and was told on ${told}`;
  }
  return metAt === null
    ? `What is missing about ${company} has not been added yet`
    : `What was missing about ${company} was added late`;
}

function untilWhen({ clock, at }: View): string {
  if (clock === null) return 'Marketing adds it.';
  if (clock.metAt !== null) return 'It has been added in the meantime.';
  if (clock.status === 'cancelled') return 'In the meantime it is held no longer: nothing has to be added.';
  return `Marketing has until ${at(storedMs(clock.dueAt))}.`;
}

/** A message may have waited for its recipient's hours. */
export function isOver({ lead }: View): boolean {
  const state = lead.gate?.review?.state;
  return state !== undefined && state !== 'offered';
}

/** Above the threshold it is the proof of intent that is missing. */
function hasThePoints({ lead, policy }: View): boolean {
  return lead.gate !== null && lead.gate.score.total >= policy.scoring.mqlAt;
}

function standing(view: View): string {
  return hasThePoints(view)
    ? 'has the score of an MQL, but no act proves intent'
    : 'is a little below the score of an MQL';
}

function points(view: View): string {
  const { lead, policy } = view;
  if (lead.gate === null) return '';
  const of = hasThePoints(view) ? '' : ` of ${policy.scoring.mqlAt}`;
  return ` (${lead.gate.score.total}${of} points)`;
}

/** The CRM knows of some, an SDR finds out about others. */
function whoSays({ lead: { life } }: View): string {
  return life.rejection === null ? 'the CRM says' : `${life.rejection.by} says (${life.rejection.code})`;
}

function relation({ lead }: View): string {
  if (lead.life.rejection !== null) return 'is a customer or has an open opportunity';
  const { customer, openOpportunity } = lead.relations ?? {};
  const found = [
    ...(customer === true ? ['is a customer'] : []),
    ...(openOpportunity === true ? ['has an open opportunity'] : []),
  ];
  return found.length === 0 ? 'is a customer or has an open opportunity' : together(found);
}
