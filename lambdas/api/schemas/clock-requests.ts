/** Pause, resume and extend a lead's clocks (policy book §4), and move a lead (§2), each with a reason. */
import { z } from 'zod';
import { durationSchema, instantSchema, line, personIdSchema } from './common.ts';

export const pauseLeadSchema = z
  .strictObject({
    reason: line(64).describe("One of the policy's reasons for a pause."),
    until: instantSchema
      .optional()
      .describe('The pause ends by itself at this instant; without it, when somebody resumes.'),
    personId: personIdSchema.optional().describe('Who asks for it.'),
    note: line(500).optional(),
  })
  .meta({
    id: 'PauseLead',
    examples: [{ reason: 'prospect_asked_for_later', until: '2026-11-23T15:00:00Z', personId: 'sam' }],
  });

export const resumeLeadSchema = z
  .strictObject({ reason: line(500).optional(), personId: personIdSchema.optional() })
  .meta({ id: 'ResumeLead', examples: [{ reason: 'The prospect called back.', personId: 'sam' }] });

export const extendLeadSchema = z
  .strictObject({
    reason: line(500),
    duration: durationSchema.describe('Business time added to the target.'),
    personId: personIdSchema.describe('The manager who grants it.'),
  })
  .meta({
    id: 'ExtendLead',
    examples: [{ reason: 'The prospect travels until noon.', duration: 'PT30M', personId: 'mona' }],
  });

export const reassignLeadSchema = z
  .strictObject({
    personId: personIdSchema
      .optional()
      .describe('Who gets the lead; left out: the next in the round robin other than the present owner.'),
    reason: line(500).describe(
      "Begins with one of the policy's credited reasons, such as REJ-07, if the lead is given back as the giver's fault: its owner is owed a turn then.",
    ),
    by: personIdSchema.describe('The manager who asks for it.'),
  })
  .meta({
    id: 'ReassignLead',
    examples: [{ personId: 'kim', reason: 'The prospect asked for her.', by: 'mona' }],
  });
/** A checked request to move a lead. */
export type ReassignLead = z.output<typeof reassignLeadSchema>;
