/** When a cadence stands still (policy book §4, §9): after a contact until the follow-up, and while the lead is paused. */
import { calendarOf, deadline, parseSpan } from '../calendar/index.ts';
import type { Calendar } from '../calendar/index.ts';
import { merge } from '../calendar/days.ts';
import type { Lead } from '../model/lead.ts';
import type { CalendarRef } from '../model/clock.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { EpochMs } from '../time.ts';
import { storedMs } from '../time.ts';
import { attemptsOfCycle, isContact } from './attempts.ts';

export interface Stretch {
  from: EpochMs;
  to: EpochMs;
}

/** The commitment whose time a contact without conversion gives. */
const FOLLOW_UP = 'contact.follow_up';

/** From each contact to the next attempt, at most as long as the follow-up may take. */
export function followUps(policy: CompiledPolicy, lead: Lead, calendar: Calendar): Stretch[] {
  const row = policy.commitments.find(({ id }) => id === FOLLOW_UP);
  if (row?.target.startsWith('P') !== true) return [];
  const span = parseSpan(row.target);
  const attempts = attemptsOfCycle(lead);
  return attempts.flatMap((attempt, i) => {
    if (!isContact(attempt)) return [];
    const from = storedMs(attempt.countsAt);
    const next = attempts.slice(i + 1).find(({ countsAt }) => countsAt > attempt.countsAt);
    const latest = deadline(calendar, from, span);
    return [{ from, to: next === undefined ? latest : Math.min(latest, storedMs(next.countsAt)) }];
  });
}

/** The pauses of the lead in its present cycle, each once; one that has not ended counts up to now. */
export function pausesOf(lead: Lead, now: EpochMs): Stretch[] {
  const pauses = lead.clocks.filter(({ cycle }) => cycle === lead.cycle).flatMap((clock) => clock.pauses);
  return merge(
    pauses.map(({ from, to }) => {
      const begin = storedMs(from);
      return { from: begin, to: to === null ? Math.max(now, begin) : storedMs(to) };
    }),
  );
}

/** Both, none touching another. */
export function standstills(policy: CompiledPolicy, lead: Lead, ref: CalendarRef, now: EpochMs): Stretch[] {
  return merge([...followUps(policy, lead, calendarOf(policy, ref)), ...pausesOf(lead, now)]);
}
