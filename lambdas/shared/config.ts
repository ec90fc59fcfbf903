/** The environment variables of the functions, checked once per container. */
import { z } from 'zod';

const name = z.string().min(1);

const configSchema = z.object({
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
});
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
