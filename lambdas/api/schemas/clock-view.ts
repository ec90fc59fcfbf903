/** A clock in every answer: what is owed, until when, and what became of it. */
import { z } from 'zod';
import { RUNGS } from '../../../core/policy/schema/commitments.ts';
import { isoSchema } from './common.ts';

const rungViewSchema = z
  .object({
    rung: z.enum(RUNGS),
    at: isoSchema,
    doneAt: isoSchema.nullable(),
    outcome: z
      .enum(['done', 'passed_over'])
      .nullable()
      .describe('passed_over with the reason when the rung had nothing to do.'),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Rung' });

export const clockViewSchema = z
  .object({
    clockId: z.string(),
    commitment: z.string(),
    status: z.enum([
      'within_sla',
      'at_risk',
      'breached',
      'escalated',
      'paused',
      'met',
      'missed',
      'cancelled',
    ]),
    owes: z
      .string()
      .nullable()
      .describe('The person who owes; null while nobody is assigned or a role owes.'),
    target: z.string().describe('Business time allowed, and the row of the policy it comes from.'),
    targetFrom: z.string(),
    calendar: z.object({ id: z.string(), timeZone: z.string(), holidays: z.string().nullable() }),
    startedAt: isoSchema,
    countsFrom: isoSchema.describe(
      'From where business time is counted: the start or the next opening after it.',
    ),
    dueAt: isoSchema,
    metAt: isoSchema.nullable(),
    metBy: z.string().nullable().describe('The activity that met it.'),
    verdicts: z.array(
      z.object({ at: isoSchema, verdict: z.enum(['met', 'missed']), of: isoSchema, because: z.string() }),
    ),
    pauses: z.array(
      z.object({
        from: isoSchema,
        to: isoSchema.nullable(),
        until: isoSchema.nullable().describe('Planned end; null: until somebody resumes.'),
        reason: z.string(),
        by: z.string(),
      }),
    ),
    extensions: z.array(z.object({ at: isoSchema, added: z.string(), reason: z.string(), by: z.string() })),
    rungs: z.array(rungViewSchema),
    explanation: z.string(),
    executionArn: z
      .string()
      .nullable()
      .describe('The execution that waits for it, or has waited last; null if none was started.'),
  })
  .meta({ id: 'Clock' });
export type ClockView = z.input<typeof clockViewSchema>;
