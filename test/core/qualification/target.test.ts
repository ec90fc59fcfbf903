import fc from 'fast-check';
import { compileCalendar, deadline, parseSpan } from '../../../core/calendar/index.ts';
import { holds } from '../../../core/qualification/condition.ts';
import { strictest } from '../../../core/qualification/target.ts';
import { epochMs } from '../../../core/time.ts';

const calendar = compileCalendar({
  timeZone: 'Europe/Berlin',
  weekly: { mon: [['08:00', '12:00']], wed: [['08:00', '18:00']] },
  holidays: [],
  overrides: {},
});
const FROM = epochMs('2026-11-23T08:00:00Z');

describe('the strictest target', () => {
  test('of equal ones is the one named first', () => {
    const rows = [
      { target: 'PT1H', targetFrom: 'source' },
      { target: 'PT60M', targetFrom: 'segment' },
    ];
    expect(strictest(calendar, FROM, rows).targetFrom).toBe('source');
  });

  test('compares business days with business time on the calendar', () => {
    const rows = [
      { target: 'P1D', targetFrom: 'days' },
      { target: 'PT12H', targetFrom: 'hours' },
    ];
    // One business day from Monday is Wednesday 09:00; twelve open hours are used up the Monday after.
    expect(strictest(calendar, FROM, rows).targetFrom).toBe('days');
  });

  test('is never later than any other', () => {
    const minutes = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(fc.array(minutes, { minLength: 1, maxLength: 4 }), (all) => {
        const rows = all.map((n) => ({ target: `PT${n}M`, targetFrom: String(n) }));
        const { dueAt } = strictest(calendar, FROM, rows);
        expect(rows.every((row) => dueAt <= deadline(calendar, FROM, parseSpan(row.target)))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a condition', () => {
  const lead = {
    source: 'demo_request',
    intent: 'high' as const,
    score: 70,
    signals: [{ type: 'visit', at: '2026-11-20T00:00:00.000Z' }],
  };
  test.each([
    [{}, 'every lead'],
    [{ sources: ['demo_request'] }, 'source demo_request'],
    [{ sources: ['free_trial'] }, null],
    [{ intents: ['high' as const] }, 'high intent'],
    [{ scoreAtLeast: 70 }, 'score 70 (at least 70)'],
    [{ scoreAbove: 70 }, null],
    [{ signals: ['visit'] }, 'signal visit'],
    [{ signals: ['visit'], signalCount: 2 }, null],
    [{ sources: ['demo_request'], scoreAtLeast: 80 }, null],
    [{ sources: ['demo_request'], scoreAtLeast: 60 }, 'source demo_request and score 70 (at least 60)'],
  ])('%j holds because of %s', (condition, because) => {
    expect(holds(condition, lead)).toBe(because);
  });

  test('on the score does not hold for a lead without one', () => {
    expect(holds({ scoreAtLeast: 0 }, { ...lead, score: undefined })).toBeNull();
  });
});
