import { inHours, opensAt } from '../../../core/routing/index.ts';
import { epochMs, iso } from '../../../core/time.ts';
import { aPerson, aPolicy, FRIDAY_NIGHT, WEDNESDAY } from './fixture.ts';

const policy = aPolicy();
const newYorker = aPerson('nina', { timeZone: 'America/New_York' });

describe("a person's own hours", () => {
  test.each([
    ['are open at their first instant', aPerson('sam'), '2026-11-18T08:00:00Z', true],
    ['are closed at their last instant', aPerson('sam'), '2026-11-18T16:00:00Z', false],
    ['are taken in the zone of the person', newYorker, '2026-11-18T09:00:00Z', false],
    ['leave out the public holidays of the country of the zone', newYorker, '2026-11-26T15:00:00Z', false],
    ["do not leave out another country's holidays", aPerson('sam'), '2026-11-26T15:00:00Z', true],
    [
      "find the country of a region's zone",
      aPerson('lee', { timeZone: 'America/Los_Angeles' }),
      '2026-11-26T18:00:00Z',
      false,
    ],
    [
      'have no holidays in a zone of no country of the policy',
      aPerson('kim', { timeZone: 'Asia/Seoul' }),
      '2026-12-25T02:00:00Z',
      true,
    ],
  ])('%s', (_, person, at, open) => {
    expect(inHours(policy, person, epochMs(at))).toBe(open);
  });

  test('leave out no public holiday when the calendar observes none', () => {
    const [office] = policy.calendars;
    const worldly = aPolicy({ calendars: [{ ...office!, publicHolidays: 'none' }] });
    expect(inHours(worldly, newYorker, epochMs('2026-11-26T15:00:00Z'))).toBe(true);
  });

  test('open now while they are open, else at the next opening', () => {
    expect(opensAt(policy, aPerson('sam'), WEDNESDAY)).toBe(WEDNESDAY);
    expect(iso(opensAt(policy, aPerson('sam'), FRIDAY_NIGHT))).toBe('2026-11-23T08:00:00.000Z');
  });

  test('take the home country for a zone that two countries share', () => {
    const shared = { AT: { timeZone: 'Europe/Berlin', regions: {} }, ...policy.zones };
    const swapped = aPolicy({ zones: { ...shared }, publicHolidays: { AT: ['2026-11-18'], DE: [] } });
    expect(inHours(swapped, aPerson('sam'), WEDNESDAY)).toBe(true);
  });
});
