/** The sheet that a rater fills in: one row per lead, the same for all raters (001, policy book §15). */
import { open } from 'node:fs/promises';
import { rows } from '../replay/rows.ts';
import type { RatedLead } from './leads.ts';
import { csvText } from './csv.ts';

/** "Would you call this person?" (001), and then each criterion of policy book §6. */
export const QUESTIONS = [
  'would_call',
  'fit',
  'persona',
  'intent',
  'completeness',
  'email',
  'territory',
  'disqualifiers',
] as const;
export type Question = (typeof QUESTIONS)[number];
type Answer = 'yes' | 'no';
type Answers = Partial<Record<Question, Answer>>;

const FACTS = ['leadId', 'source', 'tier', 'title', 'industry', 'employees', 'country', 'acts', 'score'];

/** The text of an empty sheet. */
export function sheetText(leads: readonly RatedLead[]): string {
  const empty = QUESTIONS.map(() => '');
  return csvText([[...FACTS, ...QUESTIONS], ...leads.map((lead) => [...factsOf(lead), ...empty])]);
}

function factsOf({ leadId, source, tier, contact, company, signals, ...lead }: RatedLead) {
  const acts = signals.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return [
    leadId,
    source,
    tier,
    contact.title ?? '',
    company.industry ?? '',
    company.employees ?? '',
    contact.country ?? '',
    acts.map(({ type, at }) => `${type} ${at.slice(0, 10)}`).join(' | '),
    // What it became an MQL with: the gate looks again whenever something is told.
    lead.score ?? lead.gate?.score.total ?? '',
  ];
}

export interface Sheet {
  file: string;
  /** Answers by lead, with the line on which they stand. */
  leads: Map<string, { line: number; answers: Answers }>;
  /** Cells that were left empty, by question. */
  empty: { line: number; question: Question }[];
  /** What cannot be compared, one sentence each, beginning with the line. */
  faults: string[];
}

/**
 * Reads a sheet that a rater has filled in, with commas, semicolons or tabs between its cells: which of them a
 * spreadsheet writes depends on its language. Answers are `yes` and `no`, in any case.
 * @throws ExportError if a column is missing; the file system's error if it cannot be read
 */
export async function readSheet(file: string): Promise<Sheet> {
  const sheet: Sheet = { file, leads: new Map(), empty: [], faults: [] };
  for await (const row of rows(file, ['leadId', ...QUESTIONS], await delimiterOf(file))) {
    if ('reason' in row) sheet.faults.push(`line ${row.line}: ${row.reason}`);
    else addRow(sheet, row.line, row.cells);
  }
  return sheet;
}

function addRow(sheet: Sheet, line: number, cells: Record<string, string>): void {
  // The apostrophe that kept a spreadsheet from reading the id as a formula.
  const leadId = (cells['leadId'] ?? '').replace(/^'/, '');
  const before = sheet.leads.get(leadId);
  if (leadId === '') sheet.faults.push(`line ${line}, column leadId: is empty; it names the lead`);
  else if (before !== undefined) {
    sheet.faults.push(
      `line ${line}, column leadId: ${leadId} is on line ${before.line}, too; it may be there once`,
    );
  } else sheet.leads.set(leadId, { line, answers: answersOf(sheet, line, cells) });
}

function answersOf(sheet: Sheet, line: number, cells: Record<string, string>): Answers {
  const answers: Answers = {};
  for (const question of QUESTIONS) {
    const cell = cells[question] ?? '';
    const answer = cell.toLowerCase();
    if (answer === 'yes' || answer === 'no') answers[question] = answer;
    else if (answer === '') sheet.empty.push({ line, question });
    else
      sheet.faults.push(
        `line ${line}, column ${question}: "${cell.slice(0, 20)}" is no answer; yes or no would be`,
      );
  }
  return answers;
}

/** The sign after `leadId` in the header; a comma where there is none. */
async function delimiterOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(1024), position: 0 });
    const header = buffer.toString('utf8', 0, bytesRead).split(/\r?\n/)[0] ?? '';
    return /[,;\t]/.exec(header)?.[0] ?? ',';
  } finally {
    await handle.close();
  }
}
