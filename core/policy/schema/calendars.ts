/** Business time (policy book §4): calendars, holidays, and where a prospect is. */
import { z } from 'zod';
import { fromSchema, idSchema } from './basics.ts';

export const timeOfDaySchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day like 08:00, at most 24:00');
export const windowsSchema = z.array(z.tuple([timeOfDaySchema, timeOfDaySchema]));
const dateSchema = z.iso.date();
const timeZoneSchema = z.string().min(1);

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A calendar that says everything itself: what `npm run deadline` reads and what the core computes with. */
export const wholeCalendarSchema = z.strictObject({
  timeZone: timeZoneSchema,
  weekly: z.partialRecord(z.enum(WEEKDAYS), windowsSchema),
  /** Days without any open hour. */
  holidays: z.array(dateSchema).default([]),
  /** Days with other hours; these win over weekly hours and over holidays. */
  overrides: z.record(dateSchema, windowsSchema).default({}),
});
export type WholeCalendar = z.infer<typeof wholeCalendarSchema>;

/** A calendar row of the policy: weekly hours, whose zone they are in, and which holidays close it. */
export const calendarRowSchema = z.strictObject({
  id: idSchema,
  weekly: z.partialRecord(z.enum(WEEKDAYS), windowsSchema),
  /** Whose zone the hours are in; `fixed` takes `timeZone`. */
  basis: z.enum(['prospect', 'owner', 'pool', 'fixed']),
  timeZone: timeZoneSchema.optional(),
  /** `region`: the public holidays of the country and region that the basis names. */
  publicHolidays: z.enum(['region', 'none']),
  ownHolidays: z.array(dateSchema).default([]),
  overrides: z.record(dateSchema, windowsSchema).default({}),
  from: fromSchema,
});
export type CalendarRow = z.infer<typeof calendarRowSchema>;

export const calendarsSchema = z.strictObject({
  calendars: z.array(calendarRowSchema).min(1),
  holidays: z.strictObject({
    /** Calendar years for which public holidays are compiled, both inclusive. */
    years: z.tuple([z.int(), z.int()]),
    /** Countries (ISO 3166-1): whether regions' own holidays are compiled as well, and other years than the rest. */
    countries: z.record(
      z.string().length(2),
      z.strictObject({
        regions: z.union([z.literal('all'), z.array(z.string())]),
        years: z.tuple([z.int(), z.int()]).optional(),
      }),
    ),
  }),
});

export const regionsSchema = z.strictObject({
  /** Used when a lead names neither zone, region nor country. */
  home: z.strictObject({
    timeZone: timeZoneSchema,
    country: z.string().length(2),
    region: z.string().optional(),
  }),
  /** Zones of regions where a country has several; every other country's zone is compiled in. */
  regionZones: z.record(z.string().length(2), z.record(z.string(), timeZoneSchema)),
  territories: z.array(
    z.strictObject({
      id: idSchema,
      countries: z.array(z.string().length(2)),
      regions: z.array(z.string()).default([]),
      staffed: z.boolean().default(true),
      from: fromSchema,
    }),
  ),
});
export type TerritoryRow = z.infer<typeof regionsSchema>['territories'][number];
