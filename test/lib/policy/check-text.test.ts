import { readFile } from 'node:fs/promises';
import { issueText, PolicyError } from '../../../core/policy/issue.ts';
import { epochMs } from '../../../core/time.ts';
import { checkText, compilePolicy } from '../../../lib/policy/compile.ts';
import { readLayers } from '../../../lib/policy/layers.ts';

let text: string;
beforeAll(async () => {
  text = await readFile('policy/default.yaml', 'utf8');
  // Looking holidays up takes most of the time of a check; the findings below do not depend on how many there are.
  text = text
    .replace(/years: \[\d+, \d+\]/g, 'years: [2026, 2031]')
    .replaceAll('regions: all', 'regions: []');
});

async function found(...changes: [string, string][]): Promise<string[]> {
  const changed = changes.reduce((whole, [from, to]) => {
    expect(whole).toContain(from);
    return whole.replace(from, to);
  }, text);
  return (await checkText(changed)).issues.map(issueText);
}

describe('the check of a text', () => {
  test('finds nothing in the default policy and compiles it', async () => {
    const { policy, issues } = await checkText(text, epochMs('2026-11-20T00:00:00Z'));
    expect(issues).toEqual([]);
    expect(policy?.policyVersion).toMatch(/^2026\.1\+[0-9a-f]{8}$/);
  });

  test('tells violations of the schema and all others at once, in the order of the file, with lines', async () => {
    const texts = await found(
      ['id: newsletter_signup', 'id: demo_request'],
      ['    basis: prospect', '    bassis: prospect'],
      ["tell: ['role:vp_sales']", "tell: ['role:nobody']"],
      ['timeZone: America/New_York, country: US', 'timeZone: America/Boston, country: US'],
      ['regions: [BA, CE', 'regions: [XX, CE'],
    );
    expect(texts.map((one) => one.replace(/line \d+: (\S+).*/, '$1'))).toEqual([
      'error calendars[0].basis:',
      'error calendars[0].bassis:',
      'error holidays.countries.BR.regions[0]',
      'error home.timeZone',
      'error sources[12].id',
      'error commitments[0].rungs[4].tell[0]',
    ]);
    const lines = texts.map((one) => Number(/line (\d+)/.exec(one)?.[1]));
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    const source = text.split('\n').findIndex((line) => line.includes('id: newsletter_signup')) + 1;
    expect(texts[4]).toContain(`line ${source}:`);
  });

  test.each([
    ['a country that does not exist', 'countries: [US] }', 'countries: [UX] }'],
    ['a country of holidays in small letters', '    FR: {', '    fr: {'],
  ])('%s is refused', async (_, from, to) => {
    const texts = await found([from.replace(' }', ','), to.replace(' }', ',')]);
    expect(texts.filter((one) => one.startsWith('error')).join()).toMatch(/ISO 3166-1/);
  });

  test('a key given twice is told together with what else is wrong', async () => {
    const texts = await found(
      ["version: '2026.1'", "version: '2026.1'\nversion: '2026.2'"],
      ['id: newsletter_signup', 'id: demo_request'],
    );
    expect(texts).toEqual([
      expect.stringMatching(/^error line \d+: \(the whole file\): the key version is given twice/),
      expect.stringContaining('sources[12].id'),
    ]);
  });

  test('a file that is no YAML is told with its line', async () => {
    const { policy, issues } = await checkText('name: [unclosed\nversion: 1');
    expect(policy).toBeNull();
    expect(issues.map(issueText).join()).toMatch(/^error line \d/);
  });

  test('an empty file is no policy', async () => {
    expect((await checkText('')).policy).toBeNull();
  });

  test('findings about a mended place are left out', async () => {
    // The percentage is no number; that it would have to be below 100 is not worth saying.
    const texts = await found(['at: { percent: 50 }', "at: { percent: 'half' }"]);
    expect(texts).toEqual([
      expect.stringContaining('commitments[0].rungs[0].at.percent is "half": allowed: a number'),
    ]);
  });

  test('compiling a wrong policy throws every finding', async () => {
    const wrong = text
      .replace('id: newsletter_signup', 'id: demo_request')
      .replace('below: 1000 }', 'below: 1100 }');
    const error: unknown = await compilePolicy(await readLayers('my.yaml', wrong)).catch(
      (one: unknown) => one,
    );
    expect(error).toBeInstanceOf(PolicyError);
    expect((error as PolicyError).issues).toHaveLength(2);
    expect((error as PolicyError).message).toMatch(
      /^my\.yaml is not a policy[^]*sources\[12\]\.id[^]*segments\[0\]/,
    );
  });
});
