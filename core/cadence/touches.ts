/** The touches that a kind of lead gets, by tier, source and segment, each with its day (policy book §3, §9). */
import { businessDaysBetween } from '../calendar/index.ts';
import type { Calendar } from '../calendar/index.ts';
import type { Lead } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { Channel } from '../policy/schema/cadence.ts';
import type { SourceRow } from '../policy/schema/lead-kinds.ts';
import type { EpochMs } from '../time.ts';
import { attemptsRequired } from './required.ts';
import type { Required } from './required.ts';

export interface Touch {
  /** Number of the touch in the policy's table; those that are added count on from its last one. */
  touch: number;
  /** Business day of the cadence, from 1. */
  day: number;
  channel: Channel;
  /** Whether it is the response itself. */
  atOnce: boolean;
  purpose: string;
  /** The row by which it is due on this day. */
  from: string;
}

const DAY_MS = 86_400_000;

/**
 * The touches of the tier, as many more as have to be made before the lead may be given up, and each no later than the
 * pace of the source asks for: of two rows the stricter holds.
 * @param start the instant from which the days are counted
 */
export function touchesOf(
  policy: CompiledPolicy,
  lead: Pick<Lead, 'segment' | 'tier' | 'source'>,
  calendar: Calendar,
  start: EpochMs,
): Touch[] {
  const ofTier = policy.cadence.touches
    .filter(({ tiers }) => tiers.includes(lead.tier))
    .toSorted((a, b) => a.day - b.day || a.touch - b.touch)
    .map(({ touch, day, channel, atOnce, purpose }) => ({
      touch,
      day,
      channel,
      atOnce,
      purpose,
      from: `tier ${lead.tier}`,
    }));
  const required = attemptsRequired(policy, lead);
  const lastDay =
    required.dayKind === 'business'
      ? required.days
      : businessDaysBetween(calendar, start, start + required.days * DAY_MS);
  const all = [...ofTier, ...further(policy, ofTier, required, lastDay)];
  const pace = policy.sources.find(({ id }) => id === lead.source)?.pace;
  return pace === undefined ? all : hastened(all, pace, `source ${lead.source}`);
}

/** Touches beyond the table, spread evenly over the days that are left. */
function further(policy: CompiledPolicy, table: Touch[], required: Required, lastDay: number): Touch[] {
  const { channels, purpose } = policy.cadence.further;
  const missing = Math.max(0, required.attempts - table.length);
  const number = Math.max(0, ...policy.cadence.touches.map(({ touch }) => touch));
  const after = table.at(-1)?.day ?? 1;
  const left = Math.max(0, lastDay - after);
  return Array.from({ length: missing }, (_, i) => ({
    touch: number + i + 1,
    day: after + Math.ceil(((i + 1) * left) / missing),
    channel: channels[i % channels.length] ?? 'phone',
    atOnce: false,
    purpose,
    from: required.from,
  }));
}

/** The first touches no later than an even pace; daily: no day of the pace without one. */
function hastened(touches: Touch[], pace: NonNullable<SourceRow['pace']>, from: string): Touch[] {
  let before = 0;
  return touches.map((touch, i) => {
    const even = i < pace.touches ? Math.ceil(((i + 1) * pace.businessDays) / pace.touches) : touch.day;
    const next = pace.daily && before < pace.businessDays ? before + 1 : touch.day;
    const day = Math.min(touch.day, even, Math.max(1, next));
    before = day;
    return day === touch.day ? touch : { ...touch, day, from };
  });
}
