/** `policy explain-score`: what the gate says of an inquiry at an instant, with every point and every criterion. */
import { parseAddress } from '../../core/qualification/gate/address.ts';
import { evaluate } from '../../core/qualification/gate/index.ts';
import type { MxVerdict } from '../../core/qualification/gate/email.ts';
import type { Evaluation } from '../../core/qualification/gate/index.ts';
import { iso } from '../../core/time.ts';
import { inquirySchema } from '../../lambdas/api/schemas/inquiry.ts';
import { systemClock } from '../../lambdas/shared/clock.ts';
import { mxLookup } from '../../lambdas/shared/mx.ts';
import { loadPolicy } from '../../lib/policy/load.ts';
import { loadPeople } from '../../lib/policy/people.ts';
import { instantOf, readAs } from './explain.ts';
import { table } from './table.ts';

export interface ExplainScoreOptions {
  inquiryFile: string;
  /** The instant for which the score is computed; left out: now. */
  at: string | undefined;
  policyFile: string;
  peopleFile: string;
  /** Whether the name servers are asked if the address's domain takes mail; otherwise that is not known. */
  mx: boolean;
}

const MX_LIMIT_MS = 2000;
const WIDE = 80;

/** @returns the exit code: 1 if the inquiry is not one */
export async function explainScore(
  options: ExplainScoreOptions,
  say: (text: string) => void,
): Promise<number> {
  const { inquiryFile, at, policyFile, peopleFile } = options;
  const [policy, people] = [await loadPolicy(policyFile), await loadPeople(peopleFile)];
  const facts = await readAs(inquirySchema, inquiryFile, say);
  if (facts === null) return 1;
  const now = at === undefined ? systemClock.now() : instantOf(at);
  const mx = options.mx ? await askMx(facts.contact.email) : 'unknown';
  const evaluation = evaluate({ policy, roster: { version: 0, people }, now, mx }, facts);
  say(evaluation.explanation.join('\n'));
  say(`At ${iso(now)}, policy ${policy.policyVersion}: ${verdictText(evaluation)}`);
  say(points(evaluation));
  say(criteria(evaluation));
  return 0;
}

async function askMx(email: string | undefined): Promise<MxVerdict> {
  const address = email === undefined ? null : parseAddress(email);
  return address === null ? 'unknown' : mxLookup({ timeoutMs: MX_LIMIT_MS })(address.domain);
}

function verdictText({ verdict, track, score }: Evaluation): string {
  const on = track === null ? '' : ` (${track})`;
  const missing = score.toThreshold === 0 ? '' : `, ${score.toThreshold} points to the threshold`;
  return `${verdict}${on}${missing}`;
}

function points({ score }: Evaluation): string {
  const rows = score.contributions.map((one) => [one.what, String(one.points), one.at ?? '', one.because]);
  return table(['what', 'points', 'at', 'because'], [...rows, ['total', String(score.total), '', '']], WIDE);
}

function criteria(evaluation: Evaluation): string {
  const rows = evaluation.criteria.map(({ criterion, met, valueClass = '', wouldPass, note = '' }) => [
    met ? 'yes' : 'NO',
    criterion,
    valueClass,
    note === '' ? (met ? '' : wouldPass) : note,
  ]);
  return table(['met', 'criterion', 'is', ''], rows, WIDE);
}
