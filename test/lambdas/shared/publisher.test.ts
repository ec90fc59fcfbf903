import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { eventBridgePublisher } from '../../../lambdas/shared/publisher.ts';

const bus = mockClient(EventBridgeClient);
let waits: number[] = [];
const publisher = eventBridgePublisher(new EventBridgeClient({}), 'lead-sla-bus', {
  backOff: [10, 20],
  wait: (ms) => Promise.resolve(waits.push(ms)),
});

beforeEach(() => {
  bus.reset();
  waits = [];
});

const at = '2026-11-20T15:09:00.000Z';
const event = (n: number, data: Record<string, unknown> = {}) => ({
  kind: 'event' as const,
  id: `attempt/${n}`,
  detailType: 'LeadContacted',
  at,
  data: { leadId: 'lead-1', cycle: 1, contactedAt: at, ...data },
});
const events = (count: number) => Array.from({ length: count }, (_, n) => event(n));
const ok = (count: number) => ({
  FailedEntryCount: 0,
  Entries: Array.from({ length: count }, () => ({ EventId: 'e' })),
});

/** Ids of the entries of each call. */
function sent(): string[][] {
  return bus.commandCalls(PutEventsCommand).map((call) =>
    (call.args[0].input.Entries ?? []).map((entry) => {
      const detail = JSON.parse(entry.Detail ?? '') as { metadata: { id: string } };
      return detail.metadata.id.replace('lead-1/attempt/', '');
    }),
  );
}

test('puts an event on the bus with source, type, time and envelope', async () => {
  bus.on(PutEventsCommand).resolves(ok(1));
  await publisher.publish([event(0)], 'request-7');
  const entry = bus.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries?.[0];
  expect(entry).toMatchObject({
    EventBusName: 'lead-sla-bus',
    Source: 'lead-sla',
    DetailType: 'LeadContacted',
  });
  expect(entry?.Time?.toISOString()).toBe(at);
  expect(JSON.parse(entry?.Detail ?? '')).toEqual({
    metadata: { id: 'lead-1/attempt/0', version: '1', time: at, correlationId: 'request-7' },
    data: { leadId: 'lead-1', cycle: 1, contactedAt: at },
  });
});

test('sends at most ten at a time', async () => {
  bus.on(PutEventsCommand).resolvesOnce(ok(10)).resolvesOnce(ok(10)).resolvesOnce(ok(3));
  await publisher.publish(events(23), 'c');
  expect(sent().map((batch) => batch.length)).toEqual([10, 10, 3]);
});

test('sends nothing for no events', async () => {
  await publisher.publish([], 'c');
  expect(sent()).toEqual([]);
});

test('tries again only what was refused, after a wait', async () => {
  bus
    .on(PutEventsCommand)
    .resolvesOnce({ FailedEntryCount: 1, Entries: [{ EventId: 'e' }, { ErrorCode: 'ThrottlingException' }] })
    .resolvesOnce(ok(1));
  await publisher.publish(events(2), 'c');
  expect(sent()).toEqual([['0', '1'], ['1']]);
  expect(waits).toEqual([10]);
});

test('gives up after the last wait and names the codes', async () => {
  bus.on(PutEventsCommand).resolves({
    FailedEntryCount: 2,
    Entries: [{ ErrorCode: 'ThrottlingException' }, { ErrorCode: 'InternalFailure' }],
  });
  const publishing = publisher.publish(events(2), 'c');
  await expect(publishing).rejects.toMatchObject({
    name: 'EventsRefused',
    effectIds: ['attempt/0', 'attempt/1'],
  });
  await expect(publishing).rejects.toThrow(
    '2 of 2 events were refused: ThrottlingException, InternalFailure',
  );
  expect(waits).toEqual([10, 20]);
  expect(sent()).toHaveLength(3);
});

test('sends all again when the bus does not say which it refused', async () => {
  bus.on(PutEventsCommand).resolvesOnce({ FailedEntryCount: 1 }).resolvesOnce(ok(2));
  await publisher.publish(events(2), 'c');
  expect(sent()).toEqual([
    ['0', '1'],
    ['0', '1'],
  ]);
});

test('passes on the error of a client that could not reach the bus', async () => {
  bus.on(PutEventsCommand).rejects(Object.assign(new Error('timed out'), { name: 'TimeoutError' }));
  await expect(publisher.publish(events(1), 'c')).rejects.toThrow('timed out');
});

test('refuses data that does not fit before anything is sent', async () => {
  bus.on(PutEventsCommand).resolves(ok(2));
  await expect(publisher.publish([event(0), event(1, { email: 'ada@x.example' })], 'c')).rejects.toThrow(
    TypeError,
  );
  expect(sent()).toEqual([]);
});
