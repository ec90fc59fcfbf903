/** `calibrate compare`: whether two raters mean the same by an MQL, and where they part (001, policy book §15). */
import { compareRatings } from '../../core/reporting/agreement.ts';
import type { Agreement, Comparison } from '../../core/reporting/agreement.ts';
import { table } from '../policy/table.ts';
import { QUESTIONS, readSheet } from './sheet.ts';
import type { Sheet } from './sheet.ts';

/** @returns the exit code: 1 if something in the sheets cannot be compared; the rest is compared all the same */
export async function compare(
  [first, second]: readonly [string, string],
  say: (text: string) => void,
): Promise<number> {
  const sheets: readonly [Sheet, Sheet] = [await readSheet(first), await readSheet(second)];
  const [a, b] = sheets;
  const faults = [...faultsOf(a), ...faultsOf(b), ...onlyIn(a, b), ...onlyIn(b, a)];
  const comparison = compareRatings(QUESTIONS, ratingsOf(a), ratingsOf(b));
  faults.forEach(say);
  if (comparison.questions.every(({ agreement }) => agreement.rated === 0)) {
    say(`${first} and ${second} cannot be compared: they have no answer about the same lead in common.`);
    return 1;
  }
  for (const sheet of sheets) sayEmpty(sheet, say);
  say(agreements(comparison));
  say(partings(comparison, sheets));
  return faults.length > 0 ? 1 : 0;
}

function faultsOf({ file, faults }: Sheet): string[] {
  return faults.map((fault) => `${file} ${fault}`);
}

function onlyIn(sheet: Sheet, other: Sheet): string[] {
  return [...sheet.leads]
    .filter(([leadId]) => !other.leads.has(leadId))
    .map(([leadId, { line }]) => `${sheet.file} line ${line}: lead ${leadId} is not in ${other.file}`);
}

function ratingsOf({ leads }: Sheet) {
  return new Map([...leads].map(([leadId, { answers }]) => [leadId, answers]));
}

function sayEmpty({ file, empty }: Sheet, say: (text: string) => void): void {
  for (const question of QUESTIONS) {
    const lines = empty.filter((one) => one.question === question).map(({ line }) => line);
    if (lines.length > 0) {
      say(`${file} column ${question}: empty, not counted: line ${lines.join(', ')}`);
    }
  }
}

/** The question of all questions first, then the criteria, least agreement first. */
function agreements({ questions }: Comparison): string {
  const [whole, ...criteria] = questions;
  const sorted = criteria.toSorted((a, b) => (a.agreement.share ?? 2) - (b.agreement.share ?? 2));
  const rowOf = ({ question, agreement }: { question: string; agreement: Agreement }): string[] => [
    question,
    String(agreement.rated),
    String(agreement.agreed),
    agreement.share === null ? '' : `${(agreement.share * 100).toFixed(0)} %`,
    agreement.kappa === null ? '' : agreement.kappa.toFixed(2),
    agreement.inWords,
  ];
  const rows = [...(whole === undefined ? [] : [whole]), ...sorted].map(rowOf);
  return table(['', 'rated', 'agreed', 'agreement', 'kappa', 'Landis and Koch'], rows, 80);
}

function partings({ parted }: Comparison, [a, b]: readonly [Sheet, Sheet]): string {
  if (parted.length === 0) return 'They agree on every lead.';
  const rows = parted.map(({ leadId, questions }) => {
    const [one, other] = [a.leads.get(leadId), b.leads.get(leadId)];
    const parts = QUESTIONS.filter((question) => questions.includes(question)).map(
      (question) => `${question} ${one?.answers[question] ?? ''}/${other?.answers[question] ?? ''}`,
    );
    return [leadId, `${one?.line ?? ''}/${other?.line ?? ''}`, parts.join(', ')];
  });
  return table([`leads on which they part: ${parted.length}`, 'line', 'first/second'], rows, 80);
}
