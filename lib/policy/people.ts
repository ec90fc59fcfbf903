/** The roster of a file: sample people of the embedded system, or an operator's own. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { PolicyError } from '../../core/policy/issue.ts';
import { idSchema, roleSchema } from '../../core/policy/schema/basics.ts';
import type { Person } from '../../core/model/person.ts';
import { parseYaml } from './parse.ts';

const availabilitySchema = z.strictObject({
  available: z.boolean(),
  from: z.iso.datetime({ offset: true }),
  until: z.iso.datetime({ offset: true }).nullable().default(null),
  reason: z.string().min(1),
});

const personSchema = z.strictObject({
  personId: idSchema,
  name: z.string().min(1),
  email: z.email(),
  role: roleSchema,
  managerId: idSchema.nullable().default(null),
  timeZone: z.string().min(1),
  calendar: idSchema,
  territories: z.array(z.string()).default([]),
  segments: z.array(z.string()).default([]),
  verticals: z.array(z.string()).default([]),
  partners: z.array(z.string()).default([]),
  weight: z.number().positive().default(1),
  openLeadCap: z.int().nonnegative().nullable().default(null),
  onCall: z.boolean().default(false),
  active: z.boolean().default(true),
  phone: z.string().optional(),
  availability: z.array(availabilitySchema).default([]),
});
const peopleFileSchema = z.strictObject({ people: z.array(personSchema) });

/**
 * The people of a YAML file with the key `people`; what is left out takes its default (any territory, weight 1, no
 * cap, active, available).
 * @throws PolicyError with every finding
 */
export async function loadPeople(file: string): Promise<Person[]> {
  const parsed = parseYaml(await readFile(file, 'utf8'), peopleFileSchema);
  if (parsed.value === null) throw new PolicyError(file, parsed.issues);
  return parsed.value.people;
}
