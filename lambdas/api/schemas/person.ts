/** People of the roster and their availability (policy book §2). */
import { z } from 'zod';
import { idSchema, roleSchema } from '../../../core/policy/schema/basics.ts';
import { segmentIdSchema } from '../../../core/policy/schema/lead-kinds.ts';
import {
  emailSchema,
  instantSchema,
  isoSchema,
  line,
  personIdSchema,
  timeZoneSchema,
  toDecimals,
} from './common.ts';

export const putPersonSchema = z
  .strictObject({
    personId: personIdSchema.optional().describe('May be left out; if given, the same as in the path.'),
    name: line(200),
    email: emailSchema,
    role: roleSchema,
    managerId: personIdSchema.nullable().default(null),
    timeZone: timeZoneSchema,
    calendar: idSchema.describe("A calendar row of the policy; its hours are taken in the person's zone."),
    territories: z
      .array(idSchema)
      .max(500)
      .default([])
      .describe('What the person takes; an empty list takes all.'),
    segments: z.array(segmentIdSchema).max(10).default([]),
    verticals: z.array(line(100)).max(100).default([]),
    partners: z.array(line(64)).max(500).default([]),
    weight: z
      .number()
      .min(0.01)
      .max(1000)
      .overwrite(toDecimals(6))
      .default(1)
      .describe('Share of the round robin, relative to the others of a pool.'),
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
        calendar: 'business',
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
  until: isoSchema.nullable().describe('Null: until further notice.'),
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
    availability: z
      .array(availabilityViewSchema)
      .describe('Of the entries that cover an instant, the one that begins latest decides.'),
  })
  .meta({ id: 'Person' });

export const personAnswerSchema = z
  .object({
    person: personViewSchema,
    warnings: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .describe('What else is wrong with the roster, e.g. a pool without a member.'),
  })
  .meta({ id: 'PersonAnswer' });

export const peopleSchema = z.object({ people: z.array(personViewSchema) }).meta({ id: 'People' });

export const setAvailabilitySchema = z
  .strictObject({
    available: z.boolean(),
    from: instantSchema.optional().describe('Now, if left out.'),
    until: instantSchema.nullable().default(null).describe('Null or left out: until further notice.'),
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
    assigned: z.int().describe('Leads that waited for somebody and have an owner now.'),
  })
  .meta({ id: 'AvailabilityAnswer' });
