/** Leads for a calibration, from a running system or from a file; who they are is left behind at this border. */
import { z } from 'zod';
import { LEAD_STATUSES } from '../../core/model/lead.ts';
import { epochMs } from '../../core/time.ts';
import type { EpochMs } from '../../core/time.ts';
import { isoSchema } from '../../lambdas/api/schemas/common.ts';
import { systemClock } from '../../lambdas/shared/clock.ts';
import { Api } from '../../tools/shared/api.ts';
import { readLines } from '../json-lines.ts';
import { LeadApi } from '../replay/client.ts';
import { endpointOf } from '../replay/target.ts';

export interface SourceOptions {
  /** JSON lines, each a lead as `GET /leads/{leadId}` answers it. */
  from?: string | undefined;
  url?: string | undefined;
  apiKey?: string | undefined;
  /** Folder of an embedded system that runs. */
  data?: string | undefined;
}

/** What the figures look at. */
const leadSchema = z.object({
  leadId: z.string().min(1),
  source: z.string(),
  status: z.enum(LEAD_STATUSES),
  qualifiedAt: isoSchema.nullable(),
  erasedAt: isoSchema.nullable().default(null),
  gate: z
    .object({
      failing: z.array(z.object({ criterion: z.string() })),
      heldAt: isoSchema.nullable(),
      completedAt: isoSchema.nullable(),
    })
    .nullable()
    .default(null),
  clocks: z
    .array(
      z.object({
        commitment: z.string(),
        startedAt: isoSchema,
        status: z.string(),
        verdicts: z.array(z.object({ verdict: z.enum(['met', 'missed']) })),
      }),
    )
    .default([]),
});
export type SeenLead = z.output<typeof leadSchema>;

/** What the raters see: no name, no address, no number, no company. */
const ratedLeadSchema = z.object({
  leadId: z.string().min(1),
  source: z.string(),
  tier: z.number(),
  score: z.number().optional(),
  gate: z.object({ score: z.object({ total: z.number() }) }).nullish(),
  contact: z.object({ title: z.string().optional(), country: z.string().optional() }).default({}),
  company: z.object({ industry: z.string().optional(), employees: z.number().optional() }).default({}),
  signals: z.array(z.object({ type: z.string(), at: isoSchema })).default([]),
});
export type RatedLead = z.output<typeof ratedLeadSchema>;

export interface LeadSource {
  /** All leads, and how many lines of a file were none; each was told. */
  leads(say: (text: string) => void): Promise<{ leads: SeenLead[]; bad: number }>;
  /** What the raters see of leads that `leads` gave, in the order of the ids. */
  rated(leadIds: readonly string[]): Promise<RatedLead[]>;
  /** The time of the system that has them. */
  now(): Promise<EpochMs>;
}

/** @throws TypeError if the options do not name one source */
export async function openSource({ from, url, apiKey, data }: SourceOptions): Promise<LeadSource> {
  const named = [from, url, data].filter((one) => one !== undefined);
  if (named.length !== 1) throw new TypeError('Name one of --url with --api-key, --data or --from.');
  if (from !== undefined) return fileSource(from);
  if (url !== undefined && apiKey === undefined) {
    throw new TypeError('--url needs --api-key: the API key of that system.');
  }
  return systemSource(await endpointOf({ url, key: apiKey, data }));
}

function fileSource(file: string): LeadSource {
  const whole = leadSchema.and(ratedLeadSchema);
  let found = new Map<string, RatedLead>();
  return {
    async leads(say) {
      const { good, bad } = await readLines(file, whole, say);
      const leads = good.map(({ value }) => value);
      found = new Map(leads.map((lead) => [lead.leadId, ratedLeadSchema.parse(lead)]));
      return { leads: leads.map((lead) => leadSchema.parse(lead)), bad };
    },
    rated: (leadIds) => Promise.resolve(leadIds.flatMap((leadId) => found.get(leadId) ?? [])),
    now: () => Promise.resolve(systemClock.now()),
  };
}

const pageSchema = z.object({ leads: z.array(leadSchema), cursor: z.string().nullable() });
/** The most that the API gives at once. */
const PAGE = 200;

function systemSource({ url, apiKey }: { url: string; apiKey: string }): LeadSource {
  const base = url.replace(/\/+$/, '').replace(/\/v1$/, '');
  const api = new Api(`${base}/v1`, apiKey);
  return {
    async leads() {
      const leads = new Map<string, SeenLead>();
      let cursor: string | null = null;
      do {
        const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const page = pageSchema.parse(await api.call('GET', `leads?limit=${PAGE}${after}`));
        // One whose deadline moves while the pages are read may be on two of them.
        for (const lead of page.leads) leads.set(lead.leadId, lead);
        cursor = page.cursor;
      } while (cursor !== null);
      return { leads: [...leads.values()], bad: 0 };
    },
    async rated(leadIds) {
      const rated: RatedLead[] = [];
      for (const leadId of leadIds) {
        rated.push(ratedLeadSchema.parse(await api.call('GET', `leads/${encodeURIComponent(leadId)}`)));
      }
      return rated;
    },
    now: async () => (await new LeadApi({ url: base, apiKey }).localNow()) ?? systemClock.now(),
  };
}

/** @throws TypeError that says what an instant is */
export function instantOption(name: string, text: string): EpochMs {
  try {
    return epochMs(text);
  } catch {
    throw new TypeError(
      `${name} must be an instant with its offset, such as 2026-11-20T15:04:05Z, not ${text}.`,
    );
  }
}
