/** What a CRM posts: `POST /leads`. Unknown keys are refused, so that a misspelt field is not lost in silence. */
import { z } from 'zod';
import { countrySchema, emailSchema, instantSchema, line, timeZoneSchema, toDecimals } from './common.ts';

const contactSchema = z.strictObject({
  firstName: line(100).optional(),
  lastName: line(100).optional(),
  email: emailSchema.optional(),
  phone: line(40).optional(),
  title: line(200).optional(),
  timeZone: timeZoneSchema.optional(),
  country: countrySchema.optional(),
  region: line(20)
    .toUpperCase()
    .optional()
    .describe("A subdivision of the country without the country's prefix, like MA."),
});

const companySchema = z.strictObject({
  name: line(200).optional(),
  domain: z
    .string()
    .trim()
    .max(253)
    .regex(
      /^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,}$/,
      'must be a domain name like example.com',
    )
    .toLowerCase()
    .optional(),
  employees: z.int().nonnegative().max(100_000_000).optional(),
  annualRevenueUsd: z.number().nonnegative().max(1e14).overwrite(toDecimals(2)).optional(),
  industry: line(100).optional(),
});

const signalSchema = z.strictObject({
  type: line(64),
  at: instantSchema,
  endsAt: instantSchema.optional().describe('When the event that the signal belongs to ends (webinar).'),
});

/** Characters that an address may hold (RFC 3986). */
const WEB_ADDRESS = /^https?:\/\/[\x21\x23-\x3b\x3d\x3f-\x7e]+$/;
const NO_WEB_ADDRESS = 'must be a web address like https://crm.example/lead/1';

const crmSchema = z.strictObject({
  system: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'must be the name of a system, like salesforce'),
  recordId: line(256),
  /** The record's page in the CRM: mails link to it. */
  url: z
    .string()
    .max(2000)
    // Before anything is read as an address: readers of addresses look past line breaks in them.
    .regex(WEB_ADDRESS, { abort: true, error: NO_WEB_ADDRESS })
    .check(z.url({ protocol: /^https?$/, error: NO_WEB_ADDRESS }))
    .optional(),
});

export const relationsSchema = z
  .strictObject({ customer: z.boolean().optional(), openOpportunity: z.boolean().optional() })
  .describe('What the CRM knows of the company; the account team has customers and open opportunities.');

export const submitLeadSchema = z
  .strictObject({
    crm: crmSchema,
    qualifiedAt: instantSchema,
    source: line(64).describe("One of the policy's sources."),
    score: z.number().min(0).max(100).overwrite(toDecimals(6)).optional(),
    contact: contactSchema.default({}),
    company: companySchema.default({}),
    signals: z.array(signalSchema).max(200).default([]),
    partner: z.strictObject({ id: line(64) }).optional(),
    relations: relationsSchema.optional(),
  })
  .meta({
    id: 'SubmitLead',
    examples: [
      {
        crm: {
          system: 'salesforce',
          recordId: '00Q5g00000ABCDE',
          url: 'https://crm.example/lead/00Q5g00000ABCDE',
        },
        qualifiedAt: '2026-11-20T15:04:05Z',
        source: 'demo_request',
        score: 82,
        contact: {
          firstName: 'Ada',
          lastName: 'Byron',
          email: 'ada@example.com',
          phone: '+1 617 555 0100',
          title: 'VP Engineering',
          timeZone: 'America/New_York',
          country: 'US',
          region: 'MA',
        },
        company: {
          name: 'Example',
          domain: 'example.com',
          employees: 1200,
          annualRevenueUsd: 2.0e8,
          industry: 'software',
        },
        signals: [{ type: 'demo_request', at: '2026-11-20T15:04:00Z' }],
        partner: { id: 'p-17' },
      },
    ],
  });
/** A checked request for a new lead. */
export type SubmitLead = z.output<typeof submitLeadSchema>;
