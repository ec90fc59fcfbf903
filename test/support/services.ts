/**
 * The services of a function as it is deployed, made from its environment: on real tables in memory, with mocked
 * clients for mail, events and executions, the default policy, the sample people, and a clock of the test's own.
 */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import type { WorkflowState } from '../../core/model/effects.ts';
import type { Lead } from '../../core/model/lead.ts';
import type { Person } from '../../core/model/person.ts';
import type { CompiledPolicy } from '../../core/policy/compiled.ts';
import { epochMs, iso } from '../../core/time.ts';
import { forgetDraws } from '../../lambdas/shared/confirmed-draws.ts';
import { servicesFromEnvironment } from '../../lambdas/shared/production.ts';
import { eventBridgePublisher } from '../../lambdas/shared/publisher.ts';
import { useServices, type Services } from '../../lambdas/shared/services.ts';
import { dynamoLeads } from '../../lambdas/shared/stores/leads.ts';
import { loadPolicy } from '../../lib/policy/load.ts';
import { loadPeople } from '../../lib/policy/people.ts';
import { LEADS, ROSTER, startTables, type Tables } from '../lambdas/support/tables.ts';
import { KeptMetrics } from './metrics.ts';
import { Troubles } from './troubles.ts';

export interface BusEvent {
  detailType: string;
  id: string;
  data: Record<string, unknown>;
}

/** Everything that there is at one instant, as JSON. */
export interface Kept {
  now: string;
  recordId: string;
  leads: Record<string, unknown>[];
  roster: Record<string, unknown>[];
  mails: Backend['mails'];
  events: BusEvent[];
  started: [string, WorkflowState][];
}

const batches = <T>(items: T[]): T[][] =>
  items.length === 0 ? [] : [items.slice(0, 25), ...batches(items.slice(25))];

export class Backend extends Troubles {
  services!: Services;
  /** Mails that were sent, as `personId or prospect: notice id's tag`. */
  mails: { to: string; tag: string; subject: string }[] = [];
  events: BusEvent[] = [];
  /** Executions by name, with their input. */
  started = new Map<string, WorkflowState>();
  logged: string[] = [];
  /** What was counted and measured. */
  readonly metrics = new KeptMetrics();
  /** A different one for each test, and with it the lead's id. */
  recordId = '';
  /** Events that the bus refuses although it takes those beside them. */
  refuses: (detailType: string) => boolean = () => false;
  /** How often each command was asked for. */
  asked: Record<string, number> = {};
  readonly #tables: Tables;
  readonly #policy: CompiledPolicy;
  readonly #ses = mockClient(SESClient);
  readonly #bus = mockClient(EventBridgeClient);
  readonly #sfn = mockClient(SFNClient);
  #now = 0;
  #begun = 0;
  #roster: Record<string, unknown>[] = [];

  private constructor(tables: Tables, policy: CompiledPolicy) {
    super();
    this.#tables = tables;
    this.#policy = policy;
  }

  /**
   * Starts the tables and puts the sample people on the roster; once per test file.
   * @param change what is different in the policy
   */
  static async start(change = (policy: CompiledPolicy): CompiledPolicy => policy): Promise<Backend> {
    const backend = new Backend(await startTables(), change(await loadPolicy('policy/default.yaml')));
    backend.#intercept();
    await backend.restart();
    const people = await loadPeople('policy/people.yaml');
    for (const [version, person] of people.entries()) await backend.services.roster.put(person, version);
    backend.#roster = await backend.#everything(ROSTER);
    return backend;
  }

  /** Before each test: no leads, everybody at work, no trouble, at this instant. */
  async begin(at: string): Promise<void> {
    this.heal();
    this.at(at);
    await this.#restore(LEADS, []);
    await this.#restore(ROSTER, this.#roster);
    [this.mails, this.events, this.logged, this.asked] = [[], [], [], {}];
    this.started.clear();
    this.refuses = () => false;
    this.metrics.forget();
    this.#begun += 1;
    this.recordId = `00Q${this.#begun}`;
    await this.restart();
  }

