/**
 * Stories on the real system: the embedded runner with its real state machines, database, mail and event endpoints,
 * spoken to over HTTP like anybody else, on a clock of our own.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where the API answers, as the runner says itself. */
export interface Endpoint {
  url: string;
  /** Where the AWS SDK finds executions, events and mail. */
  awsUrl: string;
  apiKey: string;
  pid: number;
}

export interface StoryOptions {
  policy?: string;
  people?: string;
  /** More of the command line, at every start. */
  args?: readonly string[];
  /** A folder that is kept; a fresh one is made, and removed at the end, without it. */
  data?: string;
  /** Told of every call. */
  called?: (method: string, path: string) => void;
}

export interface Mail {
  at: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

export interface StoryLead {
  leadId: string;
  status: string;
  owner: { personId: string; reason: string; via: string } | null;
  previousOwners: { personId: string }[];
  firstAttemptAt: string | null;
  firstContactAt: string | null;
  attempts: number;
  backDatedActivities: number;
  flags: Record<string, boolean>;
  clocks: StoryClock[];
  explanation: string[];
  [other: string]: unknown;
}

export interface StoryClock {
  clockId: string;
  commitment: string;
  status: string;
  target: string;
  targetFrom: string;
  dueAt: string;
  metAt: string | null;
  verdicts: { verdict: string }[];
  extensions: unknown[];
  rungs: { rung: string; at: string; doneAt: string | null; outcome: string | null }[];
}

/** An inquiry as the API shows it: the score of this instant, and the lead. */
export interface StoryInquiry {
  inquiryId: string;
  status: string;
  evaluation: {
    verdict: string;
    track: string | null;
    score: {
      total: number;
      fit: number;
      intent: number;
      toThreshold: number;
      contributions: { what: string; points: number; because: string }[];
    };
    criteria: { criterion: string; met: boolean; field?: string; valueClass?: string; wouldPass: string }[];
    explanation: string[];
  };
  signals: { count: number; latestAt: string | null };
  lead: StoryLead;
}

export interface Answer<T> {
  status: number;
  body: T;
}

/** The clock moves only when a story lets time pass. */
const STANDS_STILL = '0.000001';

let recordIds = 0;

export class Story {
  readonly data: string;
  readonly #options: StoryOptions;
  #process: ChildProcess | undefined;
  #endpoint: Endpoint | undefined;

  private constructor(options: StoryOptions) {
    this.#options = options;
    this.data = options.data ?? mkdtempSync(join(tmpdir(), 'lead-sla-story-'));
  }

  /** Begins at an instant, with the default policy and the sample people unless others are given. */
  static async begin(at: string, options: StoryOptions = {}): Promise<Story> {
    const story = new Story(options);
    await story.start(['--at', at, '--speed', STANDS_STILL]);
    return story;
  }

  /** A story on a runner that runs already on a folder, and goes on when the story ends. */
  static join(data: string, options: Pick<StoryOptions, 'called'> = {}): Story {
    const story = new Story({ ...options, data });
    story.#endpoint = JSON.parse(readFileSync(join(data, 'endpoint.json'), 'utf8')) as Endpoint;
    return story;
  }

