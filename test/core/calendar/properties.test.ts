import fc from 'fast-check';
import {
  atPercent,
  compileCalendar,
  deadline,
  elapsed,
  isOpenAt,
  nextOpening,
} from '../../../core/calendar/index.ts';
import { allDay, at, everyDay, office, officeHours, weekdays, withLunch } from './calendars.ts';

const HOUR = 3_600_000;
const more = {
  holidays: ['2026-04-03', '2026-12-25'],
  overrides: { '2026-12-24': [['08:00', '12:00']] as [string, string][] },
};
const calendar = fc.constantFrom(
  office('America/New_York', more),
  compileCalendar(weekdays('Europe/Berlin', withLunch, more)),
  compileCalendar(everyDay('Australia/Lord_Howe', allDay)),
  compileCalendar(weekdays('UTC', [['22:00', '24:00']], more)),
  compileCalendar({ ...weekdays('Asia/Kathmandu', officeHours), weekly: { wed: [['00:30', '01:30']] } }),
);
const instant = fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2027-01-01T00:00Z') });
const target = fc.oneof(fc.integer({ min: 1, max: 300_000 }), fc.integer({ min: 1, max: 60 * HOUR }));
const pause = fc.tuple(instant, fc.nat(200 * HOUR)).map(([from, length]) => ({ from, to: from + length }));
const pauses = fc.array(pause, { maxLength: 4 });

test('a later start is never due earlier', () => {
  fc.assert(
    fc.property(
      calendar,
      instant,
      fc.nat(100 * HOUR),
      fc.oneof(fc.constant(0), target),
      pauses,
      (c, start, later, t, p) => {
        expect(deadline(c, start + later, t, p)).toBeGreaterThanOrEqual(deadline(c, start, t, p));
      },
    ),
  );
});

test('a longer target is never due earlier, a longer one than none always later', () => {
  fc.assert(
    fc.property(calendar, instant, target, target, pauses, (c, start, a, b, p) => {
      expect(deadline(c, start, a + b, p)).toBeGreaterThan(deadline(c, start, a, p));
      expect(deadline(c, start, a, p)).toBeGreaterThan(start);
    }),
  );
});

test('the business time up to the deadline is the target', () => {
  fc.assert(
    fc.property(calendar, instant, target, pauses, (c, start, t, p) => {
      expect(elapsed(c, start, deadline(c, start, t, p), p)).toBe(t);
    }),
  );
});

test('two targets one after the other are their sum', () => {
  fc.assert(
    fc.property(calendar, instant, target, target, pauses, (c, start, a, b, p) => {
      expect(deadline(c, deadline(c, start, a, p), b, p)).toBe(deadline(c, start, a + b, p));
    }),
  );
});

test('elapsed time adds up at any instant in between', () => {
  fc.assert(
    fc.property(calendar, instant, instant, instant, pauses, (c, x, y, z, p) => {
      const [a, b, d] = [x, y, z].sort((l, r) => l - r) as [number, number, number];
      expect(elapsed(c, a, b, p) + elapsed(c, b, d, p)).toBe(elapsed(c, a, d, p));
    }),
  );
});

test('a pause before the deadline is worth the business time that it covers', () => {
  fc.assert(
    fc.property(calendar, instant, target, pause, (c, start, t, p) => {
      const taken = p.from < deadline(c, start, t) ? elapsed(c, Math.max(start, p.from), p.to) : 0;
      expect(deadline(c, start, t, [p])).toBe(deadline(c, start, t + taken));
    }),
  );
});

test('the order of pauses and cutting one in two make no difference', () => {
  fc.assert(
    fc.property(calendar, instant, target, pauses, fc.nat(100), (c, start, t, p, percent) => {
      const cut = p.flatMap(({ from, to }) => {
        const middle = from + Math.floor(((to - from) * percent) / 100);
        return [
          { from: middle, to },
          { from, to: middle },
        ];
      });
      expect(deadline(c, start, t, cut)).toBe(deadline(c, start, t, p));
    }),
  );
});

test('the next opening is open, and nothing is open before it', () => {
  fc.assert(
    fc.property(calendar, instant, (c, start) => {
      const opening = nextOpening(c, start);
      expect(isOpenAt(c, opening)).toBe(true);
      expect(elapsed(c, start, opening)).toBe(0);
      expect(opening > start && isOpenAt(c, start)).toBe(false);
    }),
  );
});

test('a higher percentage is never earlier, a hundred is the deadline and two hundred twice the target', () => {
  const percent = fc.integer({ min: 0, max: 300 });
  fc.assert(
    fc.property(calendar, instant, target, percent, percent, pauses, (c, start, t, a, b, p) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      expect(atPercent(c, start, t, low, p)).toBeLessThanOrEqual(atPercent(c, start, t, high, p));
      expect(atPercent(c, start, t, 100, p)).toBe(deadline(c, start, t, p));
      expect(atPercent(c, start, t, 200, p)).toBe(deadline(c, start, 2 * t, p));
    }),
  );
});

test('business days end on a business day, within its hours or at a close, and more of them later', () => {
  fc.assert(
    fc.property(calendar, instant, fc.integer({ min: 1, max: 30 }), (c, start, days) => {
      const due = deadline(c, start, { kind: 'days', days });
      expect(isOpenAt(c, due) || isOpenAt(c, due - 1)).toBe(true);
      expect(deadline(c, start, { kind: 'days', days: days + 1 })).toBeGreaterThan(due);
      expect(due).toBeGreaterThan(start);
    }),
  );
});
