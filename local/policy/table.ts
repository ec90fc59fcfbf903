/** Values as tables for the terminal. */
import Table from 'cli-table3';

/** Widest cell of a table, in characters; longer texts are broken at words. */
const WIDEST = 44;

/** Rows close together: a policy has hundreds of them. */
const NO_LINES = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };

/** A table with a head, if any of it is not empty; columns are as wide as their content, up to a limit. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  widest = WIDEST,
): string {
  const widths = head.map((title, i) => {
    const longest = Math.max(
      ...[title, ...rows.map((row) => row[i] ?? '')].flatMap(linesOf).map((line) => line.length),
    );
    return Math.min(longest, widest) + 2;
  });
  const drawn = new Table({
    head: head.some((title) => title !== '') ? [...head] : [],
    colWidths: widths,
    wordWrap: true,
    chars: NO_LINES,
    style: { head: [], border: [] },
  });
  drawn.push(...rows.map((row) => [...row]));
  return drawn.toString();
}

/** Rows of objects as a table: a column per key that any row has, `from` last. */
export function rowsTable(rows: readonly object[]): string {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = [...keys.filter((key) => key !== 'from'), ...keys.filter((key) => key === 'from')];
  const cells = rows.map((row) => {
    const values = new Map<string, unknown>(Object.entries(row));
    return columns.map((key) => cell(values.get(key)));
  });
  return table(columns, cells);
}

/** A value in one cell: lists with commas, objects as `key: value`, nothing for what is left out. */
export function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((one: unknown) => inner(one)).join(', ') || 'none';
  if (typeof value === 'object') {
    const parts = Object.entries(value).filter(([, one]) => one !== undefined);
    return parts.map(([key, one]) => `${key}: ${inner(one)}`).join('; ') || 'any';
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function inner(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one: unknown) => inner(one)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) return `{${cell(value)}}`;
  return cell(value);
}

function linesOf(text: string): string[] {
  return text.split('\n');
}
