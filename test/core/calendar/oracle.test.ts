import fc from 'fast-check';
import { compileCalendar, deadline, elapsed, isOpenAt } from '../../../core/calendar/index.ts';
import { at, MINUTE } from './calendars.ts';
import { deadlineMinute, openMinutes, stretch } from './oracle.ts';

const MINUTES = 4 * 1440;
/** Four days around a clock change, and one stretch without. */
const stretches = [
  stretch('America/New_York', at('2026-03-07T00:00-05:00'), MINUTES),
  stretch('America/New_York', at('2026-10-31T00:00-04:00'), MINUTES),
  stretch('Europe/Berlin', at('2026-03-28T00:00+01:00'), MINUTES),
  stretch('Europe/Berlin', at('2026-10-24T00:00+02:00'), MINUTES),
  stretch('Australia/Lord_Howe', at('2026-10-03T00:00+10:30'), MINUTES),
  stretch('Australia/Lord_Howe', at('2026-04-04T00:00+11:00'), MINUTES),
  stretch('America/Sao_Paulo', at('2018-11-03T00:00-03:00'), MINUTES),
  stretch('America/Sao_Paulo', at('2018-02-16T00:00-02:00'), MINUTES),
  stretch('Asia/Kolkata', at('2026-07-03T00:00+05:30'), MINUTES),
];

/** None of these times lies in a gap or comes twice in the stretches, but for midnight, which may be left out. */
const edges = ['00:00', '04:00', '05:30', '08:00', '12:00', '13:15', '18:00', '21:45', '24:00'];
const windows = fc.subarray(edges).map((times) =>
  times.flatMap((from, i): [string, string][] => {
    const to = times[i + 1];
    return i % 2 === 0 && to !== undefined ? [[from, to]] : [];
  }),
);
const week = fc.record({
  mon: windows,
  tue: windows,
  wed: windows,
  thu: windows,
  fri: windows,
  sat: windows,
  sun: windows,
});
const minute = fc.nat(MINUTES - 1);
const cases = fc.constantFrom(...stretches).chain((where) => {
  const dates = [...new Set(where.wall.map(({ date }) => date))];
  return fc.record({
    where: fc.constant(where),
    weekly: week,
    holidays: fc.subarray(dates, { maxLength: 2 }),
    overrides: fc.dictionary(fc.constantFrom(...dates), windows, { maxKeys: 2 }),
    start: minute,
    end: minute,
    target: fc.integer({ min: 1, max: 2 * 1440 }),
    pauses: fc.array(fc.tuple(minute, minute), { maxLength: 3 }),
  });
});

test('deadlines, elapsed time and openings agree with counting minutes, pauses included', () => {
  fc.assert(
    fc.property(cases, ({ where, weekly, holidays, overrides, start, end, target, pauses }) => {
      const open = openMinutes(where, { weekly, holidays, overrides });
      fc.pre(open.includes(true));
      const calendar = compileCalendar({ timeZone: where.timeZone, weekly, holidays, overrides });
      const instant = (m: number): number => where.from + m * MINUTE;
      const ordered = pauses.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
      const paused = ordered.map(([from, to]) => ({ from: instant(from), to: instant(to) }));
      const counts = open.map((is, m) => is && !ordered.some(([from, to]) => from <= m && m < to));

      expect(isOpenAt(calendar, instant(start))).toBe(open[start]);
      const counted = counts.slice(start, end).filter(Boolean).length;
      expect(elapsed(calendar, instant(start), instant(end), paused)).toBe(counted * MINUTE);
      const due = deadlineMinute(counts, start, target);
      if (due !== undefined)
        expect(deadline(calendar, instant(start), target * MINUTE, paused)).toBe(instant(due));
      const opening = deadlineMinute(open, start, 0);
      if (opening !== undefined) expect(deadline(calendar, instant(start), 0)).toBe(instant(opening));
    }),
    { numRuns: 400 },
  );
});
