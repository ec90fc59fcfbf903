import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { iso } from '../../../core/time.ts';
import { readContacts } from '../../../local/replay/contacts.ts';
import { readLeads } from '../../../local/replay/leads.ts';
import { parseMapping, readMapping } from '../../../local/replay/mapping.ts';
import { schedule } from '../../../local/replay/schedule.ts';

const MAPPING = parseMapping(
  `
name: test
lead:
  crm.system: { constant: crm }
  crm.recordId: { column: id }
  qualifiedAt: { time: day, zone: UTC, spread: ['09:00', '17:00'] }
  source: { column: form, map: { demo: demo_request, '': newsletter_signup } }
  score: { column: score }
  company.name: { column: company, else: Unknown }
contacts: { file: calls.csv, id: id, at: { time: called, zone: UTC } }
`,
  'test.yaml',
);
const HEADER = 'id,day,form,score,company';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replay-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function read(lines: string[], limit?: number): ReturnType<typeof readLeads> {
  return readLeads(await file('leads.csv', [HEADER, ...lines].join('\n')), MAPPING, limit);
}

describe('the rows of an export', () => {
  test('become leads: table, number, default and date', async () => {
    const { arrivals, bad } = await read(['a,2020-03-02 10:00,demo,70,Acme', 'b,2020-03-02 11:00,,,']);
    expect(bad).toEqual([]);
    expect(arrivals.map(({ body }) => body)).toMatchObject([
      {
        crm: { system: 'crm', recordId: 'a' },
        qualifiedAt: '2020-03-02T10:00:00.000Z',
        source: 'demo_request',
        score: 70,
      },
      { source: 'newsletter_signup', company: { name: 'Unknown' } },
    ]);
    expect(arrivals[1]!.body).not.toHaveProperty('score');
  });

  test('may carry a byte order mark, quotes, line breaks in cells and any line ending', async () => {
    const text = `\uFEFF${HEADER}\r\na,2020-03-02 10:00,demo,70,"Acme, ""Inc.""\r\n"\r\n\r\nb,never,demo,1,x\r\n`;
    const { arrivals, bad } = await readLeads(await file('leads.csv', text), MAPPING);
    expect(arrivals[0]!.body.company.name).toBe('Acme, "Inc."');
    expect(bad).toEqual([{ line: 5, reason: 'qualifiedAt: "never" is no date' }]);
  });

  test('are told apart from bad ones, each with its line and the reason, and the rest goes on', async () => {
    const { arrivals, bad } = await read([
      ',2020-03-02 10:00,demo,70,Acme',
      'a,soon,demo,70,Acme',
      'b,,demo,70,Acme',
      'c,2020-03-02 10:00,pigeon,70,Acme',
      'd,2020-03-02 10:00,demo,high,Acme',
      'e,2020-03-02 10:00,demo,170,Acme',
      'f,2020-03-02 10:00,demo',
      'g,2020-03-02 10:00,demo,70,Acme',
      'g,2020-03-02 11:00,demo,71,Acme',
    ]);
    expect(arrivals.map(({ id, line }) => [id, line])).toEqual([['g', 9]]);
    expect(bad).toEqual([
      { line: 2, reason: 'crm.recordId: the cell with the id is empty' },
      { line: 3, reason: 'qualifiedAt: "soon" is no date' },
      { line: 4, reason: 'qualifiedAt: the cell of day is empty' },
      { line: 5, reason: 'source: "pigeon" in form is not in the mapping\'s table' },
      { line: 6, reason: 'score: Invalid input: expected number, received NaN' },
      { line: 7, reason: 'score: Too big: expected number to be <=100' },
      { line: 8, reason: 'has 3 cells, the header has 5' },
      { line: 10, reason: 'repeats the record of line 9' },
    ]);
  });

  test('with a quote that is never closed are reported, not dropped in silence', async () => {
    const { arrivals, bad } = await read([
      'a,2020-03-02 10:00,demo,70,Acme',
      'b,2020-03-02 10:00,demo,70,"Acme',
      'c,x,y,1,z',
    ]);
    expect(arrivals).toHaveLength(1);
    expect(bad).toEqual([{ line: 3, reason: expect.stringContaining('Quote Not Closed') as string }]);
  });

  test('come in the order of arrival, and a limit takes the first to arrive', async () => {
    const lines = [
      'c,2020-03-04,demo,1,x',
      'a,2020-03-02 10:00,demo,1,x',
      'b,2020-03-03,demo,1,x',
      'a2,2020-03-02 10:00,demo,1,x',
    ];
    expect((await read(lines)).arrivals.map(({ id }) => id)).toEqual(['a', 'a2', 'b', 'c']);
    expect((await read(lines, 3)).arrivals.map(({ id }) => id)).toEqual(['a', 'a2', 'b']);
  });

  test('of a file that lacks a column are not read at all', async () => {
    const path = await file('leads.csv', 'id,day,score\n');
    await expect(readLeads(path, MAPPING)).rejects.toThrow(
      'has no column form, company; it has id, day, score.',
    );
  });

  test('of a file that is not there are told as such', async () => {
    await expect(readLeads(join(folder, 'none.csv'), MAPPING)).rejects.toThrow('ENOENT');
  });
});

