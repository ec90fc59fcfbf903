/** The API of a running system, as the replay uses it: over HTTP, with the local routes where there are any. */
import { z } from 'zod';
import { epochMs, iso } from '../../core/time.ts';
import type { EpochMs } from '../../core/time.ts';
import type { RecordActivity } from '../../lambdas/api/schemas/activity.ts';
import type { SubmitLead } from '../../lambdas/api/schemas/lead-intake.ts';

const ownerSchema = z.object({ personId: z.string() });
const leadSchema = z.object({
  leadId: z.string(),
  source: z.string(),
  tier: z.number(),
  status: z.string(),
  owner: ownerSchema.nullable(),
  previousOwners: z.array(ownerSchema),
  unassignedSince: z.string().nullable(),
  clocks: z.array(
    z.object({
      commitment: z.string(),
      status: z.string(),
      rungs: z.array(z.object({ rung: z.string(), outcome: z.string().nullable() })),
    }),
  ),
});
/** What the replay looks at of a lead. */
export type SeenLead = z.output<typeof leadSchema>;

const problemSchema = z.object({
  detail: z.string().optional(),
  title: z.string().optional(),
  message: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
const clockSchema = z.object({ now: z.string() });
const mailsSchema = z.array(z.object({ subject: z.string() }));
const eventsSchema = z.array(z.object({ detailType: z.string() }));
const executionsSchema = z.array(z.object({ status: z.string() }));

/** The system answered that it does not take the request. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  constructor(status: number, reason: string) {
    super(reason);
    this.status = status;
  }
}

export interface Endpoint {
  /** Address without `/v1`. */
  url: string;
  apiKey: string;
}

export class LeadApi {
  readonly #endpoint: Endpoint;

  constructor({ url, apiKey }: Endpoint) {
    this.#endpoint = { url: url.replace(/\/+$/, '').replace(/\/v1$/, ''), apiKey };
  }

  /** @returns the lead and whether it is new @throws Refused */
  async submit(body: SubmitLead): Promise<{ lead: SeenLead; isNew: boolean }> {
    const { status, json } = await this.#call('POST', '/v1/leads', body);
    return { lead: leadSchema.parse(json), isNew: status === 202 };
  }

  /** @throws Refused */
  async lead(leadId: string): Promise<SeenLead> {
    return leadSchema.parse((await this.#call('GET', `/v1/leads/${leadId}`)).json);
  }

  /** @throws Refused */
  async record(leadId: string, activity: RecordActivity): Promise<void> {
    await this.#call('POST', `/v1/leads/${leadId}/activities`, activity);
  }

  /** The system's time, or null if it has no clock that can be set. */
  async localNow(): Promise<EpochMs | null> {
    try {
      const answer = clockSchema.safeParse((await this.#call('GET', '/local/clock')).json);
      return answer.success ? epochMs(answer.data.now) : null;
    } catch (error) {
      if (error instanceof Refused) return null;
      throw error;
    }
  }

  /** Answers when every rung due by then has been handled; does nothing if the instant has passed. */
  async advanceTo(at: EpochMs): Promise<void> {
    const now = await this.localNow();
    if (now === null || now >= at) return;
    try {
      await this.#call('POST', '/local/clock', { to: iso(at) });
    } catch (error) {
      // The clock runs on by itself: it may have passed the instant between the two requests.
      if (!(error instanceof Refused && error.status === 400)) throw error;
    }
  }

  /** Subjects of the mails sent so far. */
  async subjects(): Promise<string[]> {
    const mails = mailsSchema.parse((await this.#call('GET', '/local/mail')).json);
    return mails.map((mail) => mail.subject);
  }

  /** Detail types of the events published so far. */
  async eventTypes(): Promise<string[]> {
    const events = eventsSchema.parse((await this.#call('GET', '/local/events')).json);
    return events.map((event) => event.detailType);
  }

  /** How many executions still wait. */
  async running(): Promise<number> {
    const executions = executionsSchema.parse((await this.#call('GET', '/local/executions')).json);
    return executions.filter((execution) => execution.status === 'RUNNING').length;
  }

  async #call(method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }> {
    const response = await fetch(`${this.#endpoint.url}${path}`, {
      method,
      headers: { 'x-api-key': this.#endpoint.apiKey, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Refused(response.status, reasonOf(response.status, text));
    return { status: response.status, json: parsed(text) };
  }
}

function reasonOf(status: number, text: string): string {
  const problem = problemSchema.safeParse(parsed(text));
  if (!problem.success) return `answered ${status}`;
  const { errors = [], detail, title, message } = problem.data;
  const fields = errors.map((error) => `${error.path} ${error.message}`).join('; ');
  return `${status}: ${fields || detail || title || message || 'refused without a reason'}`;
}

/** The value of a JSON text; undefined for anything else. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
