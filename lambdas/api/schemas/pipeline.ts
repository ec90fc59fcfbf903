/** Opportunities and meetings (policy book §12): what is told of them, and how they stand. */
import { z } from 'zod';
import { MEETING_KINDS, MEETING_STATES } from '../../../core/model/pipeline.ts';
import { clockViewSchema } from './clock-view.ts';
import { instantSchema, isoSchema, leadIdSchema, line, personIdSchema, toDecimals } from './common.ts';

const by = personIdSchema.describe('Who does it.');
const dateSchema = z.iso
  .date('must be a date like 2026-12-31')
  .regex(/^20/, 'must lie between the years 2000 and 2099')
  .describe('A date of the civil calendar, like 2026-12-31.');
const recordedBy = z
  .enum(['system', 'manual'])
  .default('manual')
  .describe(
    'Whether a system of record stamped the instants. What is typed in after a deadline turns no verdict.',
  );
const doneAt = instantSchema.optional().describe('When it was done, now or before.');
/** Fields that say nothing by themselves: an update of nothing is a mistake. */
const FRAME = ['by', 'recordedBy'];
const SAYS_NOTHING = 'must say something besides `by`';
const saying = (body: object): string[] => Object.keys(body).filter((field) => !FRAME.includes(field));
const says = (body: object): boolean => saying(body).length > 0;
/** The same in the words of JSON Schema. */
const saysOneOf = ({ shape }: z.ZodObject) => saying(shape).map((field) => ({ required: [field] }));

/** Larger numbers are no amount of a deal, and could not be told apart in hundredths. */
const MOST = 1_000_000_000_000;

const opportunityChanges = z.strictObject({
  by,
  recordedBy,
  stage: z.int().min(1).max(99).optional().describe('The next stage, or any one before.'),
  amount: z
    .number()
    .min(0.01)
    .max(MOST)
    .overwrite(toDecimals(2))
    .optional()
    .describe('In the currency of the CRM.'),
  closeDate: dateSchema.optional(),
  nextStep: z
    .strictObject({ what: line(500), due: dateSchema })
    .optional()
    .describe('What happens next, who does it and by when; "follow up" is no next step.'),
  economicBuyerMeetingBookedAt: doneAt,
  mutualPlanAgreedAt: doneAt,
  proposalSentAt: doneAt,
  followedUpAt: doneAt,
  checkedInAt: doneAt,
  remedied: z
    .strictObject({ trigger: line(64), at: instantSchema })
    .optional()
    .describe("One of the policy's triggers whose remedy was seen to."),
  closed: z
    .discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('won') }),
      z.strictObject({
        outcome: z.literal('lost'),
        reason: line(64).describe("One of the policy's reasons of a loss."),
        detail: line(500).optional(),
      }),
    ])
    .optional(),
});
export const updateOpportunitySchema = opportunityChanges.refine(says, SAYS_NOTHING).meta({
  id: 'UpdateOpportunity',
  anyOf: saysOneOf(opportunityChanges),
  examples: [
    {
      by: 'alice',
      stage: 2,
      closeDate: '2027-01-29',
      nextStep: { what: 'Security review with their CISO', due: '2026-12-01' },
    },
  ],
});

export const bookMeetingSchema = z
  .strictObject({
    by,
    leadId: leadIdSchema,
    kind: z.enum(MEETING_KINDS).describe('discovery: the first meeting of the AE with the prospect.'),
    startsAt: instantSchema,
  })
  .meta({
    id: 'BookMeeting',
    examples: [
      {
        by: 'alice',
        leadId: 'lead-5f2c9a0b7d1e4c3a8b6f0d2e',
        kind: 'economic_buyer',
        startsAt: '2026-12-03T15:00:00Z',
      },
    ],
  });

const meetingChanges = z.strictObject({
  by,
  recordedBy,
  startsAt: instantSchema.optional().describe('Another time: its clocks go with it.'),
  state: z.enum(['held', 'no_show', 'cancelled']).optional().describe('What became of it.'),
  invitedAt: doneAt,
  researchedAt: doneAt,
  debriefedAt: doneAt,
  notes: line(4000).optional(),
});
export const updateMeetingSchema = meetingChanges.refine(says, SAYS_NOTHING).meta({
  id: 'UpdateMeeting',
  anyOf: saysOneOf(meetingChanges),
  examples: [{ by: 'alice', state: 'held', notes: 'Their CISO has to agree; she joins on Tuesday.' }],
});

const act = z.object({ at: isoSchema, by: z.string() });

export const opportunityViewSchema = z
  .object({
    opportunityId: z.string(),
    leadId: z.string(),
    ownerId: z.string().describe('The AE who has accepted the SQL.'),
    openedAt: isoSchema,
    stage: z.object({
      stage: z.int(),
      title: z.string(),
      since: isoSchema,
      by: z.string(),
    }),
    stages: z
      .array(act.extend({ stage: z.int() }))
      .describe('Oldest first; the last one is the present one.'),
    amounts: z.array(act.extend({ amount: z.number() })),
    closeDates: z.array(
      act.extend({
        closeDate: z.string(),
        pushed: z.boolean().describe('Whether it is later than the one before.'),
        quarter: z.string().describe('In which it was said.'),
      }),
    ),
    nextStep: act.extend({ what: z.string(), due: z.string() }).nullable(),
    lastActivityAt: isoSchema.nullable(),
    economicBuyerMeeting: act.nullable(),
    mutualPlan: act.nullable(),
    proposal: act.nullable(),
    followUp: act.nullable(),
    checkIn: act.nullable(),
    discoveryDelay: act
      .extend({ reason: z.string() })
      .nullable()
      .describe('A manager has signed a discovery meeting that comes later.'),
    triggered: z
      .array(z.object({ trigger: z.string(), at: isoSchema }))
      .describe('Triggers that an update has set off, the last time of each.'),
    remedied: z.array(act.extend({ trigger: z.string() })),
    flags: z.array(z.string()).describe('What does not hold although nothing was refused.'),
    closed: act
      .extend({
        outcome: z.enum(['won', 'lost']),
        reason: z.string().nullable(),
        detail: z.string().nullable(),
      })
      .nullable(),
    clocks: z.array(clockViewSchema),
    explanation: z.array(z.string()),
  })
  .meta({ id: 'Opportunity' });
export type OpportunityView = z.input<typeof opportunityViewSchema>;

export const meetingViewSchema = z
  .object({
    meetingId: z.string(),
    leadId: z.string(),
    kind: z.enum(MEETING_KINDS),
    startsAt: isoSchema,
    state: z.enum(MEETING_STATES),
    booked: act,
    invited: act.nullable(),
    researched: act.nullable(),
    debriefed: act.nullable(),
    notes: act.extend({ text: z.string() }).nullable(),
    history: z
      .array(act.extend({ state: z.enum(MEETING_STATES), startsAt: isoSchema }))
      .describe('Every change of its state or of its time, oldest first.'),
    clocks: z.array(clockViewSchema).describe('Those of this meeting alone.'),
  })
  .meta({ id: 'Meeting' });
export type MeetingView = z.input<typeof meetingViewSchema>;
