/** Support tickets (policy book §16). What goes on the bus or into a key is an identifier and no free text. */
import { z } from 'zod';
import { clockViewSchema } from './clock-view.ts';
import { idSchema, instantSchema, isoSchema, personIdSchema, timeZoneSchema } from './common.ts';
import { submitLeadSchema } from './lead-intake.ts';
import { timelineSchema } from './reading.ts';

const { system, url } = submitLeadSchema.shape.crm.shape;
const { country, region } = submitLeadSchema.shape.contact.unwrap().shape;

const deskSchema = z.strictObject({ system, recordId: idSchema, url });
const customerSchema = z.strictObject({
  id: idSchema,
  kind: idSchema.optional().describe("One of the policy's support customers; left out: of no kind."),
});
const severity = idSchema.describe("One of the policy's severities; left out: nobody has judged it yet.");

export const submitTicketSchema = z
  .strictObject({
    desk: deskSchema,
    customer: customerSchema,
    severity: severity.optional(),
    service: idSchema.optional(),
    place: z
      .strictObject({ timeZone: timeZoneSchema, country: country.optional(), region: region.optional() })
      .optional()
      .describe("Where the customer is, for commitments on their hours; left out: the policy's home."),
    ownerId: personIdSchema.optional().describe('Who has to answer; left out: nobody yet.'),
    openedAt: instantSchema,
  })
  .meta({
    id: 'SubmitTicket',
    examples: [
      {
        desk: { system: 'zendesk', recordId: '4711' },
        customer: { id: 'acme', kind: 'enterprise' },
        severity: 'critical',
        service: 'mail',
        ownerId: 'sam',
        openedAt: '2026-11-20T15:04:05Z',
      },
    ],
  });
/** A checked request for a new ticket. */
export type SubmitTicket = z.output<typeof submitTicketSchema>;

export const updateTicketSchema = z
  .strictObject({
    severity: idSchema.optional().describe("One of the policy's severities."),
    service: idSchema.optional(),
    customer: z.strictObject({ kind: idSchema }).optional(),
    ownerId: personIdSchema.optional(),
    by: personIdSchema.describe('Who asks for it.'),
  })
  .refine(
    (changes) => Object.keys(changes).length > 1,
    'must hold at least one of severity, service, customer and ownerId',
  )
  .meta({
    id: 'UpdateTicket',
    minProperties: 2,
    examples: [{ severity: 'high', ownerId: 'kim', by: 'mona' }],
  });

export const ticketActivitySchema = z
  .strictObject({
    what: z
      .enum(['answered', 'resolved', 'reopened'])
      .describe('answered: the customer was; reopened: the customer has come back with it.'),
    occurredAt: instantSchema.describe('When it happened: with what happened, the identity of the activity.'),
    customerTold: z
      .boolean()
      .default(true)
      .describe('Of a resolution: whether the customer was told by it, which answers them as well.'),
    by: personIdSchema.describe('Who has done it, or has told of it.'),
  })
  .meta({
    id: 'TicketActivity',
    examples: [{ what: 'answered', occurredAt: '2026-11-20T15:12:00Z', by: 'sam' }],
  });
/** A checked activity on a ticket. */
export type TicketActivity = z.output<typeof ticketActivitySchema>;

export const excludeTicketSchema = z
  .strictObject({
    exclusion: idSchema.describe("One of the policy's exclusions that pause, like scheduled_maintenance."),
    from: instantSchema.describe('May lie in the past: with the exclusion, its identity.'),
    to: instantSchema.optional().describe('Left out: until the same exclusion is sent again with its end.'),
    by: personIdSchema.describe('Who asks for it.'),
  })
  .meta({
    id: 'ExcludeTicket',
    examples: [
      {
        exclusion: 'scheduled_maintenance',
        from: '2026-11-20T15:30:00Z',
        to: '2026-11-20T16:30:00Z',
        by: 'mona',
      },
    ],
  });

export const ticketViewSchema = z
  .object({
    ticketId: z.string(),
    state: z.enum(['open', 'answered', 'resolved']),
    desk: z.object({ system: z.string(), recordId: z.string(), url: z.string().optional() }),
    customer: z.object({ id: z.string(), kind: z.string().nullable() }),
    severity: z.string().nullable(),
    service: z.string().nullable(),
    zone: z.object({ timeZone: z.string(), holidays: z.string().nullable() }),
    ownerId: z.string().nullable(),
    openedAt: isoSchema,
    receivedAt: isoSchema,
    firstResponseAt: isoSchema.nullable(),
    resolvedAt: isoSchema.nullable(),
    contacts: z.int().describe('How often the customer was answered, the resolution included.'),
    reopened: z.int(),
    dueAt: isoSchema.nullable().describe('The soonest deadline among the clocks that run.'),
    exclusions: z.array(
      z.object({ exclusion: z.string(), from: isoSchema, to: isoSchema.nullable(), by: z.string() }),
    ),
    clocks: z.array(clockViewSchema).describe('As they stand at the instant of the answer.'),
    policyVersion: z.string(),
  })
  .meta({ id: 'Ticket' });
export type TicketView = z.input<typeof ticketViewSchema>;

export const ticketTimelineSchema = z
  .object({ ticketId: z.string(), timeline: timelineSchema.shape.timeline })
  .meta({ id: 'TicketTimeline' });
