/** CSV that a spreadsheet opens without taking what a prospect has typed for a formula. */
import { stringify } from 'csv-stringify/sync';

export type Cell = string | number;

/**
 * Rows as the text of a CSV file (RFC 4180) that spreadsheets take for UTF-8. An apostrophe stands before a text that
 * looks like a formula (OWASP, "CSV injection"); a text in which some spreadsheet might part cells is quoted.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { bom: true, record_delimiter: 'windows', escape_formulas: true, quoted_match: /[;\t\r\n]/ },
  );
}
