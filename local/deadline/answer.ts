/** Answers one line of `npm run deadline`. */
import {
  calendarOf,
  compileCalendar,
  deadline,
  elapsed,
  explainDeadline,
  nextOpening,
  type Calendar,
} from '../../core/calendar/index.ts';
import type { CompiledPolicy } from '../../core/policy/compiled.ts';
import { iso } from '../../core/time.ts';
import { readQuestion, readWholeCalendar, type Question } from './question.ts';

export type PolicySource = () => Promise<CompiledPolicy>;

/** Never throws: what is wrong with a line is its answer. */
export async function answer(
  line: string,
  number: number,
  policy: PolicySource,
): Promise<Record<string, unknown>> {
  try {
    const question = readQuestion(line);
    const found = calendarIn(question);
    return reply(question, typeof found === 'string' ? named(found, await policy()) : found);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), line: number };
  }
}

function reply(question: Question, calendar: Calendar): Record<string, unknown> {
  switch (question.ask) {
    case 'deadline': {
      const { start, target, pauses } = question;
      const dueAt = iso(deadline(calendar, start, target, pauses));
      return { dueAt, explanation: explainDeadline(calendar, start, target, pauses) };
    }
    case 'elapsed':
      return { businessSeconds: elapsed(calendar, question.start, question.end) / 1000 };
    case 'opening':
      return { nextOpening: iso(nextOpening(calendar, question.at)) };
  }
}

/** A calendar row of the policy, taken in the zone and with the public holidays of the policy's home. */
function named(id: string, policy: CompiledPolicy): Calendar {
  const { timeZone, country, region } = policy.home;
  const row = policy.calendars.find((calendar) => calendar.id === id);
  return calendarOf(policy, {
    id,
    timeZone: (row?.basis === 'fixed' ? row.timeZone : undefined) ?? timeZone,
    holidays: region === undefined ? country : `${country}-${region}`,
  });
}

/** Lines tend to repeat their calendar: the last few are kept. */
const KEPT = 200;
const compiled = new Map<string, Calendar>();

function calendarIn({ calendar }: Question): Calendar | string {
  if (typeof calendar === 'string') return calendar;
  const key = JSON.stringify(calendar);
  let ready = compiled.get(key);
  if (!ready) {
    ready = compileCalendar(readWholeCalendar(calendar));
    if (compiled.size >= KEPT) compiled.clear();
    compiled.set(key, ready);
  }
  return ready;
}
