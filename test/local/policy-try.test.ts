import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryPolicy } from '../../local/policy/try.ts';

const DEFAULT = 'policy/default.yaml';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'policy-try-'));
  // Looking holidays up takes most of the time of a compilation; what is tried here does not depend on them.
  const text = await readFile(DEFAULT, 'utf8');
  await file('default.yaml', text.replace(/years: \[\d+, \d+\]/g, 'years: [2026, 2026]'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

async function tried(newFile: string, inquiriesFile = 'samples/inquiries.jsonl') {
  const said: string[] = [];
  const code = await tryPolicy(
    {
      newFile,
      oldFile: DEFAULT,
      inquiriesFile,
      at: '2026-11-21T12:00:00Z',
      peopleFile: 'policy/people.yaml',
    },
    (text) => void said.push(text),
  );
  return { code, text: said.join('\n') };
}

/** The cells of each row of a table, by the first cell. */
const cells = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('│'))
    .map((line) =>
      line
        .split('│')
        .slice(1, -1)
        .map((one) => one.trim()),
    );
const row = (text: string, first: string) => cells(text).find(([cell]) => cell === first);

describe('the sample inquiries', () => {
  test('have every verdict under the default policy, and change nothing under the same one', async () => {
    const { code, text } = await tried(DEFAULT);
    expect(code).toBe(0);
    expect(row(text, 'all')).toEqual(['all', '12', '6', '7', '4', '3', '32']);
    expect(text).toContain('0 of 32 inquiries would be judged otherwise.');
    expect(row(text, 'mql')).toEqual(['mql', '12', '0', '0', '0', '0', '12']);
  });

  test('change as the sample policy has it: which, from what to what, and why', async () => {
    const { code, text } = await tried('samples/threshold.yaml');
    expect(code).toBe(0);
    expect(text).toMatch(
      /^policy\/default\.yaml \(2026\.1\+\w+\), then samples\/threshold\.yaml \(2026\.1-75\+\w+\)/,
    );
    expect(row(text, 'mql')).toEqual(['mql', '7', '0', '3', '2', '0', '12']);
    expect(row(text, 'nurture')).toEqual(['nurture', '0', '0', '0', '4', '0', '4']);
    expect(text).toContain('9 of 32 inquiries would be judged otherwise.');
    expect(row(text, '18')).toEqual([
      '18',
      'I-018',
      'held → review',
      '70 → 70',
      'score no longer met (an MQL at 60 → 75); review from 40 below 60 → from 55 below 75',
    ]);
    expect(row(text, '11')).toEqual([
      '11',
      'I-011',
      'mql → nurture',
      '80 → 65',
      'icp_fit no longer met; score no longer met (an MQL at 60 → 75)',
    ]);
  });
});

test('a band that moves is named where no criterion comes out otherwise', async () => {
  const own = await file('band.yaml', 'extends: default.yaml\nscoring: { review: { from: 48 } }\n');
  const { text } = await tried(own);
  expect(row(text, '22')).toEqual([
    '22',
    'I-022',
    'review → nurture',
    '45 → 45',
    'review from 40 below 60 → from 48 below 60',
  ]);
});

test('a criterion that another policy no longer asks for is met', async () => {
  const own = await file(
    'phone.yaml',
    'extends: default.yaml\nmqlGate: { completeness: { fields: [name, company, email] } }\n',
  );
  const { text } = await tried(own);
  expect(row(text, '13')).toEqual(['13', 'I-013', 'held → mql', '95 → 95', 'completeness.phone now met']);
});

test('a bad line is told with its path, the rest is judged, and the end is 1', async () => {
  const sample = (await readFile('samples/inquiries.jsonl', 'utf8')).split('\n');
  const bad = await file(
    'bad.jsonl',
    [
      `\uFEFF${sample[0]}`,
      '',
      '{"contact":',
      JSON.stringify({
        contact: { country: 'Germany', phon: '1' },
        signals: [{ id: '1', type: 'x', at: 'today' }],
      }),
      JSON.stringify({ signals: [] }),
    ].join('\n'),
  );
  const { code, text } = await tried(DEFAULT, bad);
  expect(code).toBe(1);
  expect(text).toContain(`${bad} line 3: is not JSON\n`);
  expect(text).toContain(`${bad} line 4: contact.country: must be a country code of two letters, like US\n`);
  expect(text).toMatch(/line 4: contact: .*phon/);
  expect(text).toMatch(/line 4: signals\.0\.at: must be an instant/);
  expect(text).toContain('0 of 2 inquiries would be judged otherwise.');
  expect(text).toContain('2 lines were passed over.');
});

test('a file that is not there is an error that names it', async () => {
  await expect(tried(DEFAULT, join(folder, 'nowhere.jsonl'))).rejects.toThrow(/ENOENT.*nowhere\.jsonl/);
});

test('names and addresses of people are not told', async () => {
  const { text } = await tried('samples/threshold.yaml');
  const inquiries = (await readFile('samples/inquiries.jsonl', 'utf8')).trim().split('\n');
  for (const line of inquiries) {
    const { contact } = JSON.parse(line) as { contact: { lastName?: string; email?: string } };
    for (const value of [contact.lastName, contact.email]) {
      if (value !== undefined) expect(text).not.toContain(value);
    }
  }
});
