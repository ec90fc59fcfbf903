import type { LeadFacts } from '../../../core/model/lead.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { qualify } from '../../../core/qualification/index.ts';
import type { Qualification } from '../../../core/qualification/index.ts';
import { epochMs } from '../../../core/time.ts';
import { loadPolicy } from '../../../lib/policy/load.ts';

/** A Friday at 10:04:05 in New York. */
export const IN_HOURS = '2026-11-20T15:04:05.000Z';
/** The Saturday after it, at 10:00. */
export const SATURDAY = '2026-11-21T15:00:00.000Z';

/** A lead of which only the source is known. */
export function facts(source: string, change: Partial<LeadFacts> = {}): LeadFacts {
  return {
    crm: { system: 'test', recordId: '1' },
    qualifiedAt: IN_HOURS,
    source,
    contact: {},
    company: {},
    signals: [],
    ...change,
  };
}

let loaded: Promise<CompiledPolicy> | undefined;
export const defaultPolicy = (): Promise<CompiledPolicy> => (loaded ??= loadPolicy('policy/default.yaml'));

/** A lead of a source, classified by the default policy. */
export async function qualified(source: string, change: Partial<LeadFacts> = {}): Promise<Qualification> {
  const lead = facts(source, change);
  return qualify(await defaultPolicy(), lead, epochMs(lead.qualifiedAt));
}
