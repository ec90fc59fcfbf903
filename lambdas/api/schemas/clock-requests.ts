/** Pause, resume and extend a lead's clocks, each with a reason (policy book §4). */
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
    examples: [
      { reason: 'prospect_asked_to_be_called_later', until: '2026-11-23T15:00:00Z', personId: 'sam' },
    ],
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
