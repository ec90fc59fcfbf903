import type { Contact } from '../../../core/model/lead.ts';
import { qualified } from './facts.ts';

const HOME = { timeZone: 'America/New_York', holidays: 'US' };

describe("the prospect's zone", () => {
  test.each<[string, Contact, { timeZone: string; holidays: string | null; from: string }]>([
    [
      'the one given wins',
      { timeZone: 'Europe/Lisbon', country: 'DE', region: 'BY' },
      { timeZone: 'Europe/Lisbon', holidays: 'DE-BY', from: 'the zone given' },
    ],
    [
      'a zone given alone tells the country whose holidays close the day',
      { timeZone: 'Europe/Berlin' },
      { timeZone: 'Europe/Berlin', holidays: 'DE', from: 'the zone given' },
    ],
    [
      'the region is next',
      { country: 'US', region: 'CA' },
      { timeZone: 'America/Los_Angeles', holidays: 'US-CA', from: 'region US-CA' },
    ],
    [
      'small letters and a prefix are taken as well',
      { country: 'us', region: 'us-hi' },
      { timeZone: 'Pacific/Honolulu', holidays: 'US-HI', from: 'region US-HI' },
    ],
    [
      'then the country',
      { country: 'BR' },
      { timeZone: 'America/Sao_Paulo', holidays: 'BR', from: 'country BR' },
    ],
    [
      'also with a region that has neither zone nor holidays of its own',
      { country: 'FR', region: 'IDF' },
      { timeZone: 'Europe/Paris', holidays: 'FR', from: 'country FR' },
    ],
    [
      'a country without compiled holidays has none',
      { country: 'KE' },
      { timeZone: 'Africa/Nairobi', holidays: null, from: 'country KE' },
    ],
    ["at last the policy's", {}, { ...HOME, from: "the policy's home" }],
    [
      'an unknown zone falls through to the next way, which is said',
      { timeZone: 'Mars/Olympus', country: 'SE' },
      {
        timeZone: 'Europe/Stockholm',
        holidays: 'SE',
        from: 'country SE (the zone given, Mars/Olympus, is unknown)',
      },
    ],
    [
      'so does an unknown country',
      { country: 'XX', region: 'CA' },
      { ...HOME, from: "the policy's home (the country given, XX, is unknown)" },
    ],
    [
      'an offset is no zone',
      { timeZone: '+01:00' },
      { ...HOME, from: "the policy's home (the zone given, +01:00, is unknown)" },
    ],
  ])('%s', async (_, contact, zone) => {
    expect((await qualified('demo_request', { contact })).zone).toEqual(zone);
  });

  test('sets the calendar of the clock', async () => {
    const lead = await qualified('demo_request', { contact: { country: 'BR', region: 'SP' } });
    expect(lead.calendar).toEqual({ id: 'business', timeZone: 'America/Sao_Paulo', holidays: 'BR-SP' });
  });
});

describe('the territory', () => {
  test.each<[Contact, string | null]>([
    [{ country: 'US', region: 'WA' }, 'us_west'],
    [{ country: 'US', region: 'MA' }, 'us_east'],
    [{ country: 'US' }, 'us_east'],
    [{ country: 'AT' }, 'dach'],
    [{ country: 'BR', region: 'SP' }, 'latin_america'],
    [{ timeZone: 'Europe/London' }, 'uk_ireland'],
    [{ country: 'KE' }, null],
    [{}, null],
  ])('of %j is %s', async (contact, territory) => {
    expect((await qualified('demo_request', { contact })).territory).toBe(territory);
  });
});
