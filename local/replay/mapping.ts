/**
 * How the columns of a CRM export become leads: a YAML file, checked before anything is sent.
 * `samples/olist.map.yaml` shows every part of it.
 */
import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { z } from 'zod';
import { LEAD_FIELDS, REQUIRED_FIELDS, isLeadField } from './fields.ts';

const columnName = z.string().min(1, 'must be the name of a column');
const scalar = z.union([z.string(), z.number()], 'must be a text or a number');
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time of day like 07:00');
const zone = z.string().refine(isZone, 'must be a time zone of the IANA database, like America/Sao_Paulo');

/** Invented values, the same for the same record each time; see stand-ins.ts. */
export const STAND_INS = ['firstName', 'lastName', 'email', 'phone', 'company', 'domain'] as const;
export type StandIn = (typeof STAND_INS)[number];

const columnSpec = z.strictObject({
  column: columnName,
  /** Cell to value; `''` is the row for empty cells. Without `else`, a cell that is not in the table is a bad row. */
  map: z.record(z.string(), scalar).optional(),
  else: scalar.optional(),
});
const constantSpec = z.strictObject({ constant: scalar });
const standInSpec = z.strictObject({ standIn: z.enum(STAND_INS) });
const timeSpec = z.strictObject({
  /** The column that holds the instant, local time or date. */
  time: columnName,
  /** Where a text without an offset is meant. */
  zone,
  /** For dates written with slashes or dots and for dashes that do not start with the year. */
  order: z.enum(['ymd', 'mdy', 'dmy']).default('ymd'),
  /** For dates without a time: a time between these two is chosen by the record's id, always the same. */
  spread: z
    .tuple([clockTime, clockTime])
    .refine(([from, to]) => from < to, 'must be two times of day, the earlier one first')
    .optional(),
});

const KINDS = { column: columnSpec, constant: constantSpec, standIn: standInSpec, time: timeSpec };
const HOW = `must have one of the keys ${Object.keys(KINDS).join(', ')}`;

export type TimeSpec = z.output<typeof timeSpec>;
export type ValueSpec =
  z.output<typeof columnSpec> | z.output<typeof constantSpec> | z.output<typeof standInSpec> | TimeSpec;

/** Chooses the kind by its key first, so that a message speaks of the kind that was meant. */
const valueSpec = z.record(z.string(), z.unknown(), HOW).transform((spec, context): ValueSpec => {
  for (const [key, schema] of Object.entries(KINDS)) {
    if (!(key in spec)) continue;
    const read = schema.safeParse(spec);
    if (read.success) return read.data;
    for (const { path, message } of read.error.issues) {
      context.issues.push({ code: 'custom', path, message, input: spec });
    }
    return z.NEVER;
  }
  context.issues.push({ code: 'custom', message: HOW, input: spec });
  return z.NEVER;
});

const leadSchema = z.record(z.string(), valueSpec).superRefine((lead, context) => {
  const fault = (path: string, message: string): void => {
    context.addIssue({ code: 'custom', path: [path], message });
  };
  for (const [path, spec] of Object.entries(lead)) {
    if (!isLeadField(path)) {
      fault(path, `is no field of a lead; the fields are ${Object.keys(LEAD_FIELDS).join(', ')}`);
    } else if (path === 'qualifiedAt' && !('time' in spec)) {
      fault(path, 'is the arrival time and must have the key time');
    } else if (path !== 'qualifiedAt' && 'time' in spec) {
      fault(path, 'is no instant: only qualifiedAt can have the key time');
    }
  }
  for (const path of REQUIRED_FIELDS) if (!(path in lead)) fault(path, 'is missing: a lead needs it');
  const id = lead['crm.recordId'];
  if (id !== undefined && !('column' in id)) fault('crm.recordId', 'must be taken from a column');
});

const contactsSchema = z.strictObject({
  /** Beside the export, or a path of its own. */
  file: z.string().min(1),
  /** The column that holds the id of the lead. */
  id: columnName,
  /** When somebody first spoke with the prospect. */
  at: timeSpec,
});

export const mappingSchema = z.strictObject({
  name: z.string().min(1),
  /** What a reader of the summary has to know, e.g. which values are invented. */
  notes: z.array(z.string().min(1)).default([]),
  delimiter: z.string().length(1).default(','),
  lead: leadSchema,
  contacts: contactsSchema.optional(),
});
export type Mapping = z.output<typeof mappingSchema>;

/** What is wrong with a mapping: all of it at once, each with its path. */
export class MappingError extends Error {
  override readonly name = 'MappingError';
}

/**
 * The mapping that a YAML text describes.
 * @param file its name, for messages
 * @throws MappingError with every finding
 */
export function parseMapping(text: string, file: string): Mapping {
  const document = parseDocument(text, { prettyErrors: true });
  const broken = document.errors.map((error) => error.message);
  if (broken.length > 0) throw new MappingError(`${file} is not YAML: ${broken.join('\n')}`);
  const read = mappingSchema.safeParse(valuesOf(document, file));
  if (read.success) return read.data;
  const findings = read.error.issues.map(
    (issue) => `  ${issue.path.join(' > ') || '(whole file)'}: ${issue.message}`,
  );
  throw new MappingError(`The mapping ${file} has errors:\n${findings.join('\n')}`);
}

/** @throws MappingError for aliases that would unfold to more than fits into memory */
function valuesOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new MappingError(`${file} cannot be read: ${error instanceof Error ? error.message : ''}`, {
      cause: error,
    });
  }
}

/** Reads a mapping. @throws MappingError, or the file system's error */
export async function readMapping(file: string): Promise<Mapping> {
  return parseMapping(await readFile(file, 'utf8'), file);
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
