/**
 * The shape of a policy file, part by part. Every number of the SLA is a value here and none is a literal in code.
 * A value's origin is told in the YAML file (`from:`), in the words of the policy book.
 */
import { z } from 'zod';
import { commitmentsSchema } from './schema/commitments.ts';
import { calendarsSchema, regionsSchema } from './schema/calendars.ts';
import { leadKindsSchema } from './schema/lead-kinds.ts';
import { peopleSchema } from './schema/people.ts';
import { handlingSchema } from './schema/handling.ts';
import { laterTablesSchema } from './schema/later.ts';

export const policySchema = z.strictObject({
  name: z.string().min(1),
  version: z.string().min(1),
  ...calendarsSchema.shape,
  ...regionsSchema.shape,
  ...leadKindsSchema.shape,
  ...peopleSchema.shape,
  ...handlingSchema.shape,
  ...commitmentsSchema.shape,
  ...laterTablesSchema.shape,
});

/** A policy file as its author writes it (YAML), after validation. */
export type Policy = z.infer<typeof policySchema>;
