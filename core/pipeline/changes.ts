/** What an update of an opportunity asks for, and the opportunity with it. */
import type { Act, Opportunity } from '../model/life.ts';
import type { CivilDate } from '../model/pipeline.ts';
import { stageOf } from '../model/pipeline.ts';
import type { World } from '../ladder/tell.ts';
import type { RecordedBy } from '../lifecycle/typed-in.ts';
import type { Iso } from '../time.ts';
import { iso } from '../time.ts';
import { quarterAt } from './dates.ts';

/** Fields that are left out stay as they are. Instants are when it was done, now or before. */
export interface OpportunityChanges {
  /** A person's id. */
  by: string;
  /** Whether a system stamped the instants; left out: they were typed in. */
  recordedBy?: RecordedBy | undefined;
  stage?: number | undefined;
  /** In the currency of the CRM, above 0. */
  amount?: number | undefined;
  closeDate?: CivilDate | undefined;
  nextStep?: { what: string; due?: CivilDate | undefined } | undefined;
  economicBuyerMeetingBookedAt?: Iso | undefined;
  mutualPlanAgreedAt?: Iso | undefined;
  proposalSentAt?: Iso | undefined;
  followedUpAt?: Iso | undefined;
  checkedInAt?: Iso | undefined;
  /** A trigger of the policy whose remedy has been seen to, and when. */
  remedied?: { trigger: string; at: Iso } | undefined;
  closed?: { outcome: 'won' } | { outcome: 'lost'; reason: string; detail?: string | undefined } | undefined;
}

/** A fact of an update: what has come to pass, and when. */
export interface Fact {
  fact: string;
  at: Iso;
}

/** Acts that are told by their instant, with the fact that each one is. */
const ACTS = [
  ['economicBuyerMeetingBookedAt', 'economicBuyerMeeting', 'economic_buyer_meeting_booked'],
  ['mutualPlanAgreedAt', 'mutualPlan', 'mutual_plan_agreed'],
  ['proposalSentAt', 'proposal', 'proposal_sent'],
  ['followedUpAt', 'followUp', 'follow_up_logged'],
  ['checkedInAt', 'checkIn', 'check_in_logged'],
] as const;

/** Instants of acts that an update tells. */
export function instantsOf(changes: OpportunityChanges): { path: string; at: Iso }[] {
  const acts = ACTS.map(([path]) => ({ path, at: changes[path] }));
  const all: { path: string; at: Iso | undefined }[] = [
    ...acts,
    { path: 'remedied.at', at: changes.remedied?.at },
  ];
  return all.flatMap(({ path, at }) => (at === undefined ? [] : [{ path, at }]));
}

/**
 * The opportunity with the changes taken in, and the facts of those that say something new. Without anything new it is
 * the very same one.
 */
export function changed(
  world: World,
  before: Opportunity,
  changes: OpportunityChanges,
): { after: Opportunity; facts: Fact[]; fields: string[] } {
  const act: Act = { at: iso(world.now), by: changes.by };
  const sum: Sum = { after: before, facts: [], fields: [] };
  takeActs(sum, changes);
  takeFigures(world, sum, changes, act);
  takeStage(sum, changes, act);
  takeRemedy(sum, changes);
  return sum;
}

interface Sum {
  after: Opportunity;
  facts: Fact[];
  fields: string[];
}

function note(sum: Sum, field: string, change: Partial<Opportunity>, facts: readonly Fact[]): void {
  sum.after = { ...sum.after, ...change };
  sum.fields.push(field);
  sum.facts.push(...facts);
}

/** An act that is told again with its instant, or with an earlier one, is known. */
function takeActs(sum: Sum, changes: OpportunityChanges): void {
  for (const [path, field, fact] of ACTS) {
    const at = changes[path];
    const known = sum.after[field];
    if (at === undefined || (known !== null && at <= known.at)) continue;
    note(sum, field, { [field]: { at, by: changes.by } }, [{ fact, at }]);
  }
}

function takeFigures(world: World, sum: Sum, changes: OpportunityChanges, act: Act): void {
  const { amount, closeDate, nextStep } = changes;
  const { amounts, closeDates, nextStep: known } = sum.after;
  if (amount !== undefined && amount !== amounts.at(-1)?.amount) {
    note(sum, 'amount', { amounts: [...amounts, { ...act, amount }] }, []);
  }
  const last = closeDates.at(-1)?.closeDate;
  if (closeDate !== undefined && closeDate !== last) {
    const quarter = quarterAt(world.now, world.policy.home.timeZone);
    const pushed = last !== undefined && closeDate > last;
    note(sum, 'closeDate', { closeDates: [...closeDates, { ...act, closeDate, pushed, quarter }] }, []);
  }
  const due = nextStep?.due;
  if (nextStep === undefined || due === undefined) return;
  const what = nextStep.what.trim();
  if (known?.what === what && known.due === due) return;
  note(sum, 'nextStep', { nextStep: { ...act, what, due } }, [{ fact: 'next_step_logged', at: act.at }]);
}

function takeStage(sum: Sum, { stage }: OpportunityChanges, act: Act): void {
  const from = stageOf(sum.after);
  if (stage === undefined || stage === from) return;
  note(sum, 'stage', { stages: [...sum.after.stages, { ...act, stage }] }, [
    { fact: `stage_${from}_left`, at: act.at },
    { fact: 'stage_moved', at: act.at },
    { fact: `stage_${stage}_entered`, at: act.at },
  ]);
}

function takeRemedy(sum: Sum, { remedied, by }: OpportunityChanges): void {
  if (remedied === undefined) return;
  const { trigger, at } = remedied;
  const known = sum.after.remedied.find((other) => other.trigger === trigger);
  if (known !== undefined && at <= known.at) return;
  const others = sum.after.remedied.filter((other) => other.trigger !== trigger);
  const facts = [{ fact: `${trigger}_remedied`, at }];
  note(sum, 'remedied', { remedied: [...others, { trigger, at, by }] }, facts);
}
