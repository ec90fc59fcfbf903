/** CSV that a spreadsheet opens without taking what a prospect has typed for a formula. */

export type Cell = string | number;

/** Where a cell may begin: at its start, and after a sign by which some spreadsheet parts the cells. */
const FORMULA = /(^|[,;\t\r\n])(\s*)(?=[=+\-@＝＋－＠])/gu;
/** Tells spreadsheets that the bytes are UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Rows as the text of a CSV file (RFC 4180). Numbers stay as they are. */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

/**
 * A text that no spreadsheet runs: an apostrophe stands before what looks like a formula (OWASP, "CSV injection"), also
 * within the text, since not every spreadsheet parts cells by commas.
 */
export function harmless(text: string): string {
  return text.replace(FORMULA, "$1$2'");
}

function cellText(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const text = harmless(cell);
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
