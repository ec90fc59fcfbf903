import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { REDRIVE_SOURCE } from '../../core/events/schemas.ts';
import { listUndelivered } from '../../tools/redrive/list.ts';
import { readMessage } from '../../tools/redrive/message.ts';
import { redrive } from '../../tools/redrive/redrive.ts';
import { redriveLines, waitingLines } from '../../tools/redrive/report.ts';

const RULE = 'arn:aws:events:us-east-1:123456789012:rule/lead-sla-prod-events/lead-sla-prod-crm';
const SLACK = RULE.replace('-crm', '-slack');
const QUEUE = 'https://sqs.us-east-1.amazonaws.com/123456789012/lead-sla-prod-undelivered';

const detailOf = (id: string) => ({ metadata: { id, version: 1 }, data: { leadId: 'l-1' } });

/** As EventBridge puts it into a dead-letter queue. */
function message(id: string, change: { rule?: string; body?: string } = {}): Message {
  const event = {
    ...{ version: '0', id: `e-${id}`, 'detail-type': 'SlaBreached', source: 'lead-sla' },
    ...{ account: '123456789012', time: '2026-11-20T15:00:00Z', region: 'us-east-1', resources: [] },
    detail: detailOf(id),
  };
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  return {
    MessageId: id,
    Body: change.body ?? JSON.stringify(event),
    MessageAttributes: { RULE_ARN: text(change.rule ?? RULE), ERROR_CODE: text('SDK_CLIENT_ERROR') },
  };
}

/** A queue that hides what was received until it is put back, and a bus; either may refuse. */
class World {
  readonly visible: Message[];
  readonly hidden = new Map<string, Message>();
  readonly bus: { id: string; source: string; resources: string[]; time: Date | undefined }[] = [];
  /** Called for each entry; a code is a refusal. */
  refuses: (id: string) => string | undefined = () => undefined;
  keeps: (id: string) => boolean = () => false;
  #receipts = 0;
  readonly #sqs = mockClient(SQSClient);
  readonly #events = mockClient(EventBridgeClient);

  constructor(messages: Message[]) {
    this.visible = [...messages];
    this.#sqs.on(ReceiveMessageCommand).callsFake(() => {
      const Messages = this.visible.splice(0, 10).map((one) => {
        const ReceiptHandle = `r-${(this.#receipts += 1)}`;
        this.hidden.set(ReceiptHandle, one);
        return { ...one, ReceiptHandle };
      });
      return { Messages };
    });
    this.#sqs.on(ChangeMessageVisibilityBatchCommand).callsFake(({ Entries }) => {
      for (const { ReceiptHandle } of Entries as { ReceiptHandle: string }[]) {
        this.visible.push(this.hidden.get(ReceiptHandle)!);
        this.hidden.delete(ReceiptHandle);
      }
      return {};
    });
    this.#sqs.on(DeleteMessageBatchCommand).callsFake(({ Entries }) => {
      const Failed: { Id: string }[] = [];
      for (const { Id, ReceiptHandle } of Entries as { Id: string; ReceiptHandle: string }[]) {
        if (this.keeps(this.hidden.get(ReceiptHandle)!.MessageId!)) Failed.push({ Id });
        else this.hidden.delete(ReceiptHandle);
      }
      return { Failed };
    });
    this.#events.on(PutEventsCommand).callsFake(({ Entries }) => {
      const answers = (Entries as { Detail: string; Source: string; Resources: string[]; Time?: Date }[]).map(
        ({ Detail, Source: source, Resources: resources, Time: time }) => {
          const { id } = (JSON.parse(Detail) as ReturnType<typeof detailOf>).metadata;
          const ErrorCode = this.refuses(id);
          if (ErrorCode !== undefined) return { ErrorCode };
          this.bus.push({ id, source, resources, time });
          return { EventId: id };
        },
      );
      const FailedEntryCount = answers.filter((answer) => 'ErrorCode' in answer).length;
      return { Entries: answers, FailedEntryCount };
    });
  }

  get place() {
    const events = new EventBridgeClient({});
    return { sqs: new SQSClient({}), events, queueUrl: QUEUE, busName: 'lead-sla-prod-events' };
  }

  get waiting(): string[] {
    return this.visible.map(({ MessageId }) => MessageId!).sort();
  }

  /** What an interrupted run has hidden is there again after a while. */
  later(): void {
    this.visible.push(...this.hidden.values());
    this.hidden.clear();
  }

  run(options: Parameters<typeof redrive>[1] = {}) {
    return redrive(this.place, { wait: () => Promise.resolve(), ...options });
  }
}

const some = (n: number) => Array.from({ length: n }, (_, index) => message(`m-${index}`));

