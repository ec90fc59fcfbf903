/** What has to be tried before a lead may be given up (policy book §3, §9, §13). */
import type { Lead } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import { attemptsOfCycle, channelOf } from './attempts.ts';

/** Attempts over how many channels, within how many days. */
export interface Required {
  attempts: number;
  channels: number;
  /** Days of the row that holds: of the calendar for a segment, business days for a tier or a source. */
  days: number;
  dayKind: 'calendar' | 'business';
  /** The row that holds, e.g. `segment enterprise`. */
  from: string;
}

/**
 * The strictest of the rows that apply: of segment, tier and source the one that asks for most attempts, of equals the
 * first. The channels are those of the cadence's benchmark.
 */
export function attemptsRequired(
  policy: CompiledPolicy,
  lead: Pick<Lead, 'segment' | 'tier' | 'source'>,
): Required {
  const { channels } = policy.cadence.benchmark;
  const rows = rowsOf(policy, lead);
  const none: Required = { attempts: 0, channels, days: 0, dayKind: 'business', from: 'no row' };
  return rows.reduce<Required>(
    (held, row) => (row.attempts > held.attempts ? { ...row, channels } : held),
    none,
  );
}

function rowsOf(
  policy: CompiledPolicy,
  lead: Pick<Lead, 'segment' | 'tier' | 'source'>,
): Omit<Required, 'channels'>[] {
  const segment = policy.segments.find(({ id }) => id === lead.segment);
  const tier = policy.tiers.find((row) => row.tier === lead.tier);
  const source = policy.sources.find(({ id }) => id === lead.source);
  return [
    ...(segment === undefined
      ? []
      : [
          {
            ...segment.attemptsBeforeDisposition,
            dayKind: 'calendar' as const,
            from: `segment ${segment.id}`,
          },
        ]),
    ...(tier === undefined
      ? []
      : [{ ...business(tier.cadence.attempts, tier.cadence.businessDays), from: `tier ${tier.tier}` }]),
    ...(source?.pace === undefined
      ? []
      : [{ ...business(source.pace.touches, source.pace.businessDays), from: `source ${source.id}` }]),
  ];
}

function business(attempts: number, days: number): { attempts: number; days: number; dayKind: 'business' } {
  return { attempts, days, dayKind: 'business' };
}

/** What was tried in the present cycle: judged attempts, and the channels that they went over. A meeting adds no channel. */
export function attemptsMade(lead: Lead): { attempts: number; channels: number } {
  const attempts = attemptsOfCycle(lead);
  const channels = new Set(attempts.map(channelOf).filter((channel) => channel !== null));
  return { attempts: attempts.length, channels: channels.size };
}
