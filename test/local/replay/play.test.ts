/** Short replays against the embedded system, started in this process, and against one that answers as told. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { replayOptions } from '../../../local/replay/options.ts';
import { replay } from '../../../local/replay/run.ts';
import type { Report } from '../../../local/replay/summary.ts';

const SAMPLE = { file: 'samples/leads.csv', map: 'samples/leads.map.yaml' };

describe('a replay of the first sample leads in the embedded system', () => {
  let report: Report;
  beforeAll(async () => {
    report = await replay({ ...SAMPLE, limit: 5 });
  });

  test('gives every lead an owner and measures how long that took', () => {
    expect(report.played.leadIds).toHaveLength(5);
    expect(report.played.refused).toEqual([]);
    expect(report.played.withoutOwner).toBe(0);
    expect(report.played.ownerMs).toHaveLength(5);
    expect(Math.min(...report.played.ownerMs)).toBeGreaterThan(0);
  });

  test('starts at the first arrival and goes on until every ladder has ended', () => {
    expect(report.from).toBe('2026-11-20T13:27:00.000Z');
    expect(report.to > '2026-11-23T13:27:00.000Z').toBe(true);
    expect(report.notes.filter((note) => note.includes('still wait'))).toEqual([]);
  });

  test('climbs for those whom nobody called, and counts the contacts in time', () => {
    const { figures, events, mails, played } = report;
    const kept = figures.kinds.map(({ kept: commitments }) => commitments.get('mql.respond')!);
    const judged = kept.reduce((sum, { judged: some }) => sum + some, 0);
    const inTime = kept.reduce((sum, { inTime: some }) => sum + some, 0);
    expect(judged).toBe(5);
    expect(played.contacts).toBeGreaterThan(0);
    expect(events?.get('LeadContacted')).toBe(played.contacts);
    expect(figures.rungs.get('mql.respond breach')?.done).toBe(judged - inTime);
    expect(mails?.get('assigned')).toBe(5);
    expect(mails?.get('other')).toBeUndefined();
  });

  test('reports the bad rows of the whole file', () => {
    expect(report.bad).toHaveLength(6);
  });
});

describe('a replay towards a system whose clock cannot be set', () => {
  let server: Server;
  let url: string;
  const seen: { method: string; path: string; key: unknown }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { method = '', url: path = '' } = request;
      seen.push({ method, path, key: request.headers['x-api-key'] });
      const lead = { ...{ leadId: 'one', source: 'demo_request', tier: 1, status: 'assigned', clocks: [] } };
      const owner = { owner: { personId: 'sam' }, previousOwners: [], unassignedSince: null };
      const status = path.startsWith('/local')
        ? 404
        : path.endsWith('/activities')
          ? 422
          : method === 'POST'
            ? 202
            : 200;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(status === 422 ? { detail: 'too early' } : { ...lead, ...owner }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
  });
  afterAll(() => server.close());

  test('sends leads and contacts at its rate, with the key, and goes on when one is refused', async () => {
    const started = performance.now();
    const report = await replay({ ...SAMPLE, limit: 3, url, key: 'secret', rate: 50 });
    expect(performance.now() - started).toBeGreaterThan(60);
    expect(report.played.leadIds).toEqual(['one', 'one', 'one']);
    const posts = seen.filter(({ method }) => method === 'POST');
    expect(posts.filter(({ path }) => path === '/v1/leads')).toHaveLength(3);
    expect(new Set(posts.map(({ key }) => key))).toEqual(new Set(['secret']));
    expect(report.played.refused.length).toBeGreaterThan(0);
    expect(report.played.refused[0]).toMatchObject({ reason: 'contact: 422: too early' });
    expect(report.mails).toBeNull();
    expect(report.notes.join(' ')).toContain('cannot be set');
  });
});

describe('the command line', () => {
  test('plays the sample without arguments', () => {
    expect(replayOptions([])).toMatchObject({ file: expect.stringMatching(/leads\.csv$/) as string });
  });

  test('takes a file with its mapping and options', () => {
    const args = ['a.csv', '--map', 'a.yaml', '--limit', '500', '--until', '2017-09-01T00:00:00Z'];
    expect(replayOptions(args)).toMatchObject({
      file: 'a.csv',
      map: 'a.yaml',
      limit: 500,
      until: 1504224000000,
    });
  });

  test.each([
    [['a.csv'], 'needs --map'],
    [['--map', 'a.yaml'], '--map needs a FILE.csv'],
    [['a.csv', 'b.csv', '--map', 'm'], 'Only one file'],
    [['--limit', '1.5'], '--limit must be a whole number above 0'],
    [['--rate', 'fast'], '--rate must be a number above 0'],
    [['--until', 'tomorrow'], '--until must be an instant'],
    [['--limt', '5'], "Unknown option '--limt'"],
  ])('refuses %j with the reason', (args, message) => {
    expect(() => replayOptions(args)).toThrow(message);
  });

  test('asks for the key of another system', async () => {
    await expect(replay({ ...SAMPLE, url: 'http://127.0.0.1:1' })).rejects.toThrow('--url needs --key');
    await expect(replay({ ...SAMPLE, data: 'samples' })).rejects.toThrow('No system runs on samples');
  });
});