describe('first contacts', () => {
  const LEADS = ['a,2020-03-02 10:00,demo,1,x', 'b,2020-03-03 10:00,demo,1,x', 'c,2020-03-04 10:00,demo,1,x'];

  test('are joined by id: the earliest of each lead, none before its arrival, none of other leads', async () => {
    const { arrivals } = await read(LEADS);
    const calls = [
      'id,called',
      'a,2020-03-09 10:00',
      'a,2020-03-03 10:00',
      'b,2020-03-01 10:00',
      'c,never',
      'x,2020-03-05 10:00',
    ];
    await file('calls.csv', calls.join('\n'));
    const { contacts, bad, notes } = await readContacts(join(folder, 'leads.csv'), MAPPING, arrivals);
    expect(contacts.map(({ id, at }) => [id, iso(at)])).toEqual([['a', '2020-03-03T10:00:00.000Z']]);
    expect(bad).toEqual([{ line: 5, reason: 'contact: "never" is no date' }]);
    expect(notes).toEqual(['Contacts before the lead arrived, skipped: 1.']);
  });

  test('are missing with a note if their file is not beside the export, and an error if it was asked for', async () => {
    const { arrivals } = await read(LEADS);
    const path = join(folder, 'leads.csv');
    expect((await readContacts(path, MAPPING, arrivals)).notes).toEqual([
      'calls.csv is not beside the export: no contacts are played.',
    ]);
    await expect(readContacts(path, MAPPING, arrivals, join(folder, 'none.csv'))).rejects.toThrow('ENOENT');
  });

  test('take their turn among the arrivals, after one of the same instant', async () => {
    const { arrivals } = await read(LEADS);
    const contact = (id: string, at: string) => ({ line: 2, id, at: Date.parse(at) });
    const moments = schedule(arrivals, [
      contact('a', '2020-03-03T12:00:00Z'),
      contact('b', '2020-03-03T10:00:00Z'),
    ]);
    const names = moments.map(
      (one) => `${one.kind} ${one.kind === 'arrival' ? one.arrival.id : one.contact.id}`,
    );
    expect(names).toEqual(['arrival a', 'arrival b', 'contact b', 'contact a', 'arrival c']);
  });
});

test('the sample export has 36 leads and six bad rows', async () => {
  const mapping = await readMapping('samples/leads.map.yaml');
  const { arrivals, bad } = await readLeads('samples/leads.csv', mapping);
  expect(arrivals).toHaveLength(36);
  expect(bad.map(({ line }) => line)).toEqual([7, 13, 18, 24, 29, 35]);
});
