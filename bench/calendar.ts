/** Business time: deadlines per second beside the npm libraries, in one run, and the cases that they get wrong. */
import Table from 'cli-table3';
import { localText, compileCalendar } from '../core/calendar/index.ts';
import { epochMs, type EpochMs } from '../core/time.ts';
import { CASES, days, minutes, weekdays, type Case } from './calendar/cases.ts';
import { others, ours, within, type Asked, type Library } from './calendar/libraries.ts';

const OFFICE = weekdays(
  'America/New_York',
  [['08:00', '18:00']],
  ['2026-01-01', '2026-07-03', '2026-11-26', '2026-12-25'],
);
const TARGETS = [minutes(5), minutes(120), minutes(1440), days(14)];
const PLAIN = { style: { head: [], border: [], compact: true } };
const MEASURED_MS = 400;
const CASE_MS = 1000;

/**
 * Starts within office hours, the same for every library: minutes 3, 94, 185 … of each window. They lie in a half-year
 * without a clock change, because dayjs-business-time loops for ever over one (see the cases).
 */
function starts(): EpochMs[] {
  const calendar = compileCalendar(OFFICE);
  const found: EpochMs[] = [];
  let day = calendar.days.at(epochMs('2026-03-16T12:00Z'));
  while (found.length < 700) {
    day = calendar.days.openAfter(day);
    for (const { from, to } of day.windows)
      for (let at = from + 180_000; at < to; at += 5_460_000) found.push(at);
  }
  return found;
}

/** Calls per second, after a first round that also lets the engine compile. */
function rate(ask: Asked, inputs: readonly EpochMs[]): number {
  for (const start of inputs.slice(0, 200)) ask(start);
  const begun = performance.now();
  let calls = 0;
  do {
    for (let i = 0; i < 50; i++) ask(inputs[(calls + i) % inputs.length] ?? 0);
    calls += 50;
  } while (performance.now() - begun < MEASURED_MS);
  return (calls / (performance.now() - begun)) * 1000;
}

/** Deadlines per second for the targets of the issue, with the share of answers equal to ours. */
export function calendarSpeed(): Table.Table {
  const inputs = starts();
  const table = new Table({
    ...PLAIN,
    head: [
      'target',
      `${ours.name}, deadlines/s`,
      'its first, on a new calendar',
      ...others.flatMap(({ name }) => [name, 'slower by', 'same answer']),
    ],
  });
  for (const target of TARGETS) {
    const ask = ours.prepare(OFFICE, target);
    const own = rate(ask, inputs);
    const cold = rate((start) => ours.prepare(OFFICE, target)(start), inputs);
    const theirs = others.flatMap((library) => {
      const theirAsk = library.prepare(OFFICE, target);
      const speed = rate(theirAsk, inputs);
      const same = inputs.filter((start) => theirAsk(start) === ask(start)).length / inputs.length;
      return [count(speed), `${count(own / speed)} x`, `${(same * 100).toFixed(1)} %`];
    });
    table.push([target.iso, count(own), count(cold), ...theirs]);
  }
  return table;
}

/** Each case with the deadline reckoned by hand and every library's answer where it differs. */
export function calendarCases(): Table.Table {
  const table = new Table({
    ...PLAIN,
    head: ['case', 'start', 'target', 'due', ...[ours, ...others].map(({ name }) => name)],
  });
  for (const one of CASES) {
    const local = (at: EpochMs): string => localText(compileCalendar(one.calendar), at);
    const verdicts = [ours, ...others].map((library) => {
      const answer = answered(library, one);
      if (answer === epochMs(one.due)) return 'right';
      return `WRONG: ${typeof answer === 'number' ? local(answer) : answer}`;
    });
    table.push([one.what, local(epochMs(one.start)), one.target.iso, local(epochMs(one.due)), ...verdicts]);
  }
  return table;
}

function answered(library: Library, { calendar, target, start }: Case): EpochMs | string {
  return within(CASE_MS, () => library.prepare(calendar, target)(epochMs(start)));
}

/** Both tables, as text for the terminal. */
export function benchCalendar(): string {
  return `Business time: deadlines per second\n${calendarSpeed().toString()}\n\nDeadlines reckoned by hand\n${calendarCases().toString()}\n`;
}

function count(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(1);
}

if (import.meta.main) process.stdout.write(benchCalendar());
