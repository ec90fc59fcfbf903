/** How the status of a lead moves without a command: by intake, the gate, assignment, an activity, a return. */
import type { LeadStatus } from '../model/lead.ts';

export interface Move {
  /** What brings it about, in a word or two. */
  what: string;
  /** `new`: there was no lead before. */
  from: readonly (LeadStatus | 'new')[];
  to: readonly LeadStatus[];
  /** The section of the policy book. */
  source: string;
}

/** Who may be an MQL again, or was held, or is not one yet. */
const WAITING: readonly LeadStatus[] = ['nurture', 'held', 'recycled', 'disqualified', 'rejected'];

/** Beside the commands of `commands/table.ts`: together they are all ways of a lead (a test walks them). */
export const MOVES: readonly Move[] = [
  {
    what: 'intake',
    from: ['new'],
    to: ['unassigned', 'held', 'nurture', 'recycled', 'disqualified'],
    source: 'policy book §6',
  },
  { what: 'the gate: an MQL', from: WAITING, to: ['unassigned'], source: 'policy book §6, §13' },
  {
    what: "the gate: Marketing's half is missing",
    from: ['nurture', 'recycled', 'disqualified', 'rejected'],
    to: ['held'],
    source: 'policy book §7',
  },
  { what: 'the gate: fit or intent is missing', from: ['held'], to: ['nurture'], source: 'policy book §7' },
  {
    what: 'the gate: suppressed',
    from: ['nurture', 'held', 'disqualified', 'rejected'],
    to: ['recycled'],
    source: 'policy book §13',
  },
  {
    what: 'the gate: a disqualifier',
    from: ['nurture', 'held', 'recycled', 'rejected'],
    to: ['disqualified'],
    source: 'policy book §6',
  },
  { what: 'an owner is assigned', from: ['unassigned'], to: ['assigned'], source: 'policy book §2' },
  { what: 'a contact', from: ['unassigned', 'assigned'], to: ['contacted'], source: 'policy book §5' },
  {
    what: 'the opportunity is lost',
    from: ['opportunity'],
    to: ['disqualified'],
    source: 'policy book §12, §13',
  },
  {
    what: 'the personal data is removed',
    from: ['held', 'unassigned', 'assigned', 'contacted', 'sal', 'sql'],
    to: ['disqualified'],
    source: 'runbook',
  },
];