  /** Starts the runner on the story's data, as `npm start` does. */
  async start(more: string[] = []): Promise<void> {
    const { policy, people, args: always = [] } = this.#options;
    const args = ['local/start.ts', '--data', this.data, ...always, ...more];
    if (policy !== undefined) args.push('--policy', policy);
    if (people !== undefined) args.push('--people', people);
    const output: string[] = [];
    const child = spawn('node', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    this.#process = child;
    const file = join(this.data, 'endpoint.json');
    for (let n = 0; n < 600; n += 1) {
      if (child.exitCode !== null) throw new Error(`the runner ended: ${output.join('')}`);
      if (existsSync(file)) {
        const endpoint = JSON.parse(readFileSync(file, 'utf8')) as Endpoint;
        if (endpoint.pid === child.pid) {
          this.#endpoint = endpoint;
          return;
        }
      }
      await sleep(25);
    }
    throw new Error(`the runner did not get ready: ${output.join('')}`);
  }

  /** Where the API answers at present. */
  get endpoint(): Endpoint {
    if (this.#endpoint === undefined) throw new Error('the runner has not been started');
    return this.#endpoint;
  }

  /** Ends the process at once, as a crash does; the data stay. */
  async kill(): Promise<void> {
    await this.#stop('SIGKILL');
  }

  /** Ends the process; the data stay. */
  async stop(): Promise<void> {
    await this.#stop('SIGTERM');
  }

  /** Another policy holds from the next start on. */
  changePolicy(file: string): void {
    this.#options.policy = file;
  }

  async end(): Promise<void> {
    await this.#stop('SIGTERM');
    if (this.#options.data === undefined) rmSync(this.data, { recursive: true, force: true });
  }

  async #stop(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const { url, apiKey } = this.endpoint;
    this.#options.called?.(method, path);
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  /** Lets time pass up to an instant; every rung due by then has been handled. */
  async until(at: string): Promise<void> {
    const answer = await this.call('POST', '/local/clock', { to: at });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer));
  }

  async pass(duration: string): Promise<void> {
    const answer = await this.call('POST', '/local/clock', { advance: duration });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer));
  }

  async now(): Promise<string> {
    return (await this.call<{ now: string }>('GET', '/local/clock')).body.now;
  }

  /** Posts a demo request of a big company in Massachusetts, qualified now, with whatever is changed about it. */
  async post(change: Record<string, unknown> = {}): Promise<StoryLead> {
    const answer = await this.postRaw(change);
    if (answer.status !== 202) throw new Error(JSON.stringify(answer));
    return answer.body;
  }

  async postRaw(change: Record<string, unknown> = {}): Promise<Answer<StoryLead>> {
    recordIds += 1;
    return this.call('POST', '/v1/leads', {
      crm: { system: 'salesforce', recordId: `00Q${recordIds}` },
      qualifiedAt: await this.now(),
      source: 'demo_request',
      score: 70,
      contact: {
        firstName: 'Ada',
        lastName: 'Byron',
        email: 'ada@example.com',
        phone: '+1 617 555 0100',
        country: 'US',
        region: 'MA',
      },
      company: { name: 'Example', employees: 1200 },
      ...change,
    });
  }

  /** Posts somebody who fits and has done nothing yet, with whatever is changed about them. */
  async inquiry(change: Record<string, unknown> = {}): Promise<Answer<StoryInquiry>> {
    recordIds += 1;
    return this.call('POST', '/v1/inquiries', {
      crm: { system: 'hubspot', recordId: `88${recordIds}` },
      contact: {
        firstName: 'Grace',
        lastName: 'Hale',
        email: 'grace.hale@analytical.example',
        phone: '+1 617 555 0142',
        title: 'Marketing Manager',
        country: 'US',
        region: 'MA',
      },
      company: { name: 'Analytical Engines', domain: 'analytical.example', employees: 1200 },
      ...change,
    });
  }

  async readInquiry(inquiryId: string): Promise<StoryInquiry> {
    return (await this.call<StoryInquiry>('GET', `/v1/inquiries/${inquiryId}`)).body;
  }

  /** Tells what the contact did: each type now, or at the instant that stands beside it. */
  async signals(
    inquiryId: string,
    ...told: (string | { type: string; [more: string]: unknown })[]
  ): Promise<Answer<StoryInquiry>> {
    const now = await this.now();
    const signals = told.map((one) => {
      recordIds += 1;
      return { id: `signal-${recordIds}`, at: now, ...(typeof one === 'string' ? { type: one } : one) };
    });
    return this.call('POST', `/v1/inquiries/${inquiryId}/signals`, { signals });
  }

  async patch(leadId: string, changes: Record<string, unknown>): Promise<Answer<StoryLead>> {
    return this.call('PATCH', `/v1/leads/${leadId}`, changes);
  }

