/** A CSV file as rows with their line numbers. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { z } from 'zod';

export interface Row {
  /** Line of the file on which the row starts, the header being line 1. */
  line: number;
  cells: Record<string, string>;
}

/** A row that was not sent, and why. */
export interface BadRow {
  line: number;
  reason: string;
}

/** The file cannot be read as the mapping says: nothing was sent. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
}

const parsed = z.object({
  record: z.array(z.string()),
  raw: z.string(),
  info: z.object({ lines: z.number() }),
});

const OPTIONS = {
  bom: true,
  info: true,
  raw: true,
  trim: true,
  skip_empty_lines: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_records_with_error: true,
};

/**
 * Reads a CSV file (UTF-8 with or without byte order mark, quoted cells, any line ending) row by row. Cells are
 * trimmed; a row with too few or too many cells is reported and the rest goes on.
 * @param needs columns that the mapping names
 * @throws ExportError if a column is missing or the file is empty; the file system's error if it cannot be read
 */
export async function* rows(
  file: string,
  needs: readonly string[],
  delimiter = ',',
): AsyncGenerator<Row | BadRow> {
  const skipped: BadRow[] = [];
  const onSkip = (error: Error | undefined, raw: string | undefined): undefined => {
    const end = lineOf(error);
    skipped.push({ line: end - breaks(raw ?? ''), reason: error?.message ?? 'cannot be read' });
  };
  const input = Readable.from(unixLines(createReadStream(file, 'utf8')));
  const parser = input.pipe(parse({ ...OPTIONS, delimiter, on_skip: onSkip }));
  // A pipe does not hand on what goes wrong before it.
  input.on('error', (error) => parser.destroy(error));
  let header: string[] | undefined;
  for await (const item of parser) {
    const { record, raw, info } = parsed.parse(item);
    const line = info.lines - breaks(raw);
    yield* skipped.splice(0);
    if (header === undefined) header = checkedHeader(record, needs, file);
    else if (record.length !== header.length) {
      yield { line, reason: `has ${record.length} cells, the header has ${header.length}` };
    } else yield { line, cells: Object.fromEntries(header.map((column, i) => [column, record[i] ?? ''])) };
  }
  yield* skipped;
  if (header === undefined) throw new ExportError(`${file} is empty.`);
}

/** The parser counts a line break of two characters within quotes twice: it gets single ones. */
async function* unixLines(chunks: AsyncIterable<unknown>): AsyncGenerator<string> {
  let held = '';
  for await (const chunk of chunks) {
    const text = held + String(chunk);
    held = text.endsWith('\r') ? '\r' : '';
    yield text.slice(0, text.length - held.length).replace(/\r\n?/g, '\n');
  }
  if (held !== '') yield '\n';
}

/** Line breaks within a row. */
function breaks(raw: string): number {
  return raw.trim().split('\n').length - 1;
}

function lineOf(error: Error | undefined): number {
  return error !== undefined && 'lines' in error && typeof error.lines === 'number' ? error.lines : 0;
}

function checkedHeader(header: string[], needs: readonly string[], file: string): string[] {
  const missing = needs.filter((column) => !header.includes(column));
  if (missing.length === 0) return header;
  throw new ExportError(`${file} has no column ${missing.join(', ')}; it has ${header.join(', ')}.`);
}
