/** What is open about people (policy book §11, §13): as it is shown, and how it is closed. */
import { z } from 'zod';
import { ITEM_KINDS } from '../../../core/consequences/items.ts';
import { isoSchema, line, personIdSchema } from './common.ts';

const WEEK = /^20\d\d-W(?:0[1-9]|[1-4]\d|5[0-3])$/;
const MONTH = /^20\d\d-(?:0[1-9]|1[0-2])$/;
const PERIOD = /^20\d\d-(?:W(?:0[1-9]|[1-4]\d|5[0-3])|0[1-9]|1[0-2]|Q[1-4])$/;

export const itemPath = z.strictObject({
  personId: personIdSchema,
  period: z.string().regex(PERIOD, 'must be the period of the item, like 2026-W47, 2026-11 or 2026-Q4'),
  item: z.enum(ITEM_KINDS),
});

export const personConsequencesQuerySchema = z.strictObject({
  month: z
    .string()
    .regex(MONTH, 'must be a month, like 2026-11')
    .optional()
    .describe('Of which the compliance is shown; the present one, if left out.'),
});

export const listConsequencesQuerySchema = z.strictObject({
  week: z.string().regex(WEEK, 'must be a week, like 2026-W47'),
});

export const closeConsequenceSchema = z
  .strictObject({
    by: personIdSchema.describe('A manager, and not the person whom it is about.'),
    reason: line(500).describe('What came of it.'),
  })
  .meta({
    id: 'CloseConsequence',
    examples: [{ by: 'mona', reason: 'Two of the three came during the power cut; talked it over.' }],
  });

export const consequenceSchema = z
  .object({
    itemId: z.string(),
    personId: z.string(),
    period: z.string().describe('A week, of a pattern the one that completed it; of a review its period.'),
    item: z.enum(ITEM_KINDS),
    state: z
      .enum(['open', 'closed', 'taken_back'])
      .describe('taken_back: the facts no longer call for it, since a verdict has turned.'),
    diagnostic: z
      .boolean()
      .describe('Of the time after a launch: looked at, held against nobody, told nobody.'),
    at: isoSchema.describe('When the period was over.'),
    title: z.string(),
    explanation: z.string(),
    breaches: z.array(
      z.object({
        leadId: z.string(),
        clockId: z.string().nullable().describe('Null: it is about the lead as a whole.'),
      }),
    ),
    told: z.array(z.string()).describe('Ids of those who know that it is open.'),
    waiting: z
      .array(z.object({ personId: z.string(), until: isoSchema }))
      .describe('Who is told in their own hours.'),
    closed: z.object({ at: isoSchema, by: z.string(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'Consequence' });

const tally = z.object({
  judged: z.int(),
  met: z.int(),
  percent: z.number().nullable().describe('Null where nothing was judged.'),
});

const complianceSchema = z.object({
  month: z.string(),
  asOf: isoSchema.describe('When it was last reckoned.'),
  counted: tally.describe('Clocks that the person owed and that count, by their deadline.'),
  diagnostic: tally.describe('Those of a time of diagnosis, which are left out of the band.'),
  band: z
    .object({
      id: z.string(),
      title: z.string(),
      reductionPercent: z.object({ from: z.number(), to: z.number() }).nullable(),
    })
    .nullable()
    .describe('What a band means for pay, people decide.'),
});

export const personConsequencesSchema = z
  .object({
    personId: z.string(),
    items: z.array(consequenceSchema).describe('By period.'),
    compliance: complianceSchema
      .nullable()
      .describe('Null while nothing that the person owed in the month has been judged.'),
  })
  .meta({ id: 'PersonConsequences' });

export const consequencesSchema = z
  .object({ week: z.string(), items: z.array(consequenceSchema).describe('By person.') })
  .meta({ id: 'Consequences' });

export type ConsequenceView = z.input<typeof consequenceSchema>;
