import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { CompiledPolicy } from '../../core/policy/compiled.ts';
import { epochMs } from '../../core/time.ts';
import { loadPolicy } from '../../lib/policy/load.ts';
import { compare } from '../../local/calibrate/compare.ts';
import { csvText } from '../../local/calibrate/csv.ts';
import { figures } from '../../local/calibrate/figures.ts';
import { openSource } from '../../local/calibrate/leads.ts';
import { sample } from '../../local/calibrate/sample.ts';
import { QUESTIONS } from '../../local/calibrate/sheet.ts';
import { ANSWERS } from '../../local/openapi/examples.ts';

const NOW = '2026-11-20T12:00:00.000Z';
const PERSONAL = [
  'Ada',
  'Byron',
  'ada@secret.example',
  '+1 617 555 0142',
  'Analytical Engines',
  'secret.example',
];
let folder: string;
let policy: CompiledPolicy;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'calibrate-'));
  policy = await loadPolicy('policy/default.yaml');
});
afterAll(() => rm(folder, { recursive: true }));

async function told(command: (say: (text: string) => void) => Promise<number>) {
  const said: string[] = [];
  const code = await command((text) => void said.push(text));
  return { code, text: said.join('\n') };
}

async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

/** A lead as the API answers it, with whatever else it has. */
function lead(n: number, changes: Record<string, unknown> = {}) {
  return {
    leadId: `lead-${String(n).padStart(3, '0')}`,
    source: 'demo_request',
    status: 'assigned',
    tier: 1,
    qualifiedAt: '2026-08-03T14:00:00.000Z',
    erasedAt: null,
    crm: { system: 'crm', recordId: 'Byron' },
    gate: { score: { total: 95, fit: 55, intent: 40 }, failing: [], heldAt: null, completedAt: null },
    clocks: [],
    contact: {
      firstName: 'Ada',
      lastName: 'Byron',
      email: 'ada@secret.example',
      phone: '+1 617 555 0142',
      title: 'VP Engineering',
      country: 'US',
    },
    company: { name: 'Analytical Engines', domain: 'secret.example', employees: 1200, industry: 'software' },
    signals: [
      { type: 'demo_request', at: '2026-08-03T13:00:00.000Z' },
      { type: 'case_study', at: '2026-07-30T13:00:00.000Z' },
    ],
    ...changes,
  };
}
const jsonLines = (leads: unknown[]) => leads.map((one) => JSON.stringify(one)).join('\n');

/** Draws from a file into a folder of its own. */
async function drawn(leads: unknown[], seed: number, out: string) {
  const from = await file(`${out}.jsonl`, jsonLines(leads));
  const source = await openSource({ from });
  const to = join(folder, out);
  const { code, text } = await told((say) =>
    sample({ policy, source, at: epochMs(NOW), seed, out: to }, say),
  );
  const names = await readdir(to).catch(() => []);
  return {
    code,
    text,
    names,
    sheets: await Promise.all(names.map((name) => readFile(join(to, name), 'utf8'))),
  };
}
const records = (text: string): Record<string, string>[] => parse(text, { bom: true, columns: true });

