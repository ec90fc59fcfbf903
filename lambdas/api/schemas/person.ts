/** People of the roster and their availability (policy book §2). */
import { z } from 'zod';
import { idSchema, roleSchema } from '../../../core/policy/schema/basics.ts';
import { segmentIdSchema } from '../../../core/policy/schema/lead-kinds.ts';
import { emailSchema, instantSchema, isoSchema, line, personIdSchema, timeZoneSchema } from './common.ts';

export const putPersonSchema = z
  .strictObject({
    /** May be left out; if given, the same as in the path. */
    personId: personIdSchema.optional(),
    name: line(200),
    email: emailSchema,
    role: roleSchema,
    managerId: personIdSchema.nullable().default(null),
    timeZone: timeZoneSchema,
    /** A calendar row of the policy; its hours are taken in the person's zone. */
    calendar: idSchema,
    /** What the person takes; an empty list takes all. */
    territories: z.array(idSchema).max(500).default([]),
    segments: z.array(segmentIdSchema).max(10).default([]),
    verticals: z.array(line(100)).max(100).default([]),
    partners: z.array(line(64)).max(500).default([]),
    /** Share of the round robin, relative to the others of a pool. */
    weight: z.number().positive().max(1000).default(1),
    openLeadCap: z.int().nonnegative().max(100_000).nullable().default(null),
    onCall: z.boolean().default(false),
    active: z.boolean().default(true),
    phone: line(40).optional(),
  })
  .meta({
    id: 'PutPerson',
    examples: [
      {
        name: 'Sam Reyes',
        email: 'sam@example.com',
        role: 'sdr',
        managerId: 'mona',
        timeZone: 'America/New_York',
        calendar: 'business_hours',
        territories: ['us_east'],
        segments: ['enterprise', 'mid_market'],
        weight: 1,
        openLeadCap: 40,
      },
    ],
  });
/** A checked person; what has a default is filled in. */
export type PutPerson = z.output<typeof putPersonSchema>;

const availabilityViewSchema = z.object({
  available: z.boolean(),
  from: isoSchema,
  /** Null: until further notice. */
  until: isoSchema.nullable(),
  reason: z.string(),
});

export const personViewSchema = z
  .object({
    personId: z.string(),
    name: z.string(),
    email: z.string(),
    role: roleSchema,
    managerId: z.string().nullable(),
    timeZone: z.string(),
    calendar: z.string(),
    territories: z.array(z.string()),
    segments: z.array(z.string()),
    verticals: z.array(z.string()),
    partners: z.array(z.string()),
    weight: z.number(),
    openLeadCap: z.int().nullable(),
    onCall: z.boolean(),
    active: z.boolean(),
    phone: z.string().optional(),
    /** The latest entry that covers an instant decides. */
    availability: z.array(availabilityViewSchema),
  })
  .meta({ id: 'Person' });

export const personAnswerSchema = z
  .object({
    person: personViewSchema,
    /** What else is wrong with the roster, e.g. a pool without a member. */
    warnings: z.array(z.object({ path: z.string(), message: z.string() })),
  })
  .meta({ id: 'PersonAnswer' });

export const peopleSchema = z.object({ people: z.array(personViewSchema) }).meta({ id: 'People' });

export const setAvailabilitySchema = z
  .strictObject({
    available: z.boolean(),
    /** Now, if left out. */
    from: instantSchema.optional(),
    /** Null or left out: until further notice. */
    until: instantSchema.nullable().default(null),
    reason: line(200),
  })
  .meta({
    id: 'SetAvailability',
    examples: [
      {
        available: false,
        from: '2026-12-21T08:00:00-05:00',
        until: '2027-01-04T08:00:00-05:00',
        reason: 'vacation',
      },
    ],
  });
export type SetAvailability = z.output<typeof setAvailabilitySchema>;

export const availabilityAnswerSchema = z
  .object({
    person: personViewSchema,
    /** Leads that waited for somebody and have an owner now. */
    assigned: z.int(),
  })
  .meta({ id: 'AvailabilityAnswer' });
