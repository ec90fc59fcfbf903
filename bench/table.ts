/** Tables for the terminal. */
import Table from 'cli-table3';

/** A title, a table with a row for each list, and notes below. */
export function table(
  title: string,
  head: string[],
  rows: (string | number)[][],
  notes: string[] = [],
): string {
  const drawn = new Table({ head, style: { head: [], border: [], compact: true } });
  drawn.push(...rows);
  return `${title}\n${drawn.toString()}\n${notes.map((note) => `  ${note}\n`).join('')}`;
}

/** A number with as many digits as say something. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 1 ? 1 : 4;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}
