/** `npm start` as a process: posted to, killed, started again. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeFolder } from './fixtures/bench.ts';

const LEAD = {
  crm: { system: 'salesforce', recordId: '00Q5g00000ABCDE' },
  qualifiedAt: '2026-11-20T15:00:00Z',
  source: 'demo_request',
  contact: {
    ...{ firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', phone: '+1 617 555 0100' },
    ...{ title: 'VP Engineering', timeZone: 'America/New_York', country: 'US', region: 'MA' },
  },
  company: { name: 'Example', domain: 'example.com', employees: 1200, industry: 'software' },
  signals: [{ type: 'demo_request', at: '2026-11-20T15:00:00Z' }],
};

interface Endpoint {
  url: string;
  apiKey: string;
  pid: number;
}
interface Mail {
  at: string;
  to: string;
  subject: string;
}
interface Shown {
  name: string;
  status: string;
  state: string;
}

const children: ChildProcess[] = [];
afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

async function run(folder: string, ...args: string[]): Promise<{ child: ChildProcess; endpoint: Endpoint }> {
  const child = spawn(process.execPath, ['local/start.ts', '--data', folder, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.push(child);
  const file = join(folder, 'endpoint.json');
  for (let tries = 0; tries < 400 && child.exitCode === null; tries += 1) {
    if (existsSync(file)) {
      const endpoint = JSON.parse(readFileSync(file, 'utf8')) as Endpoint;
      if (endpoint.pid === child.pid) return { child, endpoint };
    }
    await pause(50);
  }
  throw new Error('it did not start');
}

async function call<T>(endpoint: Endpoint, path: string, body?: unknown): Promise<T> {
  const headers = { 'x-api-key': endpoint.apiKey, 'content-type': 'application/json' };
  const request = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await fetch(endpoint.url + path, request);
  expect(answer.status).toBeLessThan(300);
  return (await answer.json()) as T;
}

const keysOf = (mails: Mail[]) => mails.map((mail) => `${mail.to} ${mail.subject.split(':')[0]!}`).sort();

/** The mails of the same lead on a system that nobody has killed. */
async function undisturbed(): Promise<string[]> {
  const { child, endpoint } = await run(makeFolder(), '--at', '2026-11-20T15:00:00Z');
  await call(endpoint, '/v1/leads', LEAD);
  await call(endpoint, '/local/clock', { advance: 'P21D' });
  const mails = await call<Mail[]>(endpoint, '/local/mail');
  child.kill('SIGKILL');
  return keysOf(mails);
}

describe('the embedded system', () => {
  it('goes on after kill -9 with every wait, lead and mail, and tells nobody twice', async () => {
    const folder = makeFolder();
    const first = await run(folder, '--at', '2026-11-20T15:00:00Z');
    const { leadId } = await call<{ leadId: string }>(first.endpoint, '/v1/leads', LEAD);
    await call(first.endpoint, '/local/clock', { advance: 'PT4M' });
    const before = await call<Mail[]>(first.endpoint, '/local/mail');
    expect(before.map((mail) => mail.subject.split(':')[0])).toEqual(
      expect.arrayContaining(['New lead', 'Reminder', 'Urgent']),
    );
    const waiting = await call<Shown[]>(first.endpoint, '/local/executions');
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');

    const second = await run(folder);
    expect(second.endpoint.apiKey).toBe(first.endpoint.apiKey);
    expect(await call(second.endpoint, `/v1/leads/${leadId}`)).toMatchObject({ leadId });
    expect(await call<Mail[]>(second.endpoint, '/local/mail')).toEqual(before);
    expect((await call<Shown[]>(second.endpoint, '/local/executions')).map((one) => one.name)).toEqual(
      expect.arrayContaining(waiting.map((one) => one.name)),
    );
    await call(second.endpoint, '/local/clock', { advance: 'P21D' });
    const after = keysOf(await call<Mail[]>(second.endpoint, '/local/mail'));
    expect(after).toEqual(await undisturbed());
    const ended = await call<Shown[]>(second.endpoint, '/local/executions');
    expect(ended.filter((one) => one.status !== 'SUCCEEDED')).toEqual([]);

    second.child.kill('SIGTERM');
    await once(second.child, 'exit');
    expect(second.child.exitCode).toBe(0);
    expect(existsSync(join(folder, 'endpoint.json'))).toBe(false);
  });

  it('refuses data that another runner holds, and options that it does not know', async () => {
    const folder = makeFolder();
    const { child } = await run(folder);
    const second = spawn(process.execPath, ['local/start.ts', '--data', folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [said] = (await once(second.stderr, 'data')) as [Buffer];
    await once(second, 'exit');
    expect(said.toString()).toMatch(/in use by another runner/);
    expect(second.exitCode).toBe(1);
    child.kill('SIGINT');
    await once(child, 'exit');
    expect(child.exitCode).toBe(0);
  });
});
