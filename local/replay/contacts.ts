/** First contacts from a second file of the export, joined by the id of the lead. */
import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { EpochMs } from '../../core/time.ts';
import type { Arrival } from './leads.ts';
import type { Mapping } from './mapping.ts';
import { rows } from './rows.ts';
import type { BadRow } from './rows.ts';
import { instantOf } from './when.ts';

export interface FirstContact {
  line: number;
  id: string;
  at: EpochMs;
}

export interface Contacts {
  /** The earliest of each lead that is played. */
  contacts: FirstContact[];
  bad: BadRow[];
  /** What a reader of the summary has to know. */
  notes: string[];
}

/**
 * Reads the contacts of the leads that are played; those of other leads are none of its business.
 * @param exportFile the leads' file: the mapping names the contacts' file as seen from there
 * @param given a file that takes the place of the mapping's
 * @throws ExportError if the file lacks a column, the file system's error if the given one is missing
 */
export async function readContacts(
  exportFile: string,
  mapping: Mapping,
  arrivals: readonly Arrival[],
  given?: string,
): Promise<Contacts> {
  const found: Contacts = { contacts: [], bad: [], notes: [] };
  const spec = mapping.contacts;
  if (spec === undefined) return found;
  const file = given ?? resolve(dirname(exportFile), spec.file);
  if (given === undefined && !(await isThere(file))) {
    found.notes.push(`${spec.file} is not beside the export: no contacts are played.`);
    return found;
  }
  const arrivedAt = new Map(arrivals.map((arrival) => [arrival.id, arrival.at]));
  const first = new Map<string, FirstContact>();
  let tooEarly = 0;
  for await (const row of rows(file, [spec.id, spec.at.time], mapping.delimiter)) {
    if ('reason' in row) {
      found.bad.push(row);
      continue;
    }
    const id = row.cells[spec.id] ?? '';
    const arrived = arrivedAt.get(id);
    if (arrived === undefined) continue;
    const at = instantOf(row.cells[spec.at.time] ?? '', spec.at, id);
    const known = first.get(id);
    if (typeof at === 'string') found.bad.push({ line: row.line, reason: `contact: ${at}` });
    else if (at < arrived) tooEarly += 1;
    else if (known === undefined || at < known.at) first.set(id, { line: row.line, id, at });
  }
  if (tooEarly > 0) found.notes.push(`Contacts before the lead arrived, skipped: ${tooEarly}.`);
  found.contacts = [...first.values()];
  return found;
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