describe('redrive', () => {
  test('sends the event as it was to the rule that had lost it, and to no other', async () => {
    const world = new World([message('m-1')]);
    expect(await world.run()).toEqual({ sent: 1, sentButKept: 0, refused: {}, passedOver: 0, broken: [] });
    const time = new Date('2026-11-20T15:00:00Z');
    expect(world.bus).toEqual([{ id: 'm-1', source: REDRIVE_SOURCE, resources: [RULE], time }]);
    expect(world.waiting).toEqual([]);
  });

  test('takes an event that it has sent before and that was lost again', () => {
    const body = JSON.stringify({
      ...{ source: REDRIVE_SOURCE, 'detail-type': 'SlaBreached', detail: detailOf('m-1') },
      resources: [RULE],
    });
    expect(readMessage(message('m-1', { body }))).toMatchObject({ rule: RULE, detail: detailOf('m-1') });
  });

  test('leaves an event that the bus refuses, and says with which code', async () => {
    const world = new World(some(12));
    world.refuses = (id) => (id === 'm-3' ? 'ThrottlingException' : undefined);
    const report = await world.run();
    expect(report).toMatchObject({ sent: 11, refused: { ThrottlingException: 1 } });
    expect(world.waiting).toEqual(['m-3']);
    expect(redriveLines(report)).toContain('  1 event refused by the bus (ThrottlingException); they stay.');
  });

  test('says when a message was not deleted, so that a repetition surprises nobody', async () => {
    const world = new World(some(2));
    world.keeps = (id) => id === 'm-0';
    expect(await world.run()).toMatchObject({ sent: 1, sentButKept: 1 });
  });

  test.each([
    ['is not JSON', 'oops', 'its body is not JSON'],
    ['is no event', '{"detail-type":"X","source":"lead-sla"}', 'its body is not an event: detail'],
    [
      'is somebody else’s',
      JSON.stringify({ source: 'aws.s3', 'detail-type': 'X', detail: {} }),
      'its source is aws.s3',
    ],
  ])('leaves a message that %s, and reports it', async (_, body, reason) => {
    const world = new World([message('bad', { body }), message('good')]);
    expect(await world.run()).toMatchObject({ sent: 1, broken: [{ messageId: 'bad', reason }] });
    expect(world.waiting).toEqual(['bad']);
  });

  test('leaves a message that does not name its rule', () => {
    const nameless = { ...message('m-1'), MessageAttributes: {} };
    expect(readMessage(nameless)).toEqual({
      messageId: 'm-1',
      reason: 'it does not name its rule (RULE_ARN)',
    });
  });

  test('takes no more than it is asked for, and no other rule than the one named', async () => {
    const world = new World([...some(5), message('s', { rule: SLACK })]);
    expect(await world.run({ max: 2, rule: 'crm' })).toMatchObject({ sent: 2, passedOver: 4 });
    expect(world.waiting).toEqual(['m-2', 'm-3', 'm-4', 's']);
    expect(await world.run({ rule: 'lead-sla-prod-slack' })).toMatchObject({ sent: 1, passedOver: 3 });
  });

  test('keeps to its rate', async () => {
    const waits: number[] = [];
    await new World(some(20)).run({ perSecond: 5, wait: (ms) => Promise.resolve(waits.push(ms)) });
    expect(waits).toEqual([2000, 2000]);
  });

  test('ends after the batch that it is at when it is told to stop', async () => {
    const world = new World(some(30));
    const stopping = new AbortController();
    stopping.abort();
    expect(await world.run({ signal: stopping.signal })).toMatchObject({ sent: 10 });
    expect(world.waiting).toHaveLength(20);
  });

  test('loses nothing, whatever fails in whichever run', async () => {
    const failing = fc.record({
      refused: fc.array(fc.nat(24)),
      kept: fc.array(fc.nat(24)),
      dies: fc.nat(30),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 25 }),
        fc.array(failing, { maxLength: 4 }),
        async (n, runs) => {
          const world = new World(some(n));
          for (const { refused, kept, dies } of runs) {
            let sent = 0;
            world.refuses = (id) => {
              if ((sent += 1) > dies) throw new Error('the connection broke');
              return refused.includes(Number(id.slice(2))) ? 'InternalFailure' : undefined;
            };
            world.keeps = (id) => kept.includes(Number(id.slice(2)));
            await world.run().catch(() => undefined);
            world.later();
          }
          [world.refuses, world.keeps] = [() => undefined, () => false];
          await world.run();
          expect(world.waiting).toEqual([]);
          expect(new Set(world.bus.map(({ id }) => id)).size).toBe(n);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('what waits', () => {
  test('is counted by rule and error, and all of it stays', async () => {
    const world = new World([...some(12), message('s', { rule: SLACK }), message('bad', { body: 'oops' })]);
    const { waiting, broken } = await listUndelivered(world.place);
    expect(waiting.map(({ rule, error, count }) => [rule, error, count])).toEqual([
      ['lead-sla-prod-crm', 'SDK_CLIENT_ERROR', 12],
      ['lead-sla-prod-slack', 'SDK_CLIENT_ERROR', 1],
    ]);
    expect(broken).toEqual([{ messageId: 'bad', reason: 'its body is not JSON' }]);
    expect(world.waiting).toHaveLength(14);
    expect(waitingLines(waiting, broken)).toHaveLength(3);
  });

  test('is nothing where nothing waits', async () => {
    const { waiting, broken } = await listUndelivered(new World([]).place);
    expect(waitingLines(waiting, broken)).toEqual(['Nothing waits.']);
  });
});
