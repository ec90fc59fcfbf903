import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../local/policy/check.ts';
import { diff } from '../../local/policy/diff.ts';
import { explainLead } from '../../local/policy/explain.ts';
import { explainScore } from '../../local/policy/explain-score.ts';
import { show } from '../../local/policy/show.ts';
import { loadPolicy } from '../../lib/policy/load.ts';

const DEFAULT = 'policy/default.yaml';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'policy-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a command and returns its exit code and all that it said. */
async function told(
  command: (say: (text: string) => void) => Promise<number>,
): Promise<{ code: number; text: string }> {
  const said: string[] = [];
  const code = await command((text) => void said.push(text));
  return { code, text: said.join('\n') };
}

async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

describe('policy check', () => {
  test('finds the default policy good', async () => {
    const { code, text } = await told((say) => check(DEFAULT, say));
    expect(code).toBe(0);
    expect(text).toMatch(/default\.yaml: good, 0 warnings\. Version 2026\.1\+/);
  });

  test('lists every error and ends with 1', async () => {
    const wrong = (await readFile(DEFAULT, 'utf8'))
      .replace('id: roi_calculator', 'id: demo_request')
      .replace('target: PT5M', 'target: -PT5M');
    const path = await file('wrong.yaml', wrong);
    const { code, text } = await told((say) => check(path, say));
    expect(code).toBe(1);
    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^error line \d+: sources\[0\]\.target is "-PT5M": allowed: a span like PT5M/),
      expect.stringMatching(/^error line \d+: sources\[11\].id is "demo_request": given twice/),
      `${path}: 2 errors, 0 warnings`,
    ]);
  });
});

describe('policy show', () => {
  test('prints a table for every part of the policy', async () => {
    const { code, text } = await told((say) => show(DEFAULT, say));
    expect(code).toBe(0);
    const policy = await loadPolicy(DEFAULT);
    const ids = [
      ...policy.sources,
      ...policy.segments,
      ...policy.pools,
      ...policy.commitments,
      ...policy.metrics,
    ].map(({ id }) => id);
    expect(ids.filter((id) => !text.includes(` ${id} `))).toEqual([]);
    for (const title of [
      'Sources',
      'Rungs',
      'Mql gate',
      'Scoring',
      'Cadence',
      'Opportunity triggers',
      'Reports',
      'Crm',
    ]) {
      expect(text).toContain(`\n${title}\n`);
    }
    expect(text).toContain('mon 08:00-12:00 and 13:00-18:00');
  });
});

describe('policy diff', () => {
  const own = (text: string) => file('own.yaml', `extends: default.yaml\n${text}`);
  // Looking holidays up takes most of the time of a compilation; what is shown here does not depend on them.
  beforeAll(async () => {
    const text = await readFile(DEFAULT, 'utf8');
    await file('default.yaml', text.replace(/years: \[\d+, \d+\]/g, 'years: [2026, 2026]'));
  });

  test('lists what a file changes of the one that it extends', async () => {
    const path = await own(
      'sources:\n  - { id: demo_request, target: PT9S }\n  - { id: newsletter_signup, remove: true }\n',
    );
    const { code, text } = await told((say) => diff(path, say));
    expect(code).toBe(0);
    expect(text).toMatch(/│ sources\[demo_request\]\.target +│ PT5M +│ PT9S +│/);
    expect(text).toMatch(/│ sources\[newsletter_signup\] +│ id: newsletter_signup; [^│]+│ \(nothing\) +│/);
  });

  test('says so when nothing is changed, and when nothing is extended', async () => {
    const path = await own('');
    expect(await told((say) => diff(path, say))).toEqual({
      code: 0,
      text: `${path} says the same as ${join(folder, 'default.yaml')}`,
    });
    expect(await told((say) => diff(DEFAULT, say))).toEqual({
      code: 1,
      text: `${DEFAULT} extends no other file`,
    });
  });

  test('is offered by show, which shows the whole policy', async () => {
    const path = await own('sources:\n  - { id: demo_request, target: PT9S }\n');
    const { text } = await told((say) => show(path, say));
    expect(text).toContain(
      `extends ${join(folder, 'default.yaml')}: 1 difference, listed by npm run policy -- diff ${path}\n`,
    );
    expect(text).toMatch(/ demo_request +│ high +│ PT9S /);
    expect(text).toMatch(/ contact_sales +│ high +│ PT5M /);
  });
});

