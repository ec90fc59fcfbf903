/** The environment variables of the functions, checked once per container. */
import { z } from 'zod';
import type { OutboundSettings } from '../../core/events/outbound.ts';

const name = z.string().min(1);
const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

const outboundSchema = z.strictObject({
  facts: z.array(name).optional(),
  crm: z
    .strictObject({
      system: name,
      under: name.optional(),
      fields: z.strictObject({
        slaStart: name,
        slaDue: name,
        slaStatus: name,
        priority: name,
        firstContact: name,
        attempts: name,
        breachReason: name,
      }),
      revision: name.optional(),
      noValue: z.literal('').optional(),
    })
    .optional(),
}) satisfies z.ZodType<OutboundSettings>;

const settingsSchema = z.object({
  /** `dev`, `staging`, `prod`, or `local` for the embedded runner. */
  ENVIRONMENT: name,
  LEADS_TABLE: name,
  ROSTER_TABLE: name,
  EVENT_BUS_NAME: name,
  /** Verified sender of all mails. */
  MAIL_FROM: z.string().regex(/@/, 'must hold a mail address'),
  CONFIGURATION_SET: name.optional(),
  MQL_RESPONSE_ARN: name,
  COMMITMENT_CLOCK_ARN: name,
  /** JSON of what events take along for Slack and the CRM; left out: nothing. */
  OUTBOUND: json.pipe(outboundSchema).optional(),
  /** Of the secret under which suppressed people are hashed; only functions that are given an address have it. */
  SUPPRESSION_SECRET_ARN: name.optional(),
  /** The secret itself, in the embedded runner. */
  SUPPRESSION_SECRET: z.string().min(16).optional(),
  /** Whether name servers are asked if a domain takes mail; left out: they are not. */
  MX_LOOKUP: z.enum(['on', 'off']).optional(),
});
const configSchema = settingsSchema.refine(
  (given) => given.SUPPRESSION_SECRET_ARN === undefined || given.SUPPRESSION_SECRET === undefined,
  { path: ['SUPPRESSION_SECRET'], error: 'must be left out where SUPPRESSION_SECRET_ARN is given' },
);
export type Config = z.output<typeof configSchema>;

/**
 * The configuration from environment variables; an empty variable counts as absent.
 * @throws Error that names every variable that is missing or wrong
 */
export function configOf(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = configSchema.safeParse(given);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`the function's environment is incomplete: ${wrong.join('; ')}`);
}
