/** Commands of a lead's life after the first attempt (policy book §8 to §13), and how that life is shown. */
import { z } from 'zod';
import { MEETING_KINDS, MEETING_STATES } from '../../../core/model/pipeline.ts';
import { MEDDPIC_ELEMENTS } from '../../../core/policy/schema/sql-gate.ts';
import { instantSchema, isoSchema, line, personIdSchema, pipelineIdSchema } from './common.ts';

const by = personIdSchema.describe('Who does it.');
/** A paragraph that somebody typed. */
const words = line(2000);
const parts = z.record(line(64), words);

export const acceptLeadSchema = z.strictObject({ by }).meta({ id: 'AcceptLead', examples: [{ by: 'sam' }] });

export const rejectLeadSchema = z
  .strictObject({ by, code: line(16).describe("One of Marketing's codes, REJ-01 to REJ-07.") })
  .meta({ id: 'RejectLead', examples: [{ by: 'sam', code: 'REJ-02' }] });

export const promoteLeadSchema = z
  .strictObject({
    by,
    meeting: z
      .strictObject({ startsAt: instantSchema.optional(), link: line(2000).optional() })
      .optional()
      .describe('The meeting that is booked with the prospect.'),
    pain: words.optional(),
    timeline: words.optional(),
    meddpic: z.partialRecord(z.enum(MEDDPIC_ELEMENTS), words).optional(),
    accountOwner: personIdSchema
      .optional()
      .describe('Whose account it is; goes before the round robin of AEs.'),
    briefing: parts
      .optional()
      .describe("The briefing for the AE, by the policy's parts: it is due the moment the lead is an SQL."),
  })
  .meta({
    id: 'PromoteLead',
    examples: [
      {
        by: 'sam',
        meeting: { startsAt: '2026-12-01T15:00:00Z', link: 'https://meet.example/abc' },
        pain: 'Releases wait three weeks for a manual check.',
        timeline: 'Wants it solved by March.',
        meddpic: {
          metrics: 'Two releases a week instead of one a month.',
          decision_process: 'The CTO signs after a trial of two teams.',
          implicate_pain: 'A customer has left over a late fix.',
        },
      },
    ],
  });

export const disposeLeadSchema = z
  .strictObject({
    by,
    disposition: line(64).describe("One of the policy's dispositions."),
    reason: line(64).optional(),
    detail: line(500).optional().describe('Something specific: too small, under 50 employees.'),
    signedBy: personIdSchema.optional().describe('A manager who signs that it comes early.'),
  })
  .meta({
    id: 'DisposeLead',
    examples: [
      { by: 'sam', disposition: 'disqualified', reason: 'budget', detail: 'No budget before 2028.' },
    ],
  });

export const writeBriefingSchema = z
  .strictObject({
    by,
    parts: parts.describe("By the policy's parts; those left out stay."),
  })
  .meta({ id: 'WriteBriefing', examples: [{ by: 'sam', parts: { pain: 'Releases wait three weeks.' } }] });

export const recordIntroductionSchema = z
  .strictObject({
    by,
    sentAt: instantSchema.optional().describe('When the mail was sent; left out: now.'),
    recordedBy: z.enum(['system', 'manual']).default('manual'),
  })
  .meta({ id: 'RecordIntroduction', examples: [{ by: 'sam', recordedBy: 'system' }] });

export const aeAcceptSchema = z
  .strictObject({ by, briefingRead: z.boolean().describe('The AE confirms that the briefing was read.') })
  .meta({ id: 'AeAccept', examples: [{ by: 'alice', briefingRead: true }] });

export const aeRejectSchema = z
  .strictObject({ by, code: line(16).describe('AE-REJ-01 to AE-REJ-05.') })
  .meta({ id: 'AeReject', examples: [{ by: 'alice', code: 'AE-REJ-01' }] });

export const arbitrateLeadSchema = z
  .strictObject({
    by,
    personId: personIdSchema.describe('The AE whose it is.'),
    reason: line(500),
  })
  .meta({
    id: 'ArbitrateLead',
    examples: [{ by: 'rex', personId: 'ben', reason: 'The account is in his territory.' }],
  });

export const signDiscoveryDelaySchema = z
  .strictObject({ by: personIdSchema.describe('The manager who signs.'), reason: line(500) })
  .meta({
    id: 'SignDiscoveryDelay',
    examples: [{ by: 'aaron', reason: 'The buyer travels until the 8th of December.' }],
  });

export const resolveRejectionSchema = z
  .strictObject({ by })
  .meta({ id: 'ResolveRejection', examples: [{ by: 'olive' }] });

export const tellFactSchema = z
  .strictObject({
    by,
    fact: line(64).describe('A word by which rows of the policy start or stop, e.g. lead_reviewed.'),
    occurredAt: instantSchema.optional().describe('When it was, now or before; it is known by it.'),
    about: pipelineIdSchema.optional().describe('The meeting that it is about.'),
  })
  .meta({
    id: 'TellFact',
    examples: [{ by: 'sam', fact: 'lead_reviewed', occurredAt: '2026-11-20T15:20:00Z' }],
  });

const act = z.object({ at: isoSchema, by: z.string() });

/** Without what somebody typed: the CRM has it. */
export const lifeViewSchema = z
  .object({
    accepted: act.nullable(),
    rejection: act.extend({ code: z.string(), resolvedAt: isoSchema.nullable() }).nullable(),
    sql: act
      .extend({ flagged: z.array(z.string()).describe('Preferred elements that are missing.') })
      .nullable(),
    briefing: z.object({ completed: act.nullable(), read: act.nullable() }).nullable(),
    handoff: z
      .object({
        n: z.int(),
        ae: z.object({ personId: z.string(), reason: z.string(), via: z.string() }),
        notifiedAt: isoSchema,
        introducedAt: isoSchema.nullable(),
        accepted: act.nullable(),
        rejected: act.extend({ code: z.string() }).nullable(),
      })
      .nullable(),
    opportunity: z
      .object({
        opportunityId: z.string(),
        ownerId: z.string(),
        openedAt: isoSchema,
        stage: z.int(),
        closed: act.extend({ outcome: z.enum(['won', 'lost']), reason: z.string().nullable() }).nullable(),
      })
      .nullable(),
    meetings: z
      .array(
        z.object({
          meetingId: z.string(),
          kind: z.enum(MEETING_KINDS),
          startsAt: isoSchema,
          state: z.enum(MEETING_STATES),
        }),
      )
      .describe('Of the present cycle, oldest first.'),
    told: z
      .array(act.extend({ fact: z.string(), occurredAt: isoSchema.nullable(), about: z.string().nullable() }))
      .describe('Facts that somebody has told.'),
    disposition: act
      .extend({
        disposition: z.string(),
        reason: z.string().nullable(),
        attempts: z.object({ made: z.int(), required: z.int(), channels: z.int() }),
        signedBy: z.string().nullable().describe('The manager who has signed an early one.'),
        scenario: z.string().nullable(),
      })
      .nullable(),
    closedAt: isoSchema
      .nullable()
      .describe('When nobody in Sales worked on it any more; null while somebody does.'),
  })
  .meta({ id: 'Life' });
