/** Stacks that are deployed to an emulator of AWS, spoken to as their users and their operators do. */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { ExecutionListItem } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { systemClock } from '../../lambdas/shared/clock.ts';
import type { Answer, Engine, Execution, Fact, Mail } from './engine.ts';

const targetSchema = z.object({
  /** Of every service of AWS, and of the emulator's own questions. */
  endpoint: z.string(),
  apiUrl: z.string(),
  apiHost: z.string(),
  apiKey: z.string(),
  region: z.string(),
  mqlResponseArn: z.string(),
  commitmentClockArn: z.string(),
  /** A queue that has got every event of the bus since before the first lead. */
  eventsQueueUrl: z.string(),
});
type Target = z.infer<typeof targetSchema>;

const mailsSchema = z.object({
  messages: z.record(
    z.string(),
    z.array(
      z.object({
        To: z.array(z.string()),
        Subject: z.string(),
        Timestamp: z.union([z.string(), z.number()]),
      }),
    ),
  ),
});
const queueSchema = z.object({
  messages: z.record(
    z.string(),
    z.record(z.string(), z.record(z.string(), z.array(z.object({ Body: z.string() })))),
  ),
});
const eventSchema = z.object({
  'detail-type': z.string(),
  time: z.string(),
  detail: z.object({
    metadata: z.looseObject({ id: z.string() }),
    data: z.record(z.string(), z.unknown()),
  }),
});

/** As many as Step Functions gives at a time. */
const PAGE = 1000;
/** Requests at a time: each one more is another process for a function, on a machine that has to run them all. */
const SIDE_BY_SIDE = 3;

export class DeployedEngine implements Engine {
  readonly name = 'deployed';
  readonly #target: Target;
  readonly #stepFunctions: SFNClient;
  readonly #agent = new Agent({ keepAlive: true });
  #running = 0;
  readonly #queue: (() => void)[] = [];

  private constructor(target: Target) {
    this.#target = target;
    this.#stepFunctions = new SFNClient({
      endpoint: target.endpoint,
      region: target.region,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  }

  /** @param file path of a JSON file as `test/e2e/target.ts` describes it */
  static at(file: string): DeployedEngine {
    return new DeployedEngine(targetSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    if (this.#running >= SIDE_BY_SIDE) await new Promise<void>((resolve) => this.#queue.push(resolve));
    this.#running += 1;
    try {
      return await this.#send<T>(method, path, body);
    } finally {
      this.#running -= 1;
      this.#queue.shift()?.();
    }
  }

  /** By node:http, because `fetch` does not let anybody say what `Host` is. */
  #send<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const { apiUrl, apiHost, apiKey } = this.#target;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      host: apiHost,
      'x-api-key': apiKey,
      'content-type': 'application/json',
      ...(text === undefined ? {} : { 'content-length': Buffer.byteLength(text) }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, apiUrl), { method, headers, agent: this.#agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString();
          try {
            resolve({ status: response.statusCode ?? 0, body: JSON.parse(answer) as T });
          } catch {
            reject(new Error(`${method} ${path} answered ${response.statusCode ?? 0}: ${answer}`));
          }
        });
      });
      sent.on('error', reject);
      sent.end(text);
    });
  }

  now(): Promise<string> {
    return Promise.resolve(new Date(systemClock.now()).toISOString());
  }

  async until(instant: string): Promise<void> {
    await sleep(Math.max(0, Date.parse(instant) - systemClock.now()));
  }

  async mails(): Promise<Mail[]> {
    const { messages } = mailsSchema.parse(await this.#ask('/_ministack/ses/messages'));
    return Object.values(messages)
      .flat()
      .flatMap(({ To, Subject, Timestamp }) =>
        To.map((to) => ({ at: instantOf(Timestamp), to, subject: Subject })),
      );
  }

  /** Looks into the queue without taking anything out. */
  async events(): Promise<Fact[]> {
    const queue = encodeURIComponent(this.#target.eventsQueueUrl);
    const { messages } = queueSchema.parse(await this.#ask(`/_ministack/sqs/messages?QueueUrl=${queue}`));
    const bodies = Object.values(messages)
      .flatMap((regions) => Object.values(regions))
      .flatMap((queues) => Object.values(queues))
      .flat();
    return bodies.map(({ Body }) => {
      const { 'detail-type': detailType, time, detail } = eventSchema.parse(JSON.parse(Body));
      return { at: time, detailType, detail };
    });
  }

  async executions(leadId: string): Promise<Execution[]> {
    const { mqlResponseArn, commitmentClockArn } = this.#target;
    const found = await Promise.all([
      this.#list('mql-response', mqlResponseArn, leadId),
      this.#list('commitment-clock', commitmentClockArn, leadId),
    ]);
    return found.flat();
  }

  async stopExecution(name: string): Promise<void> {
    const { mqlResponseArn, commitmentClockArn } = this.#target;
    for (const machine of [mqlResponseArn, commitmentClockArn]) {
      const one = (await this.#named(machine)).find((execution) => execution.name === name);
      if (one?.executionArn === undefined) continue;
      await this.#stepFunctions.send(new StopExecutionCommand({ executionArn: one.executionArn }));
      return;
    }
    throw new Error(`there is no execution ${name}`);
  }

  end(): Promise<void> {
    this.#agent.destroy();
    this.#stepFunctions.destroy();
    return Promise.resolve();
  }

  async #ask(path: string): Promise<unknown> {
    const response = await fetch(`${this.#target.endpoint}${path}`);
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response.json();
  }

  async #list(machine: string, arn: string, leadId: string): Promise<Execution[]> {
    const own = (await this.#named(arn)).filter(({ name }) => name?.startsWith(`${leadId}-`) === true);
    return Promise.all(
      own.map(async ({ name = '', status = '', executionArn = '' }) => ({
        name,
        machine,
        status,
        states: await this.#states(executionArn),
      })),
    );
  }

  async #named(stateMachineArn: string): Promise<ExecutionListItem[]> {
    const all: ExecutionListItem[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.#stepFunctions.send(
        new ListExecutionsCommand({ stateMachineArn, maxResults: PAGE, nextToken }),
      );
      all.push(...(page.executions ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return all;
  }

  async #states(executionArn: string): Promise<string[]> {
    const states: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.#stepFunctions.send(
        new GetExecutionHistoryCommand({ executionArn, maxResults: PAGE, nextToken }),
      );
      states.push(...(page.events ?? []).flatMap((event) => event.stateEnteredEventDetails?.name ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return states;
  }
}

/** The emulator notes instants as text or as seconds. */
function instantOf(timestamp: string | number): string {
  return typeof timestamp === 'string' ? timestamp : new Date(timestamp * 1000).toISOString();
}