  async review(inquiryId: string, decision: 'accept' | 'leave', by = 'mona'): Promise<Answer<StoryInquiry>> {
    const reason = 'Known from the fair.';
    return this.call('POST', `/v1/inquiries/${inquiryId}/review`, { decision, by, reason });
  }

  /** Suppresses a person, a domain or a company from now on. */
  async suppress(
    body: Record<string, unknown>,
  ): Promise<Answer<{ suppressionId: string; until: string | null }>> {
    return this.call('POST', '/v1/suppressions', {
      reason: 'The cadence is exhausted.',
      by: 'olive',
      ...body,
    });
  }

  async lead(leadId: string): Promise<StoryLead> {
    return (await this.call<StoryLead>('GET', `/v1/leads/${leadId}`)).body;
  }

  /** The clock of a commitment, as it stands. */
  async clock(leadId: string, commitment = 'mql.respond'): Promise<StoryClock> {
    const found = (await this.lead(leadId)).clocks.find((clock) => clock.commitment === commitment);
    if (found === undefined) throw new Error(`no clock ${commitment}`);
    return found;
  }

  async attempt(
    leadId: string,
    change: Record<string, unknown> = {},
  ): Promise<Answer<{ clocksMet: { commitment: string; verdict: string }[]; backDated: boolean }>> {
    recordIds += 1;
    return this.call('POST', `/v1/leads/${leadId}/activities`, {
      activityId: `activity-${recordIds}`,
      type: 'call',
      outcome: 'connected',
      occurredAt: await this.now(),
      recordedBy: { kind: 'system', name: 'dialler' },
      ...change,
    });
  }

  /** The owner accepts the lead, which has to pass. */
  async accept(leadId: string): Promise<void> {
    const { owner } = await this.lead(leadId);
    const { status } = await this.call('POST', `/v1/leads/${leadId}/accept`, { by: owner?.personId });
    if (status !== 200) throw new Error(`the acceptance of ${leadId} was answered by ${status}`);
  }

  /** Mails so far as `when → whom: subject`, in the time of the given zone. */
  async mails(timeZone = 'America/New_York'): Promise<string[]> {
    const all = (await this.call<Mail[]>('GET', '/local/mail')).body;
    return all.map(
      (mail) => `${local(mail.at, timeZone)} ${mail.to.split(/[.@]/)[0] ?? ''}: ${mail.subject}`,
    );
  }

  async mail(): Promise<Mail[]> {
    return (await this.call<Mail[]>('GET', '/local/mail')).body;
  }

  /** Detail types of the events so far, with when. */
  async events(): Promise<{ at: string; detailType: string; detail: { data: Record<string, unknown> } }[]> {
    return (
      await this.call<{ at: string; detailType: string; detail: { data: Record<string, unknown> } }[]>(
        'GET',
        '/local/events',
      )
    ).body;
  }

  async timeline(leadId: string): Promise<{ at: string; what: string; who: string; why: string }[]> {
    return (
      await this.call<{ timeline: { at: string; what: string; who: string; why: string }[] }>(
        'GET',
        `/v1/leads/${leadId}/timeline`,
      )
    ).body.timeline;
  }

  async executions(): Promise<{ name: string; stateMachine: string; status: string; state: string }[]> {
    return (
      await this.call<{ name: string; stateMachine: string; status: string; state: string }[]>(
        'GET',
        '/local/executions',
      )
    ).body;
  }

  /** Names of the states that an execution has entered, in order. */
  async states(name: string): Promise<string[]> {
    const { body } = await this.call<{ history: { type: string; state: string | null }[] }>(
      'GET',
      `/local/executions/${name}`,
    );
    return body.history.flatMap((event) =>
      event.type.endsWith('StateEntered') && event.state !== null ? [event.state] : [],
    );
  }
}

/** `Fri 16:50:00` of an instant in a zone. */
export function local(at: string, timeZone: string): string {
  const instant = new Date(at);
  const day = instant.toLocaleDateString('en-US', { timeZone, weekday: 'short' });
  return `${day} ${instant.toLocaleTimeString('en-GB', { timeZone })}`;
}
