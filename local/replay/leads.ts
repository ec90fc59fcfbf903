/** Rows of an export as requests for `POST /v1/leads`, in the order in which the leads arrived. */
import { epochMs, iso } from '../../core/time.ts';
import type { EpochMs } from '../../core/time.ts';
import { submitLeadSchema } from '../../lambdas/api/schemas/lead-intake.ts';
import type { SubmitLead } from '../../lambdas/api/schemas/lead-intake.ts';
import { LEAD_FIELDS, isLeadField, put } from './fields.ts';
import type { Mapping, ValueSpec } from './mapping.ts';
import { rows } from './rows.ts';
import type { BadRow, Row } from './rows.ts';
import { standIn } from './stand-ins.ts';
import { instantOf } from './when.ts';

export interface Arrival {
  line: number;
  /** The record's id in the CRM. */
  id: string;
  at: EpochMs;
  body: SubmitLead;
}

export interface Export {
  /** By arrival time; leads of the same instant in the order of the file. */
  arrivals: Arrival[];
  bad: BadRow[];
}

/**
 * Reads a whole export.
 * @param limit at most so many leads, the first to arrive
 * @throws ExportError if the file lacks a column of the mapping
 */
export async function readLeads(file: string, mapping: Mapping, limit = Infinity): Promise<Export> {
  const arrivals: Arrival[] = [];
  const bad: BadRow[] = [];
  const seen = new Map<string, number>();
  for await (const row of rows(file, columnsOf(mapping), mapping.delimiter)) {
    const read = 'reason' in row ? row : arrivalOf(row, mapping);
    if ('reason' in read) {
      bad.push(read);
      continue;
    }
    const before = seen.get(read.id);
    if (before === undefined) {
      seen.set(read.id, read.line);
      arrivals.push(read);
    } else bad.push({ line: read.line, reason: `repeats the record of line ${before}` });
  }
  arrivals.sort((a, b) => a.at - b.at || a.line - b.line);
  return { arrivals: arrivals.slice(0, limit), bad };
}

/** The lead of a row, or why there is none. */
export function arrivalOf(row: Row, mapping: Mapping): Arrival | BadRow {
  const { line } = row;
  const idSpec = mapping.lead['crm.recordId'];
  const id = idSpec !== undefined && 'column' in idSpec ? (row.cells[idSpec.column] ?? '') : '';
  if (id === '') return { line, reason: 'crm.recordId: the cell with the id is empty' };
  const body: Record<string, unknown> = {};
  for (const [path, spec] of Object.entries(mapping.lead)) {
    const read = valueOf(spec, row, id);
    if ('reason' in read) return { line, reason: `${path}: ${read.reason}` };
    if (read.value === undefined) continue;
    put(body, path, isLeadField(path) && LEAD_FIELDS[path] === 'number' ? Number(read.value) : read.value);
  }
  const checked = submitLeadSchema.safeParse(body);
  if (checked.success) return { line, id, at: epochMs(checked.data.qualifiedAt), body: checked.data };
  const reasons = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  return { line, reason: reasons.join('; ') };
}

type Read = { value: string | number | undefined } | { reason: string };

function valueOf(spec: ValueSpec, { cells }: Row, id: string): Read {
  if ('constant' in spec) return { value: spec.constant };
  if ('standIn' in spec) return { value: standIn(spec.standIn, id) };
  const column = 'time' in spec ? spec.time : spec.column;
  const cell = cells[column] ?? '';
  if ('time' in spec) {
    if (cell === '') return { reason: `the cell of ${column} is empty` };
    const at = instantOf(cell, spec, id);
    return typeof at === 'string' ? { reason: at } : { value: iso(at) };
  }
  if (spec.map === undefined) return { value: cell === '' ? spec.else : cell };
  const value = Object.hasOwn(spec.map, cell) ? spec.map[cell] : spec.else;
  return value === undefined ? { reason: `"${cell}" in ${column} is not in the mapping's table` } : { value };
}

function columnsOf(mapping: Mapping): string[] {
  const named = Object.values(mapping.lead).flatMap((spec) => {
    if ('time' in spec) return [spec.time];
    return 'column' in spec ? [spec.column] : [];
  });
  return [...new Set(named)];
}
