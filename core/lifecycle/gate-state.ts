/** What a decision of the gate leaves in the lead, and what the gate is asked about a lead (policy book §6). */
import type { GateState, Verdict } from '../model/gate.ts';
import type { Lead } from '../model/lead.ts';
import { enforcedGroups, verdictBy } from '../qualification/gate/verdict.ts';
import { evaluate } from '../qualification/gate/index.ts';
import type { Evaluation } from '../qualification/gate/index.ts';
import { sentencesOf } from '../qualification/gate/sentences.ts';
import type { MxVerdict } from '../qualification/gate/email.ts';
import type { Criterion, InquiryFacts, InquirySignal, Suppressed } from '../qualification/gate/types.ts';
import { iso } from '../time.ts';
import type { World } from '../ladder/tell.ts';

/** What the gate has to know besides the lead: it lies elsewhere, or has to be asked. */
export interface Known {
  /** All that the contact did, in any order. */
  signals: readonly InquirySignal[];
  /** Whether the domain of the address takes mail. */
  mx: MxVerdict;
  suppressed: Suppressed | null;
}

export interface Judged {
  /** The verdict by the groups that the gate decides over. */
  verdict: Verdict;
  /** By all criteria, enforced or not. */
  evaluation: Evaluation;
  facts: InquiryFacts;
}

/** Holds a lead against the gate at an instant. Nothing is changed by it. */
export function judge(
  world: World,
  lead: Pick<Lead, 'contact' | 'company' | 'partner' | 'relations' | 'gate'>,
  decides: GateState['decides'],
  { signals, mx, suppressed }: Known,
): Judged {
  const { contact, company, partner, relations } = lead;
  const facts: InquiryFacts = { contact, company, partner, relations, signals: [...signals] };
  const { policy, roster, now } = world;
  const evaluation = evaluate({ policy, roster, now, mx, suppressed }, facts);
  const verdict = verdictBy(policy, evaluation, enforcedGroups(policy, decides), isAccepted(lead.gate));
  return { verdict, evaluation, facts };
}

/** Somebody has accepted it from the review band, and it has not become an MQL since. */
function isAccepted(gate: GateState | null): boolean {
  return gate?.review?.state === 'accepted' && gate.passedAt === null;
}

/** The state of the gate after a decision. Who was held once keeps that instant; offers and passing are noted elsewhere. */
export function gateState(
  world: World,
  before: GateState | null,
  decides: GateState['decides'],
  { verdict, evaluation }: Judged,
): GateState {
  const { score, criteria, track } = evaluation;
  return {
    decides,
    toldSource: before?.toldSource ?? null,
    evaluatedAt: iso(world.now),
    verdict,
    track: verdict === 'nurture' ? (track ?? 'fits_but_quiet') : null,
    score: { total: score.total, fit: score.fit, intent: score.intent },
    failing: criteria.filter(({ met }) => !met).map(withoutNote),
    explanation: explanationOf(world, decides, { verdict, evaluation }),
    review: before?.review ?? null,
    heldAt: before?.heldAt ?? null,
    completedAt: before?.completedAt ?? null,
    passedAt: before?.passedAt ?? null,
  };
}

/** Where a person or the CRM has decided otherwise than the criteria say, the sentences say so. */
function explanationOf(
  { policy }: World,
  decides: GateState['decides'],
  { verdict, evaluation }: Pick<Judged, 'verdict' | 'evaluation'>,
): [string, string] {
  if (verdict === evaluation.verdict) return evaluation.explanation;
  const byCrm = verdict === 'mql' ? ', as the CRM has qualified it' : '';
  const how = decides === 'gate' ? ', accepted from the review band' : byCrm;
  return sentencesOf({ ...evaluation, verdict }, policy.scoring.mqlAt, how);
}

/** Notes are for whoever reads an evaluation; in the lead they would be written with each save. */
function withoutNote({ criterion, met, field, valueClass, wouldPass }: Criterion): Criterion {
  return {
    criterion,
    met,
    wouldPass,
    ...(field !== undefined && { field }),
    ...(valueClass !== undefined && { valueClass }),
  };
}

/** What an event may say of the gate: which criteria fail and of what kind each value is, never the value. */
export function gateFacts(gate: GateState): Record<string, unknown> {
  return {
    verdict: gate.verdict,
    score: gate.score.total,
    failing: gate.failing.map(({ criterion, field, valueClass }) => ({ criterion, field, valueClass })),
  };
}
