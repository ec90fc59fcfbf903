/** docs/lifecycle.md: the statuses as a state diagram, and what each command does to the clocks of the policy. */
import * as markdown from 'prettier/plugins/markdown';
import { format } from 'prettier/standalone';
import { fileURLToPath } from 'node:url';
import type { CommandRow } from '../../core/lifecycle/commands/command.ts';
import { TABLE } from '../../core/lifecycle/commands/table.ts';
import type { Move } from '../../core/lifecycle/moves.ts';
import { MOVES } from '../../core/lifecycle/moves.ts';
import type { LeadStatus } from '../../core/model/lead.ts';
import type { CommitmentRow } from '../../core/policy/schema/commitments.ts';
import { loadPolicy } from '../../lib/policy/load.ts';

const POLICY = fileURLToPath(new URL('../../policy/default.yaml', import.meta.url));

/** Statuses in which nobody in Sales works on a lead: on the way there its open clocks of Sales are cancelled. */
const GONE: readonly LeadStatus[] = ['held', 'rejected', 'recycled', 'disqualified'];

/** The document as it is checked in, formatted like every other. */
export async function lifecycleDocument(): Promise<string> {
  const { commitments } = await loadPolicy(POLICY);
  const text = [
    '# The life of a lead',
    'Drawn by `npm run lifecycle` from `core/lifecycle/commands/table.ts`, `core/lifecycle/moves.ts` and `policy/default.yaml`; do not edit it by hand.',
    ['```mermaid', diagram(), '```'].join('\n'),
    '## Commands',
    'A command that a status does not allow is refused with those that it does. The commitments are rows of the policy; one that is not enforced opens no clock. What is open besides when a lead leaves Sales is cancelled.',
    table(
      ['command', 'from', 'to', 'opens', 'meets', 'cancels', 'source'],
      TABLE.map((row) => commandRow(row, commitments)),
    ),
    '## Everything else that moves a lead',
    table(
      ['what', 'from', 'to', 'source'],
      MOVES.map(({ what, from, to, source }) => [what, list(from), list(to), source]),
    ),
  ].join('\n\n');
  return format(text, { parser: 'markdown', plugins: [markdown] });
}

/** One arrow for each pair of statuses; what makes it is written beside it. */
function diagram(): string {
  const arrows = new Map<string, string[]>();
  const draw = (from: string, to: string, what: string): void => {
    const key = `${from} --> ${to}`;
    arrows.set(key, [...(arrows.get(key) ?? []), what]);
  };
  for (const move of MOVES)
    each(move, (from, to) => {
      draw(from === 'new' ? '[*]' : from, to, move.what);
    });
  for (const row of TABLE)
    each(row, (from, to) => {
      draw(from, to, row.command);
    });
  const lines = [...arrows].map(
    ([arrow, whats]) => `  ${arrow} : ${[...new Set(whats)].join(', ').replaceAll(':', ',')}`,
  );
  return ['stateDiagram-v2', ...lines].join('\n');
}

/** Commands that leave the status as it is lead from each status to itself alone. */
function each({ from, to }: Pick<Move, 'from' | 'to'>, take: (from: string, to: string) => void): void {
  const stays = from.length === to.length && from.every((status) => status !== 'new' && to.includes(status));
  for (const one of from) {
    for (const other of to) if (!stays || one === other) take(one, other);
  }
}

function commandRow(
  { command, from, to, happens, source }: CommandRow,
  rows: readonly CommitmentRow[],
): string[] {
  const opens = rows.filter(({ start }) => happens.includes(start));
  const meets = rows.filter(({ stop }) => stop.some((fact) => happens.includes(fact)));
  const cancels = to.some((status) => GONE.includes(status)) ? 'whatever else Sales owes' : '';
  return [`\`${command}\``, list(from), list(to), ids(opens), ids(meets), cancels, source];
}

function ids(rows: readonly CommitmentRow[]): string {
  return rows.map(({ id }) => `\`${id}\``).join(', ');
}

function list(words: readonly string[]): string {
  return words.join(', ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
