/** `policy try`: which inquiries another policy would judge otherwise, and by which criterion (001: recalibration). */
import { z } from 'zod';
import type { Verdict } from '../../core/model/gate.ts';
import type { Person } from '../../core/model/person.ts';
import type { CompiledPolicy } from '../../core/policy/compiled.ts';
import { evaluate } from '../../core/qualification/gate/index.ts';
import type { Evaluation } from '../../core/qualification/gate/index.ts';
import type { InquiryFacts } from '../../core/qualification/gate/types.ts';
import { iso } from '../../core/time.ts';
import type { EpochMs } from '../../core/time.ts';
import { inquirySchema, submitInquirySchema } from '../../lambdas/api/schemas/inquiry.ts';
import { systemClock } from '../../lambdas/shared/clock.ts';
import { loadPolicy } from '../../lib/policy/load.ts';
import { loadPeople } from '../../lib/policy/people.ts';
import { readLines } from '../json-lines.ts';
import { instantOf } from './explain.ts';
import { table } from './table.ts';

export interface TryOptions {
  /** The policy that is tried, and the one that it is held against. */
  newFile: string;
  oldFile: string;
  /** JSON lines, each an inquiry as `POST /inquiries` takes it; `crm` and `source` may be left out. */
  inquiriesFile: string;
  /** The instant for which scores are computed; left out: now. */
  at: string | undefined;
  peopleFile: string;
}

interface Judged {
  line: number;
  recordId: string;
  before: Evaluation;
  after: Evaluation;
}

const VERDICTS = ['mql', 'held', 'review', 'nurture', 'refused'] as const satisfies readonly Verdict[];
const WIDE = 100;

const { crm, source } = submitInquirySchema.shape;
const triedSchema = z.strictObject({ ...inquirySchema.shape, crm: crm.optional(), source });

/** @returns the exit code: 1 if a line is no inquiry; the others are judged all the same */
export async function tryPolicy(options: TryOptions, say: (text: string) => void): Promise<number> {
  const { newFile, oldFile, inquiriesFile, at, peopleFile } = options;
  const now = at === undefined ? systemClock.now() : instantOf(at);
  const [older, newer] = [await loadPolicy(oldFile), await loadPolicy(newFile)];
  const people = await loadPeople(peopleFile);
  const { good, bad } = await readLines(inquiriesFile, triedSchema, say);
  const judged = good.map(({ line, value }): Judged => {
    const by = (policy: CompiledPolicy): Evaluation => evaluation(policy, people, now, value);
    return { line, recordId: value.crm?.recordId ?? '', before: by(older), after: by(newer) };
  });
  const changed = judged.filter(({ before, after }) => before.verdict !== after.verdict);
  say(`${oldFile} (${older.policyVersion}), then ${newFile} (${newer.policyVersion}), at ${iso(now)}`);
  say(matrix(judged));
  say(`${changed.length} of ${judged.length} inquiries would be judged otherwise.`);
  if (changed.length > 0) say(changes(changed, older, newer));
  if (bad > 0) say(`${bad} lines were passed over.`);
  return bad > 0 ? 1 : 0;
}

/** Name servers are not asked: both policies get the same. */
function evaluation(policy: CompiledPolicy, people: Person[], now: EpochMs, facts: InquiryFacts): Evaluation {
  return evaluate({ policy, roster: { version: 0, people }, now, mx: 'unknown' }, facts);
}

/** Verdicts of the old policy in rows, of the new one in columns; what stays is on the diagonal. */
function matrix(judged: readonly Judged[]): string {
  const count = (before: Verdict | null, after: Verdict | null): string =>
    String(
      judged.filter(
        (one) =>
          (before === null || one.before.verdict === before) &&
          (after === null || one.after.verdict === after),
      ).length,
    );
  const row = (title: string, before: Verdict | null): string[] => [
    title,
    ...VERDICTS.map((after) => count(before, after)),
    count(before, null),
  ];
  const rows = [...VERDICTS.map((before) => row(before, before)), row('all', null)];
  return table(['old, then new', ...VERDICTS, 'all'], rows);
}

function changes(changed: readonly Judged[], older: CompiledPolicy, newer: CompiledPolicy): string {
  const rows = changed.map((one) => [
    String(one.line),
    one.recordId,
    `${one.before.verdict} → ${one.after.verdict}`,
    `${one.before.score.total} → ${one.after.score.total}`,
    reasons(one, older, newer).join('; '),
  ]);
  return table(['line', 'record', 'verdict', 'score', 'because'], rows, WIDE);
}

/** The criteria that come out otherwise, and the review band where it is in play. */
function reasons({ before, after }: Judged, older: CompiledPolicy, newer: CompiledPolicy): string[] {
  const [failed, fails] = [failing(before), failing(after)];
  const turned = [
    ...[...fails].filter((name) => !failed.has(name)).map((name) => `${name} no longer met`),
    ...[...failed].filter((name) => !fails.has(name)).map((name) => `${name} now met`),
  ].map((text) => (text.startsWith('score ') ? `${text} (${thresholds(older, newer)})` : text));
  const inReview = before.verdict === 'review' || after.verdict === 'review';
  return inReview ? [...turned, `review ${bandText(older)} → ${bandText(newer)}`] : turned;
}

/** Names of criteria; one that a policy does not ask for is met. */
function failing({ criteria }: Evaluation): Set<string> {
  return new Set(criteria.filter(({ met }) => !met).map(({ criterion }) => criterion));
}

function thresholds(older: CompiledPolicy, newer: CompiledPolicy): string {
  return `an MQL at ${older.scoring.mqlAt} → ${newer.scoring.mqlAt}`;
}

function bandText({ scoring: { review } }: CompiledPolicy): string {
  return `from ${review.from} below ${review.below}`;
}
