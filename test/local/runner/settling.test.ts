/** When the settling of consequences runs on the runner's clock. */
import { epochMs, iso } from '../../../core/time.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { Scheduler } from '../../../local/clock/scheduler.ts';
import { Settling } from '../../../local/clock/settling.ts';
import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import { livePolicy } from '../../core/consequences/leads.ts';

const TUESDAY = epochMs('2026-11-17T14:20:00Z');
let policy: CompiledPolicy;
let clock: VirtualClock;
let ran: string[];
let answers: { owed: number; heldUntil: string | null }[];
let failures: unknown[];
beforeEach(async () => {
  policy = await livePolicy();
  clock = new VirtualClock(TUESDAY, 1, { now: () => 0 });
  [ran, answers, failures] = [[], [], []];
});

function scheduler(rules = policy): Scheduler {
  const settle = () => {
    ran.push(iso(clock.now()));
    const answer = answers.shift() ?? { owed: 0, heldUntil: null };
    return answer.owed < 0 ? Promise.reject(new Error('throttled')) : Promise.resolve(answer);
  };
  const onError = (error: unknown) => void failures.push(error);
  const settling = new Settling({ clock, policy: rules, settle, onError });
  return new Scheduler(clock, () => Promise.resolve(), 1, settling);
}
const to = (scheduled: Scheduler, at: string) => scheduled.advance(() => epochMs(at));

it('runs once after an advance has begun, when the week is over in New York, and passes over the rest', async () => {
  await to(scheduler(), '2026-11-24T00:00:00Z');
  expect(ran).toEqual(['2026-11-17T15:05:00.000Z', '2026-11-23T05:05:00.000Z']);
});

it('runs when a month is over, and at the first time of each advance', async () => {
  const scheduled = scheduler();
  await to(scheduled, '2026-11-30T00:00:00Z');
  ran = [];
  await to(scheduled, '2026-12-02T00:00:00Z');
  expect(ran).toEqual(['2026-11-30T00:05:00.000Z', '2026-11-30T05:05:00.000Z', '2026-12-01T05:05:00.000Z']);
});

it('is not reached by an advance that ends before the next time', async () => {
  const scheduled = scheduler();
  await to(scheduled, '2026-11-17T15:04:59Z');
  expect(ran).toEqual([]);
  await to(scheduled, '2026-11-17T15:05:00Z');
  expect(ran).toEqual(['2026-11-17T15:05:00.000Z']);
});

it('runs when a message may be sent that waited, and each hour while something is owed or has failed', async () => {
  answers = [
    { owed: 0, heldUntil: '2026-11-18T13:00:00.000Z' },
    { owed: 2, heldUntil: null },
    { owed: -1, heldUntil: null },
  ];
  await to(scheduler(), '2026-11-20T00:00:00Z');
  expect(ran.map((at) => at.slice(5, 16))).toEqual([
    '11-17T15:05',
    '11-18T13:05',
    '11-18T14:05',
    '11-18T15:05',
  ]);
  expect(failures).toHaveLength(1);
});

it('runs every hour where items are opened at once', async () => {
  const rules = { ...policy, consequences: { ...policy.consequences, opens: 'at_once' as const } };
  await to(scheduler(rules), '2026-11-17T18:00:00Z');
  expect(ran).toHaveLength(3);
});
