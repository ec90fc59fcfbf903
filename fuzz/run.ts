/**
 * `npm run fuzz`: schemathesis against the API's description on the embedded runner. No answer may be a 5xx, and none
 * may be other than described.
 *
 * `npm run fuzz -- --seed 7 --examples 500`; ends with 0 if all is well, 1 with findings, 2 for a wrong command line
 * or a runner that does not start, 3 without Python or PyPI.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { systemClock } from '../lambdas/shared/clock.ts';
import { iso } from '../core/time.ts';
import { pythonEnvironment, PythonMissing } from '../tools/python.ts';
import { summaryOf } from './summary.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const PYTHON_MISSING = 3;
const START_LIMIT_MS = 60_000;
const RUN_LIMIT_MS = 600_000;
/** Leads and inquiries to which the dictionaries of schemathesis.toml lead. */
const LEADS = ['1', '2', '3', '4', '5', '6'];
/** Who is offered for review, who is held for Marketing, and who is in nurture. */
const INQUIRIES = [
  { recordId: 'inquiry-1', title: 'VP Engineering', types: [] },
  { recordId: 'inquiry-2', title: 'VP Engineering', types: ['demo_request'] },
  { recordId: 'inquiry-3', title: 'Student', types: ['blog_visit'] },
];
const endpointSchema = z.object({ url: z.string(), apiKey: z.string() });

const wholeNumber = z.string().regex(/^[1-9]\d{0,8}$/, 'must be a whole number above 0');
const optionsSchema = z.object({
  seed: wholeNumber.default('20261120'),
  examples: wholeNumber.default('150'),
});

async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const { seed, examples } = optionsSchema.parse(
    parseArgs({ options: { seed: text, examples: text } }).values,
  );
  const bin = await pythonEnvironment(
    path.join(ROOT, '.python', 'fuzz'),
    path.join(ROOT, 'fuzz', 'requirements.txt'),
  );
  const folder = await mkdtemp(path.join(tmpdir(), 'lead-sla-fuzz-'));
  const runner = spawn(process.execPath, [path.join(ROOT, 'local', 'start.ts'), '--data', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    const endpoint = await ready(runner, path.join(folder, 'endpoint.json'));
    await postLeads(endpoint);
    await postInquiries(endpoint);
    await postTicket(endpoint);
    console.log(`Seed ${seed}, up to ${examples} examples for each operation.`);
    const report = path.join(folder, 'report.xml');
    const status = await schemathesis(path.join(bin, 'st'), { seed, examples, report, folder, ...endpoint });
    const survived = runner.exitCode === null;
    if (!survived) console.log('The runner did not survive.');
    const { line, failed } = summaryOf(existsSync(report) ? readFileSync(report, 'utf8') : '', survived);
    console.log(line);
    return status === 0 && failed === 0 ? 0 : 1;
  } finally {
    await stop(runner);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Where the API answers, once it does. @throws Error if it does not */
async function ready(runner: ChildProcess, file: string): Promise<z.output<typeof endpointSchema>> {
  const started = performance.now();
  while (!existsSync(file)) {
    if (runner.exitCode !== null) throw new Error(`The runner ended with ${runner.exitCode}.`);
    if (performance.now() - started > START_LIMIT_MS) throw new Error('The runner did not get ready.');
    await sleep(20);
  }
  return endpointSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

type Endpoint = z.output<typeof endpointSchema>;

async function postLeads(endpoint: Endpoint): Promise<void> {
  for (const recordId of LEADS) {
    await post(endpoint, 'leads', {
      crm: { system: 'fuzz', recordId },
      qualifiedAt: iso(systemClock.now()),
      source: 'demo_request',
      contact: { country: 'US', region: 'MA' },
    });
  }
}

async function postInquiries(endpoint: Endpoint): Promise<void> {
  for (const { recordId, title, types } of INQUIRIES) {
    await post(endpoint, 'inquiries', {
      crm: { system: 'fuzz', recordId },
      contact: { title, country: 'US', region: 'MA' },
      company: { name: 'Example', employees: 1200 },
      signals: types.map((type) => ({ id: type, type, at: iso(systemClock.now()) })),
    });
  }
}

async function postTicket(endpoint: Endpoint): Promise<void> {
  await post(endpoint, 'tickets', {
    desk: { system: 'fuzz', recordId: '1' },
    customer: { id: 'acme', kind: 'enterprise' },
    ownerId: 'sam',
    openedAt: iso(systemClock.now()),
  });
}

/** @throws Error if it is not taken in as new */
async function post({ url, apiKey }: Endpoint, route: string, body: object): Promise<void> {
  const answer = await fetch(`${url}/v1/${route}`, {
    method: 'POST',
    headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 202) throw new Error(`A POST to ${route} was answered with ${answer.status}.`);
}

interface Asked {
  seed: string;
  examples: string;
  report: string;
  folder: string;
  url: string;
  apiKey: string;
}

/** Its exit code: 0 without findings. */
async function schemathesis(st: string, asked: Asked): Promise<number> {
  const { seed, examples, report, folder, url, apiKey } = asked;
  const child = spawn(
    st,
    [
      ...['--config-file', path.join(ROOT, 'fuzz', 'schemathesis.toml'), '--no-color'],
      ...['run', path.join(ROOT, 'docs', 'api', 'openapi.json'), '--url', `${url}/v1`],
      ...['--header', `x-api-key: ${apiKey}`, '--checks', 'all', '--warnings', 'off'],
      ...['--seed', seed, '--max-examples', examples, '--report-junit-path', report],
    ],
    { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], timeout: RUN_LIMIT_MS },
  );
  await once(child, 'exit');
  return child.exitCode ?? 1;
}

async function stop(runner: ChildProcess): Promise<void> {
  if (runner.exitCode !== null) return;
  const ended = once(runner, 'exit');
  runner.kill('SIGTERM');
  await ended;
}

try {
  process.exitCode = await main();
} catch (error) {
  const missing = error instanceof PythonMissing;
  if (error instanceof z.ZodError) console.error(z.prettifyError(error));
  else console.error(error instanceof Error ? error.message : error);
  if (missing) console.error('The fuzzer runs in Python and comes from PyPI; nothing was tested.');
  process.exitCode = missing ? PYTHON_MISSING : 2;
}
