/** Who may not come back yet (policy book §13). */
import { z } from 'zod';
import { SUPPRESSION_KINDS } from '../../../core/model/suppression.ts';
import { emailSchema, instantSchema, isoSchema, leadIdSchema, line, personIdSchema } from './common.ts';
import { submitLeadSchema } from './lead-intake.ts';

const { domain, name } = submitLeadSchema.shape.company.unwrap().shape;

export const putSuppressionSchema = z
  .strictObject({
    email: emailSchema.optional().describe('A person. Only a keyed hash of it is kept.'),
    domain: domain.describe('Everybody at a domain and below it.'),
    company: name.describe('A company by its name.'),
    scenario: line(64).describe("A row of the policy's recycling: what would bring them back."),
    reason: line(500).describe('For whoever asks; it must not name the person.'),
    until: instantSchema.optional().describe("End of the window; left out: the scenario's own window."),
    by: personIdSchema.describe('Who asks for it.'),
    leadId: leadIdSchema.optional().describe('The lead that brought it about.'),
  })
  .refine(
    ({ email, domain: at, company }) => [email, at, company].filter((one) => one !== undefined).length === 1,
    'must name exactly one of email, domain and company',
  )
  .meta({
    id: 'PutSuppression',
    oneOf: ['email', 'domain', 'company'].map((name) => ({ required: [name] })),
    examples: [
      {
        domain: 'rival.example',
        scenario: 'competitor',
        reason: 'They sell what we sell.',
        by: 'olive',
      },
    ],
  });
/** A checked request to suppress somebody. */
export type PutSuppression = z.output<typeof putSuppressionSchema>;

export const suppressionSchema = z
  .object({
    suppressionId: z.string(),
    kind: z.enum(SUPPRESSION_KINDS),
    value: z.string().nullable().describe('Null for a person, of whom only a keyed hash is kept.'),
    scenario: z.string(),
    reason: z.string(),
    from: isoSchema,
    until: isoSchema.nullable().describe("Null: for ever, or until the scenario's event."),
    origin: z.object({ by: z.string(), leadId: z.string().nullable() }),
  })
  .meta({ id: 'Suppression' });

export const liftSuppressionQuerySchema = z.strictObject({
  by: personIdSchema.describe('The manager who lifts it.'),
});
export const liftedSchema = z
  .object({ suppressionId: z.string(), lifted: z.boolean() })
  .meta({ id: 'Lifted' });
