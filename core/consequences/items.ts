/**
 * The item that a count of breaches opens (policy book §13, rung L5 of §5). The system opens it and tells the manager;
 * what follows is for people to decide, and nothing follows by itself.
 */
import type { Policy } from '../policy/schema.ts';
import type { Recipient } from '../policy/schema/basics.ts';
import { weekOf } from '../reporting/week.ts';
import { iso } from '../time.ts';
import type { EpochMs, Iso } from '../time.ts';
import type { PersonWeek } from './breaches.ts';
import { personWeeks } from './breaches.ts';
import type { JudgedLead } from './facts.ts';

type Rules = Pick<Policy, 'consequences' | 'home'>;
export type Consequence =
  Policy['consequences']['weekly'][number]['item'] | Policy['consequences']['chronic']['item'];
export const ITEM_KINDS = [
  'coaching',
  'written_warning_and_training',
  'improvement_plan',
  'role_review',
  'three_way_review',
] as const satisfies readonly (Consequence | 'three_way_review')[];
/** What is opened about a person: a consequence, or the review of §11, which is none. */
export type ItemKind = (typeof ITEM_KINDS)[number];

export interface ConsequenceItem {
  /** `<personId>/<period>/<item>`: writing it twice is writing it once. */
  itemId: string;
  personId: string;
  /** A week like `2026-W47`, of a pattern the one that completed it; of a review its month or quarter. */
  period: string;
  item: ItemKind;
  /** When the period was over, or when the last of its breaches happened, as the policy opens items. */
  at: Iso;
  /** Ids of the breaches behind it; of a review, of the leads. */
  breaches: string[];
  /** Of a time of diagnosis: to be looked at, and nobody is told of a person. */
  diagnostic: boolean;
  tell: Recipient[];
  /** The pool of the last breach: its manager stands in where the roster knows no other. */
  poolId: string;
  title: string;
  explanation: string;
}

const WORDS: Record<Consequence, string> = {
  coaching: 'Coaching',
  written_warning_and_training: 'A written warning and training',
  improvement_plan: 'An improvement plan',
  role_review: 'A review of the role',
};

/**
 * Every item that the facts call for at an instant, by person, oldest first. Items of a running week are among them
 * only if the policy opens them at once.
 */
export function consequencesOf(policy: Rules, leads: readonly JudgedLead[], now: EpochMs): ConsequenceItem[] {
  const { opens } = policy.consequences;
  const weeks = personWeeks(policy, leads).filter(({ week }) => opens === 'at_once' || week.to <= now);
  const items = weeks.flatMap((week) => weekly(policy, week) ?? []);
  return [...items, ...patterns(policy, weeks)].sort(
    (a, b) => compare(a.personId, b.personId) || compare(a.period, b.period) || isPattern(a) - isPattern(b),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function isPattern({ item }: ConsequenceItem): number {
  return Number(item === 'role_review');
}

/** One item a week: that of the breaches that count, or, where none does, a marked one of those of the diagnosis. */
function weekly(policy: Rules, person: PersonWeek): ConsequenceItem | undefined {
  const diagnostic = person.breaches.length === 0;
  const breaches = diagnostic ? person.diagnostic : person.breaches;
  const row = rowFor(policy, breaches.length);
  const last = breaches.at(-1);
  if (row === undefined || last === undefined) return undefined;
  const { personId, week } = person;
  const names = breaches.map((breach) => `${breach.commitment ?? 'a task'} of lead ${breach.leadId}`);
  const facts = `${counted(breaches.length)} in week ${week.name}: ${names.join(', ')}.`;
  return {
    itemId: `${personId}/${week.name}/${row.item}`,
    personId,
    period: week.name,
    item: row.item,
    at: policy.consequences.opens === 'at_once' ? last.at : iso(week.to),
    breaches: breaches.map(({ breachId }) => breachId),
    diagnostic,
    tell: diagnostic ? [] : policy.consequences.tell,
    poolId: last.poolId,
    title: titleOf(row.item, personId, diagnostic),
    explanation: `${facts} ${whoDecides(diagnostic)}`,
  };
}

/** Rung L5: so many weeks in a row at the highest step. Told once for a row of weeks, in the week that completes it. */
function patterns(policy: Rules, weeks: readonly PersonWeek[]): ConsequenceItem[] {
  const { chronic } = policy.consequences;
  const highest = policy.consequences.weekly.at(-1)?.item;
  const items: ConsequenceItem[] = [];
  let row: PersonWeek[] = [];
  for (const person of weeks) {
    const step = rowFor(policy, person.breaches.length)?.item;
    const atTop = step !== undefined && step === highest;
    const goesOn = row.at(-1)?.personId === person.personId && follows(policy, row.at(-1), person);
    row = atTop ? [...(goesOn ? row : []), person] : [];
    if (row.length === chronic.weeks) items.push(pattern(policy, row, person));
  }
  return items;
}

function pattern(policy: Rules, row: readonly PersonWeek[], { personId, week }: PersonWeek): ConsequenceItem {
  const { chronic, opens } = policy.consequences;
  const breaches = row.flatMap((one) => one.breaches);
  const last = breaches.at(-1);
  const facts = `${row.length} weeks in a row at the highest step, ${counted(breaches.length)}.`;
  return {
    itemId: `${personId}/${week.name}/${chronic.item}`,
    personId,
    period: week.name,
    item: chronic.item,
    at: opens === 'at_once' && last !== undefined ? last.at : iso(week.to),
    breaches: breaches.map(({ breachId }) => breachId),
    diagnostic: false,
    tell: chronic.tell,
    poolId: last?.poolId ?? '',
    title: titleOf(chronic.item, personId, false),
    explanation: `${facts} Look at process and workload first. ${whoDecides(false)}`,
  };
}

function follows(policy: Rules, before: PersonWeek | undefined, after: PersonWeek): boolean {
  return before !== undefined && weekOf(before.week.to, policy.home.timeZone).name === after.week.name;
}

function rowFor(policy: Rules, count: number): Policy['consequences']['weekly'][number] | undefined {
  return policy.consequences.weekly.find(
    ({ from, to }) => from <= count && (to === undefined || count <= to),
  );
}

function counted(count: number): string {
  return count === 1 ? '1 missed commitment' : `${count} missed commitments`;
}

function titleOf(item: Consequence, personId: string, diagnostic: boolean): string {
  return diagnostic
    ? `Diagnosis: ${WORDS[item].toLowerCase()} would be due for ${personId}`
    : `${WORDS[item]} is due for ${personId}, for their manager to decide`;
}

function whoDecides(diagnostic: boolean): string {
  return diagnostic
    ? 'The time after a launch is for finding causes; nobody is told of a person.'
    : 'It is for people to decide; nothing follows by itself.';
}