describe('a sample', () => {
  const many = Array.from({ length: 80 }, (_, n) => lead(n));

  test('is one sheet per rater, with the same rows in the same order and nothing filled in', async () => {
    const { code, text, names, sheets } = await drawn(many, 7, 'same');
    expect(code).toBe(0);
    expect(names).toEqual([
      'calibration-2026-Q3-seed-7-50-of-80-marketing_ops.csv',
      'calibration-2026-Q3-seed-7-50-of-80-sdr_manager.csv',
    ]);
    expect(sheets[0]).toBe(sheets[1]);
    const rows = records(sheets[0] ?? '');
    expect(new Set(rows.map(({ leadId }) => leadId)).size).toBe(50);
    expect(rows.every((row) => QUESTIONS.every((question) => row[question] === ''))).toBe(true);
    expect(text).toContain(
      '50 of 80 MQLs of 2026-Q3, 2026-07-01T04:00:00.000Z to 2026-10-01T04:00:00.000Z (America/New_York), drawn with seed 7.',
    );
  });

  test('shows what a rater needs to judge, and nobody by name, address, number or company', async () => {
    const { sheets } = await drawn(many.slice(0, 1), 7, 'one');
    expect(records(sheets[0] ?? '')[0]).toMatchObject({
      leadId: 'lead-000',
      source: 'demo_request',
      tier: '1',
      title: 'VP Engineering',
      industry: 'software',
      employees: '1200',
      country: 'US',
      acts: 'case_study 2026-07-30 | demo_request 2026-08-03',
      score: '95',
    });
    for (const value of PERSONAL) expect(sheets[0]).not.toContain(value);
  });

  test('is the same for the same seed whatever the order of the leads, and another for another seed', async () => {
    const [one, same, other] = [
      await drawn(many, 11, 'first'),
      await drawn(many.toReversed(), 11, 'again'),
      await drawn(many, 12, 'other'),
    ];
    expect(same.sheets).toEqual(one.sheets);
    expect(other.sheets).not.toEqual(one.sheets);
  });

  test('is drawn from MQLs of the quarter alone, without those whose data was erased', async () => {
    const { text, sheets } = await drawn(
      [
        lead(1),
        lead(2, { status: 'rejected' }),
        lead(3, { qualifiedAt: null, status: 'nurture' }),
        lead(4, { qualifiedAt: '2026-10-02T14:00:00.000Z' }),
        lead(5, { erasedAt: '2026-09-02T14:00:00.000Z' }),
        lead(6, { score: 61 }),
      ],
      1,
      'some',
    );
    const rows = records(sheets[0] ?? '');
    expect(rows.map(({ leadId }) => leadId).sort()).toEqual(['lead-001', 'lead-002', 'lead-006']);
    expect(rows.find(({ leadId }) => leadId === 'lead-006')?.['score']).toBe('61');
    expect(text).toContain('The policy asks for 50; there are no more.');
  });

  test('of a quarter without MQLs writes nothing and ends with 1', async () => {
    const { code, text, names } = await drawn([lead(1, { qualifiedAt: NOW })], 1, 'none');
    expect({ code, names }).toEqual({ code: 1, names: [] });
    expect(text).toMatch(/^No lead became an MQL in the last full quarter: 2026-Q3, /);
  });

  test('passes over lines that are no leads, tells them, and ends with 1', async () => {
    const { code, text, names } = await drawn([lead(1), { leadId: 'x' }], 1, 'bad');
    expect(code).toBe(1);
    expect(text).toMatch(/bad\.jsonl line 2: source: /);
    expect(names).toHaveLength(2);
  });

  test('does not write over a sheet that may have been filled in', async () => {
    await drawn(many, 3, 'twice');
    await expect(drawn(many, 3, 'twice')).rejects.toThrow(/is there already, and may be filled in/);
  });
});

describe('what a prospect has typed', () => {
  test.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+1', "'+1"],
    ['-1+1', "'-1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1+1', `"'\t=1+1"`],
    ['＝1+1', "'＝1+1"],
    ['VP;=1+1', '"VP;=1+1"'],
    ['VP,@x', '"VP,@x"'],
    ['R&D - Lead', 'R&D - Lead'],
    ['VP Engineering', 'VP Engineering'],
  ])('%j is %j in a sheet, so that no spreadsheet runs it', (typed, shown) => {
    expect(csvText([[typed]])).toBe(`\uFEFF${shown}\r\n`);
  });

  test('comes back from the sheet as it was, with quotes, commas and line breaks', () => {
    const cells = ['a "b", c', 'two\nlines', 'ä;ö', ''];
    expect(parse(csvText([cells, [1, -2, 'x', 'y']]), { bom: true })).toEqual([cells, ['1', '-2', 'x', 'y']]);
  });
});

