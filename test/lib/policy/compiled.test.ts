import { readFile, rm } from 'node:fs/promises';
import { loadPolicy, writeCompiled } from '../../../lib/policy/load.ts';
import { loadAlmanac } from '../../../lib/policy/almanac.ts';
import { policyJsonSchema } from '../../../lib/policy/json-schema.ts';
import { loadPeople } from '../../../lib/policy/people.ts';
import { checkRoster } from '../../../core/routing/index.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';

let policy: CompiledPolicy;
beforeAll(async () => {
  policy = await loadPolicy('policy/default.yaml');
});

describe('compiled holidays', () => {
  test.each([
    ['US', '2026-11-26', true],
    ['US', '2026-04-20', false],
    ['US-MA', '2026-04-20', true],
    ['US-MA', '2026-11-26', true],
    ['BR', '2017-09-07', true],
    ['BR', '2026-07-09', false],
    // 9 July 2027 is a Friday.
    ['BR-SP', '2027-07-09', true],
    ['DE', '2026-05-01', true],
    ['DE-BY', '2026-01-06', true],
    ['DE', '2026-01-06', false],
    // Independence Day of 2026 is a Saturday, kept on Friday.
    ['US', '2026-07-03', true],
  ])('%s on %s: %s', (key, date, closed) => {
    expect(policy.publicHolidays[key]?.includes(date)).toBe(closed);
  });

  test('half days and weekends are left out, and lists are sorted', () => {
    for (const dates of Object.values(policy.publicHolidays)) {
      expect(dates).toEqual([...new Set(dates)].sort());
      expect(dates.filter((date) => [0, 6].includes(new Date(date).getUTCDay()))).toEqual([]);
    }
    // Kentucky closes at noon on Good Friday.
    expect(policy.publicHolidays['US-KY'] ?? policy.publicHolidays['US']).not.toContain('2026-04-03');
  });

  test('rules computed alone give the same days as the whole country or region', async () => {
    const { default: Library } = await import('date-holidays');
    const almanac = await loadAlmanac();
    // Japan has bridge days, which depend on the holidays around them; Queensland and Kentucky have half days.
    for (const [country, region] of [
      ['JP'],
      ['AU', 'QLD'],
      ['US', 'KY'],
      ['DE', 'BY'],
      ['BR', 'SP'],
    ] as const) {
      const whole = region === undefined ? new Library(country) : new Library(country, region);
      const expected = [2026, 2027].flatMap((year) =>
        whole
          .getHolidays(year)
          .filter((one) => one.type === 'public' && one.date.includes(' 00:00:00'))
          .map((one) => one.date.slice(0, 10)),
      );
      expect(almanac.dates(country, region, [2026, 2027])).toEqual([...new Set(expected)].sort());
    }
  });
});

describe('compiled zones', () => {
  test.each([
    ['US', 'America/New_York'],
    ['BR', 'America/Sao_Paulo'],
    ['DE', 'Europe/Berlin'],
    ['SE', 'Europe/Stockholm'],
    ['GB', 'Europe/London'],
    ['AU', 'Australia/Sydney'],
    ['KE', 'Africa/Nairobi'],
  ])('%s is in %s', (country, timeZone) => {
    expect(policy.zones[country]?.timeZone).toBe(timeZone);
  });

  test('every US state, Canadian province, Brazilian state and Australian state has one', () => {
    const counts = ['US', 'CA', 'BR', 'AU'].map(
      (country) => Object.keys(policy.zones[country]!.regions).length,
    );
    expect(counts).toEqual([51, 13, 27, 8]);
    expect(policy.zones['US']?.regions['HI']).toBe('Pacific/Honolulu');
  });
});

describe('the compiled file', () => {
  test('is kept, is the same policy, and stays small', async () => {
    const file = await writeCompiled('policy/default.yaml');
    const text = await readFile(file, 'utf8');
    expect(JSON.parse(text)).toEqual(policy);
    expect(text.length).toBeLessThan(320_000);
  });

  test('has the same version when it is compiled anew', async () => {
    await rm(await writeCompiled('policy/default.yaml'));
    expect((await loadPolicy('policy/default.yaml')).policyVersion).toBe(policy.policyVersion);
  });
});

describe('files beside the policy', () => {
  test('the JSON Schema is up to date (npm run policy -- schema)', async () => {
    const text = await readFile('policy/policy.schema.json', 'utf8');
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(policyJsonSchema())));
  });

  test('the policy names the schema for editors', async () => {
    const [first] = (await readFile('policy/default.yaml', 'utf8')).split('\n');
    expect(first).toBe('# yaml-language-server: $schema=./policy.schema.json');
  });

  test('the sample people hold every role, somebody is on call, and nothing is wrong with them', async () => {
    const people = await loadPeople('policy/people.yaml');
    expect(new Set(people.map(({ role }) => role)).size).toBe(10);
    expect(people.filter(({ onCall }) => onCall).length).toBeGreaterThanOrEqual(1);
    expect(people.every(({ availability }) => availability.length === 0)).toBe(true);
    expect(checkRoster(policy, people)).toEqual({ errors: [], warnings: [] });
  });
});
