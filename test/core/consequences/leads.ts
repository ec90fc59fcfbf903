/** Leads with judged clocks, short enough to be listed in tables. */
import type { JudgedLead } from '../../../core/consequences/facts.ts';
import type { Clock, Verdict } from '../../../core/model/clock.ts';
import type { RecordItem } from '../../../core/model/effects.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { epochMs, iso } from '../../../core/time.ts';
import { loadPolicy } from '../../../lib/policy/load.ts';

/** The default policy, live since long ago unless said otherwise. */
export async function livePolicy(
  launches: CompiledPolicy['consequences']['launches'] = [{ on: '2020-01-01' }],
): Promise<CompiledPolicy> {
  const policy = structuredClone(await loadPolicy('policy/default.yaml'));
  return { ...policy, consequences: { ...policy.consequences, launches } };
}

export const at = (text: string): string => iso(epochMs(text));

/** A clock of a person with its verdicts; `null` for one without any yet. */
export function clock(
  owes: string | null,
  dueAt: string,
  verdict: Verdict['verdict'] | null,
  change: Partial<Clock> = {},
): Clock {
  const due = at(dueAt);
  const of = verdict === 'met' ? iso(epochMs(dueAt) - 1000) : due;
  return {
    ...{ clockId: 'lead.accept-1', commitment: 'lead.accept', n: 1, cycle: 1, stop: ['lead_accepted'], owes },
    calendar: { id: 'business', timeZone: 'America/New_York', holidays: null },
    ...{ target: 'PT4H', targetFrom: 'test', explanation: '', run: 0, wakeAt: null },
    startedAt: iso(epochMs(dueAt) - 3_600_000),
    countsFrom: iso(epochMs(dueAt) - 3_600_000),
    ...{ dueAt: due, metAt: verdict === 'met' ? of : null, metBy: null },
    verdicts: verdict === null ? [] : [{ at: due, verdict, of, because: '' }],
    ...{ pauses: [], extensions: [], rungs: [] },
    status: verdict ?? 'within_sla',
    ...change,
  };
}

let made = 0;
/** A lead with these clocks. */
export function lead(clocks: Clock[], change: Partial<JudgedLead> = {}): JudgedLead {
  made += 1;
  const leadId = `lead-${String(made).padStart(4, '0')}`;
  const rest = { poolId: 'smb', owner: null, previousOwners: [], cycle: 1, cycleStartedAt: null };
  return { leadId, ...rest, records: [], clocks, ...change };
}

export function breach(clockId: string | null, personId: string | null, change: Partial<RecordItem> = {}) {
  const on = { recordId: `${clockId ?? 'cadence'}/breach`, clockId, rung: 'breach' as const };
  const record: RecordItem = {
    ...on,
    ...{ type: 'breach', at: at('2026-11-18T15:00:00Z'), assignee: null, title: '', state: 'open', personId },
    ...change,
  };
  return record;
}

/** So many leads of a person, each with one missed clock that was due then. */
export const missed = (count: number, personId: string, dueAt: string): JudgedLead[] =>
  Array.from({ length: count }, () => lead([clock(personId, dueAt, 'missed')]));