describe('a comparison', () => {
  const HEAD = ['leadId', 'title', ...QUESTIONS];
  /** A sheet with answers as `y`, `n` and blank, in the order of the questions. */
  const sheet = (rows: Record<string, string>, separator = ',') =>
    [
      HEAD.join(separator),
      ...Object.entries(rows).map(([leadId, answers]) =>
        [leadId, 'VP', ...Array.from(answers, (one) => ({ y: 'yes', n: 'no', ' ': '' })[one] ?? one)].join(
          separator,
        ),
      ),
    ].join('\r\n');
  const compared = async (a: string, b: string) => {
    const files = [await file('a.csv', a), await file('b.csv', b)] as const;
    return told((say) => compare(files, say));
  };
  const cells = (text: string, first: string) =>
    text
      .split('\n')
      .map((line) =>
        line
          .split('│')
          .slice(1, -1)
          .map((one) => one.trim()),
      )
      .find(([cell]) => cell === first);
  const A = { 'lead-1': 'yyyyyyyy', 'lead-2': 'nnyyyyyy', 'lead-3': 'ynyyyyyy', 'lead-4': 'nnyyyyyy' };
  const B = { 'lead-4': 'nnyyyyyy', 'lead-3': 'nyyyyyyy', 'lead-2': 'nnyyyyyy', 'lead-1': 'yyyyyyyy' };

  test('gives agreement and kappa of the question and of each criterion, and where they part', async () => {
    const { code, text } = await compared(sheet(A), sheet(B));
    expect(code).toBe(0);
    expect(cells(text, 'would_call')).toEqual(['would_call', '4', '3', '75 %', '0.50', 'moderate']);
    expect(cells(text, 'fit')).toEqual(['fit', '4', '3', '75 %', '0.50', 'moderate']);
    expect(cells(text, 'email')?.slice(0, 5)).toEqual(['email', '4', '4', '100 %', '']);
    expect(cells(text, 'email')?.[5]).toMatch(/^not defined: both gave the same answer throughout/);
    expect(cells(text, 'lead-3')).toEqual(['lead-3', '4/3', 'would_call yes/no, fit no/yes']);
    expect(text).toContain('leads on which they part: 1');
  });

  test('is the same for a sheet that a spreadsheet has written with semicolons, and with answers in capitals', async () => {
    const first = await compared(sheet(A), sheet(B));
    const second = await compared(`\uFEFF${sheet(A, ';').replaceAll('yes', 'YES ')}`, sheet(B, '\t'));
    expect(second).toEqual(first);
  });

  test('says so when they agree on everything', async () => {
    const { code, text } = await compared(sheet(A), sheet(A));
    expect(code).toBe(0);
    expect(text).toContain('They agree on every lead.');
    expect(cells(text, 'would_call')?.slice(3)).toEqual(['100 %', '1.00', 'almost perfect']);
  });

  test('names what was left empty, and does not count it', async () => {
    const { code, text } = await compared(sheet({ ...A, 'lead-2': ' nyyyyyy' }), sheet(B));
    expect(code).toBe(0);
    expect(text).toMatch(/a\.csv column would_call: empty, not counted: line 3\n/);
    expect(cells(text, 'would_call')?.[1]).toBe('3');
  });

  test('names what is misspelt with line, column and what would be right, compares the rest, and ends with 1', async () => {
    const { code, text } = await compared(sheet({ ...A, 'lead-2': 'n?yyyyyy' }), sheet(B));
    expect(code).toBe(1);
    expect(text).toMatch(/a\.csv line 3, column fit: "\?" is no answer; yes or no would be\n/);
    expect(cells(text, 'fit')?.[1]).toBe('3');
    expect(cells(text, 'would_call')?.[1]).toBe('4');
  });

  test('names leads that are in one sheet alone or twice in it', async () => {
    const { code, text } = await compared(
      `${sheet({ ...A, 'lead-9': 'yyyyyyyy' })}\r\nlead-1,VP,no,no,no,no,no,no,no,no`,
      sheet(B),
    );
    expect(code).toBe(1);
    expect(text).toMatch(/a\.csv line 6: lead lead-9 is not in .*b\.csv\n/);
    expect(text).toMatch(/a\.csv line 7, column leadId: lead-1 is on line 2, too; it may be there once\n/);
    expect(cells(text, 'would_call')?.slice(1, 3)).toEqual(['4', '3']);
  });

  test('of sheets with nothing in common is refused', async () => {
    const { code, text } = await compared(sheet({ 'lead-1': 'yyyyyyyy' }), sheet({ 'lead-2': 'yyyyyyyy' }));
    expect(code).toBe(1);
    expect(text).toMatch(/cannot be compared: they have no answer about the same lead in common\.$/);
  });

  test('of a file that is no sheet says which column is missing', async () => {
    await expect(compared('leadId,would_call\nlead-1,yes', sheet(B))).rejects.toThrow(
      /a\.csv has no column fit, persona, .*; it has leadId, would_call\./,
    );
  });
});

describe('the figures of a month', () => {
  const failing = {
    gate: { ...lead(0).gate, failing: [{ criterion: 'persona', met: false, wouldPass: '' }] },
  };
  const august = [lead(1), lead(2, failing), lead(3, { gate: null }), lead(4, { status: 'rejected' })];

  test('tell volume, quality with its band, what was not checked, and what fails', async () => {
    const source = await openSource({ from: await file('august.jsonl', jsonLines(august)) });
    const { code, text } = await told((say) =>
      figures({ policy, source, at: epochMs(NOW), month: '2026-08' }, say),
    );
    expect(code).toBe(0);
    expect(text).toMatch(
      /^2026-08, 2026-08-01T04:00:00\.000Z to 2026-09-01T04:00:00\.000Z \(America\/New_York\)\n/,
    );
    expect(text).toMatch(/│ volume +│ 4 MQLs +│ 0\.8 % of 500 /);
    expect(text).toMatch(/│ quality +│ 66\.6 % red +│ 2 of 3 meet every criterion/);
    expect(text).toMatch(/│ not checked +│ 1 MQLs/);
    expect(text).toMatch(/│ rejected since +│ 1 MQLs/);
    expect(text).toMatch(/│ marketing\.score +│ none +│ 0 met, 0 missed/);
    expect(text).toMatch(/│ demo_request +│ 4 +│ 66\.6 % +│ red +│ 2 of 3 +│ 1 +│ 1 /);
    expect(text).toMatch(/│ persona +│ 1 +│/);
  });

  test('are of the month that runs where none is named, and say so', async () => {
    const source = await openSource({
      from: await file('now.jsonl', jsonLines([lead(1, { qualifiedAt: NOW })])),
    });
    const { text } = await told((say) =>
      figures({ policy, source, at: epochMs(NOW), month: undefined }, say),
    );
    expect(text).toMatch(/^2026-11, .*, so far \(it is 2026-11-20T12:00:00\.000Z\)\n/);
    expect(text).toMatch(/│ volume +│ 1 MQLs/);
  });
});

