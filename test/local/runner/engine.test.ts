import { StateMachine } from 'aws-local-stepfunctions';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { BadMachine, Machine } from '../../../local/machines/definition.ts';
import { BadWait, waitsUntil } from '../../../local/machines/wait.ts';
import type { Bench } from './fixtures/bench.ts';
import { DAY, MINUTE, START, bench } from './fixtures/bench.ts';

const at = (offset: number) => ({ at: new Date(START + offset).toISOString() });
const one = (of: Bench, name: string) => of.engine.executions.get(`parcel/${name}`)!;

describe('an execution', () => {
  it('runs to its wait, waits as a timer, and goes on at the instant', async () => {
    const here = bench();
    here.start('p1', { next: at(5 * MINUTE + 400) });
    await here.scheduler.inFlight.settled();
    expect(one(here, 'p1')).toMatchObject({ status: 'RUNNING', state: 'Wait until it may leave' });
    expect(one(here, 'p1').resume?.at).toBe(START + 5 * MINUTE);
    await here.scheduler.advance((now) => now + 10 * MINUTE);
    here.scheduler.stop();
    expect(here.calls.map(([name]) => name)).toEqual(['pack-parcel', 'send-parcel']);
    expect(here.calls[1]![2]).toBe(START + 5 * MINUTE);
    expect(one(here, 'p1').state).toBe('Wait thirty days');
  });

  it('keeps a history as the service names it', async () => {
    const here = bench();
    here.start('p1', { ready: true });
    await here.scheduler.advance((now) => now + 31 * DAY);
    here.scheduler.stop();
    const names = one(here, 'p1').history.map(([, type, state]) =>
      state === null ? type : `${type}: ${state}`,
    );
    expect(names).toEqual([
      'ExecutionStarted',
      'TaskStateEntered: Pack',
      'TaskStateExited: Pack',
      'ChoiceStateEntered: Is it ready?',
      'ChoiceStateExited: Is it ready?',
      'TaskStateEntered: Send',
      'TaskStateExited: Send',
      'WaitStateEntered: Wait thirty days',
      'WaitStateExited: Wait thirty days',
      'TaskStateEntered: Ask',
      'TaskStateExited: Ask',
      'SucceedStateEntered: Delivered',
      'SucceedStateExited: Delivered',
      'ExecutionSucceeded',
    ]);
    expect(JSON.parse(one(here, 'p1').end?.output ?? '')).toEqual({ parcel: 'p1', ready: true });
  });

  it('retries and catches by the name of the error', async () => {
    let tries = 0;
    const busy = Object.assign(new Error('later'), { name: 'Busy' });
    const here = bench(undefined, {
      'pack-parcel': () => {
        tries += 1;
        return Promise.reject(busy);
      },
    });
    await here.scheduler.advance((now) => {
      here.start('p1', {});
      return now;
    });
    here.scheduler.stop();
    expect(tries).toBe(3);
    expect(one(here, 'p1')).toMatchObject({ status: 'FAILED', state: 'Lost', end: { error: 'ParcelLost' } });
  });

  it('fails as the service does when the wait has no instant', async () => {
    const here = bench();
    here.start('p1', {});
    await here.scheduler.inFlight.settled();
    expect(one(here, 'p1')).toMatchObject({ status: 'FAILED', end: { error: 'States.Runtime' } });
  });

  it('times out at the limit of its machine', async () => {
    const here = bench();
    here.start('p1', { next: at(500 * DAY) });
    await here.scheduler.advance((now) => now + 400 * DAY);
    here.scheduler.stop();
    const { startedAt } = one(here, 'p1');
    expect(one(here, 'p1')).toMatchObject({ status: 'TIMED_OUT', end: { at: startedAt + 365 * DAY } });
    expect(here.calls.map(([name]) => name)).toEqual(['pack-parcel']);
  });

  it('fires those of one instant in the order of their names, each over weeks in its turn', async () => {
    const here = bench();
    for (const name of ['b', 'c', 'a']) here.start(name, { next: at(7 * DAY) });
    here.start('first', { next: at(6 * DAY) });
    await here.scheduler.advance((now) => now + 60 * DAY);
    here.scheduler.stop();
    const sent = here.calls
      .filter(([name]) => name !== 'pack-parcel')
      .map(([name, parcel]) => `${name} ${parcel}`);
    expect(sent).toEqual(
      ['send-parcel', 'ask-receiver'].flatMap((name) =>
        ['first', 'a', 'b', 'c'].map((parcel) => `${name} ${parcel}`),
      ),
    );
  });
});

