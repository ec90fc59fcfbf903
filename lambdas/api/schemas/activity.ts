/** Attempts and contacts: `POST /leads/{leadId}/activities`. */
import { z } from 'zod';
import { ACTIVITY_OUTCOMES, ACTIVITY_TYPES } from '../../../core/policy/schema/handling.ts';
import { instantSchema, isoSchema, line, personIdSchema } from './common.ts';
import { leadViewSchema } from './lead-view.ts';

export const recordActivitySchema = z
  .strictObject({
    activityId: z
      .string()
      .regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 printable characters without spaces'),
    type: z.enum(ACTIVITY_TYPES),
    outcome: z.enum(ACTIVITY_OUTCOMES),
    occurredAt: instantSchema,
    recordedBy: z
      .strictObject({ kind: z.enum(['system', 'manual']), name: line(100) })
      .describe(
        'system: stamped by a dialler or a mail system when it happened. manual: typed in by a person.',
      ),
    personId: personIdSchema.optional().describe('Who made the attempt.'),
  })
  .meta({
    id: 'RecordActivity',
    examples: [
      {
        activityId: 'call-4711',
        type: 'call',
        outcome: 'no_answer',
        occurredAt: '2026-11-20T15:07:30Z',
        recordedBy: { kind: 'system', name: 'dialler' },
        personId: 'sam',
      },
    ],
  });
/** A checked request to record an activity. */
export type RecordActivity = z.output<typeof recordActivitySchema>;

export const activityAnswerSchema = z
  .object({
    activityId: z.string(),
    attempt: z
      .boolean()
      .describe('Whether it counts as an attempt, and whether the attempt reached a person.'),
    contact: z.boolean(),
    backDated: z
      .boolean()
      .describe('Typed in afterwards: it counts from its arrival and is counted apart (policy book §5).'),
    clocksMet: z.array(
      z.object({
        clockId: z.string(),
        commitment: z.string(),
        verdict: z.enum(['met', 'missed']),
        dueAt: isoSchema,
        metAt: isoSchema,
        because: z.string(),
      }),
    ),
    lead: leadViewSchema,
  })
  .meta({ id: 'ActivityAnswer' });
export type ActivityAnswer = z.input<typeof activityAnswerSchema>;