describe('a running system', () => {
  let server: Server;
  let url: string;
  const asked: { path: string; key: unknown }[] = [];
  const all = Array.from({ length: 60 }, (_, n) => lead(n));

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
      asked.push({ path: request.url ?? '', key: request.headers['x-api-key'] });
      const answer = (): unknown => {
        if (pathname === '/local/clock') return { now: NOW, speed: 1 };
        if (pathname !== '/v1/leads') return all.find(({ leadId }) => pathname === `/v1/leads/${leadId}`);
        // The second page repeats the last lead of the first: its deadline has moved in between.
        return searchParams.get('cursor') === 'a b'
          ? { leads: all.slice(29), cursor: null }
          : { leads: all.slice(0, 30), cursor: 'a b' };
      };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  test('is read page by page with the key, at its own time, and in full only for the leads drawn', async () => {
    const source = await openSource({ url: `${url}/v1/`, apiKey: 'secret' });
    const out = join(folder, 'system');
    const { code, text } = await told((say) => sample({ policy, source, at: undefined, seed: 5, out }, say));
    expect(code).toBe(0);
    expect(text).toContain('50 of 60 MQLs of 2026-Q3');
    expect(asked.every(({ key }) => key === 'secret')).toBe(true);
    expect(asked.filter(({ path }) => path.startsWith('/v1/leads?')).map(({ path }) => path)).toEqual([
      '/v1/leads?limit=200',
      '/v1/leads?limit=200&cursor=a%20b',
    ]);
    expect(asked.filter(({ path }) => path.startsWith('/v1/leads/'))).toHaveLength(50);
  });

  test('is found by its data folder', async () => {
    await file('endpoint.json', JSON.stringify({ url, apiKey: 'of the folder', pid: 1 }));
    const source = await openSource({ data: folder });
    const { leads } = await source.leads(() => undefined);
    expect(leads).toHaveLength(60);
    expect(asked.at(-1)?.key).toBe('of the folder');
  });

  test('may answer all that the description of the API shows', async () => {
    const from = await file('example.jsonl', JSON.stringify(ANSWERS['get-lead']));
    const source = await openSource({ from });
    const { leads, bad } = await source.leads(() => undefined);
    expect(bad).toBe(0);
    expect(await source.rated(leads.map(({ leadId }) => leadId))).toHaveLength(1);
  });

  test.each([
    [{}, 'Name one of --url with --api-key, --data or --from.'],
    [{ url: 'http://x', from: 'y' }, 'Name one of'],
    [{ url: 'http://x' }, '--url needs --api-key'],
  ])('has to be named: %j', async (options, message) => {
    await expect(openSource(options)).rejects.toThrow(message);
  });
});

describe('the command line', () => {
  const run = (...args: string[]) =>
    new Promise<{ code: number | null; out: string }>((resolve) => {
      const child = execFile(process.execPath, ['local/calibrate.ts', ...args], (_, stdout, stderr) =>
        resolve({ code: child.exitCode, out: stdout + stderr }),
      );
    });

  test('ends with 2 and its usage for a command that it does not have', async () => {
    const { code, out } = await run('frobnicate');
    expect(code).toBe(2);
    expect(out).toContain('usage: npm run calibrate');
  });

  test('ends with 1 and a plain message for an option that makes no sense', async () => {
    const from = await file('leads.jsonl', jsonLines([lead(1)]));
    expect(await run('sample', '--from', from)).toEqual({
      code: 1,
      out: 'sample needs --out DIR: the folder for the sheets.\n',
    });
    const { code, out } = await run('figures', '--from', from, '--month', 'August');
    expect({ code, out }).toEqual({ code: 1, out: '"August" is not a month; write it like 2026-11\n' });
  });
});