describe('a restart', () => {
  it('takes up every wait, and brings nothing twice', async () => {
    const before = bench();
    before.start('soon', { next: at(MINUTE) });
    before.start('far', { next: at(40 * DAY) });
    await before.scheduler.advance((now) => now + 5 * MINUTE);
    const after = before.restart().restart();
    expect(one(after, 'soon')).toMatchObject({ status: 'RUNNING', state: 'Wait thirty days' });
    expect(one(after, 'soon').history).toEqual(one(before, 'soon').history);
    await after.scheduler.advance((now) => now + 80 * DAY);
    after.scheduler.stop();
    expect(after.calls.map(([name, parcel]) => `${name} ${parcel}`)).toEqual([
      'ask-receiver soon',
      'send-parcel far',
      'ask-receiver far',
    ]);
    expect([...after.engine.executions.values()].map((each) => each.status)).toEqual([
      'SUCCEEDED',
      'SUCCEEDED',
    ]);
  });

  it('compacts the journal to two lines for each execution', async () => {
    const before = bench();
    before.start('p1', { ready: true });
    await before.scheduler.advance((now) => now + 31 * DAY);
    expect(before.journal.length).toBe(3);
    expect(before.restart().journal.length).toBe(2);
  });

  it('fires at once what came due in the meantime', async () => {
    const before = bench();
    before.start('p1', { next: at(MINUTE) });
    await before.scheduler.inFlight.settled();
    const after = before.restart();
    after.scheduler.clock.moveTo(START + DAY);
    after.scheduler.start();
    await pause(50);
    await after.scheduler.inFlight.settled();
    after.scheduler.stop();
    expect(after.calls.map(([name]) => name)).toEqual(['send-parcel']);
  });
});

describe('a state machine file', () => {
  const wait = { Type: 'Wait', Seconds: 1, End: true };

  it.each([
    [
      'a wait in a Map',
      { Type: 'Map', End: true, ItemProcessor: { StartAt: 'W', States: { W: wait } } },
      /waits inside/,
    ],
    [
      'a wait in a Parallel',
      { Type: 'Parallel', End: true, Branches: [{ StartAt: 'W', States: { W: wait } }] },
      /waits inside/,
    ],
    [
      'a resource that is no function of ours',
      { Type: 'Task', Resource: 'arn:aws:x', End: true },
      /not the name of a function/,
    ],
    ['a wait with a path that is taken away', { ...wait, InputPath: '$.x' }, /InputPath/],
  ])('is refused for %s', (_what, state, message) => {
    const load = () => new Machine('m', { StartAt: 'A', States: { A: state } });
    expect(load).toThrow(BadMachine);
    expect(load).toThrow(message);
  });

  it.each(['mql-response', 'commitment-clock'])('%s is one that runs here', (name) => {
    const content: unknown = JSON.parse(readFileSync(`statemachines/${name}.asl.json`, 'utf8'));
    expect(new Machine(name, content).waits.size).toBeGreaterThan(0);
    const withArns = JSON.parse(
      JSON.stringify(content).replaceAll(/\$\{(\w+)\}/g, 'arn:aws:lambda:us-east-1:000000000000:function:$1'),
    ) as ConstructorParameters<typeof StateMachine>[0];
    expect(() => new StateMachine(withArns)).not.toThrow();
  });
});

describe('the end of a wait', () => {
  const input = { a: { s: 5, t: '2026-11-20T15:00:07.900+01:00', bad: 'soon' } };

  it.each([
    [{ Seconds: 60 }, START + MINUTE],
    [{ SecondsPath: '$.a.s' }, START + 5000],
    [{ Timestamp: '2026-11-20T16:00:00Z' }, START + 60 * MINUTE],
    [{ TimestampPath: '$.a.t' }, START - 60 * MINUTE + 7000],
  ])('of %j is computed from its input', (fields, expected) => {
    expect(waitsUntil({ Type: 'Wait', ...fields }, input, START)).toBe(expected);
  });

  it.each([
    { SecondsPath: '$.a.t' },
    { TimestampPath: '$.a.bad' },
    { TimestampPath: '$.a.b.c' },
    { TimestampPath: '$..a' },
  ])('cannot be told from %j', (fields) => {
    expect(() => waitsUntil({ Type: 'Wait', ...fields }, input, START)).toThrow(BadWait);
  });
});
