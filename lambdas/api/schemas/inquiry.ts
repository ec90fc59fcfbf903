/** An inquiry as it is told: what the gate looks at (policy book §6). */
import { z } from 'zod';
import { instantSchema, line } from './common.ts';
import { submitLeadSchema } from './lead-intake.ts';

const { contact, company, partner } = submitLeadSchema.shape;

const signalSchema = z.strictObject({
  id: line(256).describe('A signal with an id that was seen before is the same signal.'),
  type: line(64).describe('An act or a raw signal of the policy.'),
  at: instantSchema.describe('When the contact did it.'),
  source: line(64).optional().describe('Who saw it: the website, the mail system.'),
  session: line(256).optional().describe('The visit that it belongs to.'),
});

export const inquirySchema = z.strictObject({
  // Whatever was typed as an address: the gate says what is wrong with it.
  contact: contact
    .unwrap()
    .extend({ email: line(320).optional() })
    .default({}),
  company: company.unwrap().default({}),
  partner,
  signals: z.array(signalSchema).max(10_000).default([]),
  relations: z
    .strictObject({ customer: z.boolean().optional(), openOpportunity: z.boolean().optional() })
    .optional(),
});