describe('policy explain', () => {
  const lead = {
    crm: { system: 'salesforce', recordId: '1' },
    qualifiedAt: '2026-11-20T15:04:05Z',
    source: 'demo_request',
    contact: { timeZone: 'America/New_York', country: 'US', region: 'MA' },
    company: { employees: 1200 },
  };
  const explain = async (content: unknown, at?: string) => {
    const leadFile = await file('lead.json', JSON.stringify(content));
    return told((say) => explainLead({ leadFile, at, policyFile: DEFAULT }, say));
  };
  /** The table's rows as `first cell: second cell`. */
  const rows = (text: string) =>
    Object.fromEntries(
      text.split('\n').flatMap((line) => {
        const [, key = '', ...cells] = line.split('│').map((one) => one.trim());
        return key === '' ? [] : [[key, cells.slice(0, 2).join(' ').trim()]];
      }),
    );

  test('says kind, target and its row, zone, calendar, deadline and every rung', async () => {
    const { code, text } = await explain(lead);
    expect(code).toBe(0);
    expect(rows(text)).toMatchObject({
      source: 'demo_request (high intent)',
      tier: '1',
      segment: 'enterprise',
      priority: 'hot',
      target: 'PT5M (5 business minutes)',
      targetFrom: 'source demo_request',
      zone: 'America/New_York, from the zone given',
      calendar: 'business in America/New_York, holidays US-MA',
      dueAt: '2026-11-20T15:09:05.000Z  Fri 2026-11-20 10:09:05',
      remind: 'percent: 50 2026-11-20T15:06:35.000Z',
      warn: 'percent: 75 2026-11-20T15:07:50.000Z',
      breach: 'percent: 100 2026-11-20T15:09:05.000Z',
      critical: 'percent: 150 2026-11-20T15:11:35.000Z',
      incident: 'percent: 200 2026-11-20T15:14:05.000Z',
      backup: 'afterBreach: PT1H 2026-11-20T16:09:05.000Z',
      threshold: 'tierThreshold: true 2026-11-20T17:04:05.000Z',
    });
  });

  test('takes --at for the instant of qualification', async () => {
    const { text } = await explain(lead, '2026-11-21T15:00:00Z');
    expect(rows(text)).toMatchObject({
      afterHours: 'on_call',
      targetFrom: 'after hours on call',
      dueAt: '2026-11-21T16:00:00.000Z  Sat 2026-11-21 11:00',
    });
  });

  test('names what is wrong with a lead', async () => {
    const { code, text } = await explain({ ...lead, contact: { timeZone: 'Mars/Olympus' }, crm: {} });
    expect(code).toBe(1);
    expect(text).toMatch(/lead\.json: crm\.system: /);
    expect(text).toMatch(/lead\.json: contact\.timeZone: /);
  });

  test('says what an instant is', async () => {
    await expect(explain(lead, 'tomorrow')).rejects.toThrow('"tomorrow" is not an instant');
  });
});

describe('the command line', () => {
  const run = (...args: string[]) =>
    new Promise<{ code: number | null; out: string }>((resolve) => {
      const child = execFile(process.execPath, ['local/policy.ts', ...args], (_, stdout, stderr) =>
        resolve({ code: child.exitCode, out: stdout + stderr }),
      );
    });

  test('ends with 2 and its usage for a command that it does not have', async () => {
    const { code, out } = await run('frobnicate');
    expect(code).toBe(2);
    expect(out).toContain('usage: npm run policy');
  });

  test('ends with 1 and a plain message for a file that is not there', async () => {
    const { code, out } = await run('check', 'nowhere.yaml');
    expect(code).toBe(1);
    expect(out).toMatch(/^ENOENT: no such file or directory, open 'nowhere\.yaml'\n$/);
  });
});

describe('policy explain-score', () => {
  const explained = (inquiryFile: string) =>
    told((say) =>
      explainScore(
        {
          inquiryFile,
          at: '2026-11-20T15:05:00Z',
          policyFile: DEFAULT,
          peopleFile: 'policy/people.yaml',
          mx: false,
        },
        say,
      ),
    );

  test('tells in two sentences whether somebody is an MQL, then every point and every criterion', async () => {
    const { code, text } = await explained('samples/inquiry.json');
    expect(code).toBe(0);
    const [first, second] = text.split('\n');
    expect(first).toMatch(/^An MQL: 115 points where 60 are needed, 55 for fit and 60 for intent;/);
    expect(second).toMatch(/^What counted most: Demo request \(\+40\);/);
    expect(text).toMatch(/│ case_study +│ 15 +│/);
    expect(text).toMatch(/│ yes │ completeness\.phone/);
  });

  test('says what is missing to the threshold', async () => {
    const quiet = await file('quiet.json', JSON.stringify({ contact: { title: 'Marketing Manager' } }));
    const { code, text } = await explained(quiet);
    expect(code).toBe(0);
    expect(text).toMatch(/nurture \(neither\), 30 points to the threshold/);
    expect(text).toMatch(/│ NO +│ completeness\.phone/);
  });

  test('names the field of an inquiry that is none', async () => {
    const wrong = await file(
      'wrong.json',
      JSON.stringify({ signals: [{ id: 's', type: 'visit', at: 'today' }] }),
    );
    const { code, text } = await explained(wrong);
    expect(code).toBe(1);
    expect(text).toMatch(/wrong\.json: signals\.0\.at: /);
  });
});