  /** All that there is now: {@link resume} goes on from it as often as is wanted. */
  async keep(): Promise<Kept> {
    const [leads, roster] = await Promise.all([this.leadItems(), this.rosterItems()]);
    const { recordId, mails, events } = this;
    return structuredClone({
      ...{ now: this.now(), recordId, leads, roster, mails, events },
      started: [...this.started],
    });
  }

  async resume(kept: Kept): Promise<void> {
    this.heal();
    this.at(kept.now);
    await this.#restore(LEADS, kept.leads);
    await this.#restore(ROSTER, kept.roster);
    const { recordId, mails, events, started } = structuredClone(kept);
    Object.assign(this, { recordId, mails, events, started: new Map(started) });
    [this.logged, this.asked] = [[], {}];
    this.refuses = () => false;
    await this.restart();
  }

  /** Every item of the table of leads, or of people and pools; no trouble stands in the way. */
  leadItems(): Promise<Record<string, unknown>[]> {
    return this.#everything(LEADS);
  }

  rosterItems(): Promise<Record<string, unknown>[]> {
    return this.#everything(ROSTER);
  }

  /** When the reconciler has something to look at, or null; no trouble stands in the way. */
  nextAttention(): Promise<string | null> {
    const clock = { now: () => this.#now };
    const client = this.#tables.client;
    return dynamoLeads({ client, table: LEADS, policy: this.#policy, clock }).nextAttention();
  }

  /** A fresh container: nothing in memory is left of the one before. */
  async restart(): Promise<void> {
    this.heal();
    forgetDraws();
    const made = await servicesFromEnvironment(
      {
        ENVIRONMENT: 'test',
        LEADS_TABLE: LEADS,
        ROSTER_TABLE: ROSTER,
        EVENT_BUS_NAME: 'bus',
        MAIL_FROM: 'sla@seller.example',
        MQL_RESPONSE_ARN: 'arn:aws:states:eu-west-1:1:stateMachine:mql-response',
        COMMITMENT_CLOCK_ARN: 'arn:aws:states:eu-west-1:1:stateMachine:commitment-clock',
        SUPPRESSION_SECRET: 'the secret of all tests',
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_ENDPOINT_URL_DYNAMODB: this.#tables.endpoint,
      },
      { policy: this.#policy, clock: { now: () => this.#now }, log: this.#log(), metrics: this.metrics },
    );
    const client = new EventBridgeClient({ region: 'eu-west-1' });
    this.services = {
      ...made,
      events: eventBridgePublisher(client, 'bus', { wait: () => Promise.resolve() }),
    };
    useServices(this.services);
  }

  async stop(): Promise<void> {
    await this.#tables.close();
    jest.restoreAllMocks();
  }

  at(instant: string): void {
    this.#now = epochMs(instant);
  }

  pass(seconds: number): void {
    this.#now += seconds * 1000;
  }

  now(): string {
    return iso(this.#now);
  }

  async lead(leadId: string): Promise<Lead> {
    const lead = await this.services.leads.get(leadId);
    if (lead === undefined) throw new Error(`there is no lead ${leadId}`);
    return lead;
  }

  /** What the timeline of a lead says happened, in the order of its keys. */
  async happened(leadId: string): Promise<string[]> {
    return (await this.services.leads.timeline(leadId)).map(({ what }) => what);
  }

  /** Detail types of the events on the bus, in order. */
  facts(): string[] {
    return this.events.map(({ detailType }) => detailType);
  }

  /** How many different facts of this type are on the bus: a repetition carries the same id. */
  factsOf(detailType: string): number {
    const ids = this.events.filter((event) => event.detailType === detailType).map(({ id }) => id);
    return new Set(ids).size;
  }

  /** Who got mail, with the occasion: `sam reminder…`. */
  told(): string[] {
    return this.mails.map(({ to, tag }) => `${to} ${tag}`);
  }

  /** Number of items in the table of leads. */
  async items(): Promise<number> {
    return (await this.#everything(LEADS)).length;
  }

  /** These people are away from now on. */
  async away(...personIds: string[]): Promise<void> {
    const leave = { available: false, from: this.now(), until: null, reason: 'leave' };
    for (const personId of personIds) await this.change(personId, { availability: [leave] });
  }

  /** Somebody on the roster is different from now on. */
  async change(personId: string, change: Partial<Person>): Promise<void> {
    const { version, people } = await this.services.roster.load();
    const person = people.find((candidate) => candidate.personId === personId)!;
    await this.services.roster.put({ ...person, ...change }, version);
  }

  #intercept(): void {
    const through = (command: string, input: object, perform: () => Promise<unknown>) => {
      this.asked[command] = (this.asked[command] ?? 0) + 1;
      return this.through(command, input, perform);
    };
    const proto = DynamoDBDocumentClient.prototype as unknown as {
      send: (command: { input: object }) => Promise<unknown>;
    };
    const { send } = proto;
    const ours = this.#tables.client;
    jest.spyOn(proto, 'send').mockImplementation(function (this: unknown, command) {
      // What the test itself looks into meets no trouble.
      if (this === ours) return send.call(this, command);
      return through(command.constructor.name, command.input, () => send.call(this, command));
    });
    this.#ses.on(SendEmailCommand).callsFake((input: SendEmailCommand['input']) =>
      through('SendEmailCommand', input, () => {
        const to = input.Destination?.ToAddresses?.[0]?.split(/[.@]/)[0] ?? '';
        const subject = input.Message?.Subject?.Data ?? '';
        this.mails.push({ to, tag: input.Tags?.[0]?.Value ?? '', subject });
        return Promise.resolve({ MessageId: `m-${this.mails.length}` });
      }),
    );
    this.#bus.on(PutEventsCommand).callsFake((input: PutEventsCommand['input']) =>
      through('PutEventsCommand', input, () => {
        const answers = (input.Entries ?? []).map(({ DetailType = '', Detail = '' }) => {
          if (this.refuses(DetailType)) {
            this.struck += 1;
            return { ErrorCode: 'InternalFailure' };
          }
          const { metadata, data } = JSON.parse(Detail) as {
            metadata: { id: string };
            data: BusEvent['data'];
          };
          this.events.push({ detailType: DetailType, id: metadata.id, data });
          return { EventId: metadata.id };
        });
        const FailedEntryCount = answers.filter((answer) => 'ErrorCode' in answer).length;
        return Promise.resolve({ FailedEntryCount, Entries: answers });
      }),
    );
    this.#sfn
      .on(StartExecutionCommand)
      .callsFake((input: StartExecutionCommand['input']) =>
        through('StartExecutionCommand', input, () => Promise.resolve(this.#startExecution(input))),
      );
  }

  /** As Step Functions does: the same name with the same input again is the same execution. */
  #startExecution({ name = '', input = '', stateMachineArn = '' }: StartExecutionCommand['input']) {
    const known = this.started.get(name);
    if (known !== undefined && JSON.stringify(known) !== input) {
      throw new ExecutionAlreadyExists({ $metadata: {}, message: `${name} exists` });
    }
    this.started.set(name, JSON.parse(input) as WorkflowState);
    return { executionArn: `${stateMachineArn.replace('stateMachine', 'execution')}:${name}` };
  }

  #log(): Services['log'] {
    const write = (message: string) => void this.logged.push(message);
    return { info: write, warn: write, error: write };
  }

  async #everything(table: string): Promise<Record<string, unknown>[]> {
    return (await this.#tables.client.send(new ScanCommand({ TableName: table }))).Items ?? [];
  }

  /** Makes a table hold these items and no others, and touches only what differs. */
  async #restore(table: string, wanted: Record<string, unknown>[]): Promise<void> {
    const text = (item: Record<string, unknown>) => JSON.stringify(Object.entries(item).sort());
    const key = ({ pk, sk }: Record<string, unknown>) => `${String(pk)} ${String(sk)}`;
    const found = new Map((await this.#everything(table)).map((item) => [key(item), item]));
    const puts = wanted.filter((item) => text(found.get(key(item)) ?? {}) !== text(item));
    for (const item of wanted) found.delete(key(item));
    await this.#write(table, [
      ...puts.map((Item) => ({ PutRequest: { Item } })),
      ...[...found.values()].map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } })),
    ]);
  }

  async #write(table: string, requests: object[]): Promise<void> {
    for (const batch of batches(requests)) {
      await this.#tables.client.send(new BatchWriteCommand({ RequestItems: { [table]: batch } }));
    }
  }
}
