/** `PATCH /leads/{leadId}`: what was missing or wrong about a lead. Left out: stays; null: is taken away. */
import { z } from 'zod';
import { line, personIdSchema } from './common.ts';
import { relationsSchema, submitLeadSchema } from './lead-intake.ts';

const { contact, company } = submitLeadSchema.shape;
const contactShape = contact.unwrap().extend({ email: line(320).optional() }).shape;
const companyShape = company.unwrap().shape;

const contactChanges = z.strictObject({
  firstName: contactShape.firstName.nullable(),
  lastName: contactShape.lastName.nullable(),
  email: contactShape.email.nullable(),
  phone: contactShape.phone.nullable(),
  title: contactShape.title.nullable(),
  timeZone: contactShape.timeZone.nullable(),
  country: contactShape.country.nullable(),
  region: contactShape.region.nullable(),
});

const companyChanges = z.strictObject({
  name: companyShape.name.nullable(),
  domain: companyShape.domain.nullable(),
  employees: companyShape.employees.nullable(),
  annualRevenueUsd: companyShape.annualRevenueUsd.nullable(),
  industry: companyShape.industry.nullable(),
});

export const updateLeadSchema = z
  .strictObject({
    contact: contactChanges.optional(),
    company: companyChanges.optional(),
    relations: relationsSchema.optional(),
    by: personIdSchema.optional().describe('Who has found it out; left out: the CRM.'),
  })
  .refine(
    ({ contact, company, relations }) =>
      contact !== undefined || company !== undefined || relations !== undefined,
    'must change something: contact, company or relations',
  )
  .meta({
    id: 'UpdateLead',
    anyOf: ['contact', 'company', 'relations'].map((name) => ({ required: [name] })),
    examples: [{ contact: { phone: '+1 617 555 0100' }, by: 'olive' }],
  });
