import type { Effect } from '../../../core/model/effects.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { epochMs } from '../../../core/time.ts';
import { deliverNotice } from '../../../lambdas/shared/deliver.ts';
import { MailRejected, MailThrottled } from '../../../lambdas/shared/errors.ts';
import type { Mail, NoticeStore, Services } from '../../../lambdas/shared/services.ts';
import { lead, nina, people, policy, sam } from '../../core/messages/fixture.ts';

type Notice = Extract<Effect, { kind: 'notice' }>;
const LEASE_MS = 120_000;
const notice: Notice = {
  kind: 'notice',
  id: 'mql.respond-1/remind/sam',
  notice: 'reminder',
  clockId: 'mql.respond-1',
  rung: 'remind',
  recipient: 'sam',
  at: '2026-11-20T15:06:30.000Z',
};
const ordinary = (mail: Mail): string => `m-${mail.noticeId}`;

/** Services in memory; the notice store keeps the contract of claims, leases and attempts. */
function world(roster = people) {
  const state = {
    now: epochMs('2026-11-20T15:06:30Z'),
    send: ordinary,
    markSentFails: 0,
    publishFails: false,
  };
  const mails: Mail[] = [];
  const timeline: { entryId: string; why: string }[] = [];
  const events: Extract<Effect, { kind: 'event' }>[] = [];
  const logs: string[] = [];
  const order: string[] = [];
  const records = new Map<string, { state: string; attempts: number; lease: number; error?: string }>();
  const notices: NoticeStore = {
    claim: (_lead, id, now) => {
      const known = records.get(id) ?? { state: 'free', attempts: 0, lease: 0 };
      if (known.state === 'closed') return Promise.resolve({ state: 'done', attempts: known.attempts });
      if (known.state === 'claimed' && known.lease > now) {
        return Promise.resolve({ state: 'busy', attempts: known.attempts });
      }
      records.set(id, { state: 'claimed', attempts: known.attempts + 1, lease: now + LEASE_MS });
      return Promise.resolve({ state: 'claimed', attempts: known.attempts + 1 });
    },
    markSent: (_lead, id) => {
      if (state.markSentFails-- > 0) return Promise.reject(new Error('table unreachable'));
      records.set(id, { ...records.get(id)!, state: 'closed' });
      return Promise.resolve();
    },
    markFailed: (_lead, id, _at, error, final) => {
      order.push('closed');
      records.set(id, { ...records.get(id)!, state: final ? 'closed' : 'free', error });
      return Promise.resolve();
    },
  };
  const write = (message: string) => void logs.push(message);
  const services = {
    clock: { now: () => state.now },
    policy,
    notices,
    roster: { load: () => Promise.resolve({ version: 1, people: roster }) },
    mailer: {
      send: (mail: Mail) =>
        Promise.resolve().then(() => {
          const id = state.send(mail);
          mails.push(mail);
          return id;
        }),
    },
    leads: {
      putTimeline: (_id: string, entry: { entryId: string; why: string }) => {
        order.push('timeline');
        timeline.push(entry);
        return Promise.resolve();
      },
    },
    events: {
      publish: (given: typeof events) => {
        if (state.publishFails) return Promise.reject(new Error('bus unreachable'));
        order.push('event');
        events.push(...given);
        return Promise.resolve();
      },
    },
    log: { info: write, warn: write, error: write },
  } as unknown as Services;
  const deliver = (of: Lead = lead, what: Notice = notice) => deliverNotice(services, of, what);
  return { state, mails, timeline, events, logs, order, records, deliver };
}

const throttle = (): never => {
  throw new MailThrottled('Throttling: slow down');
};

test('a notice is rendered for its recipient, sent and recorded', async () => {
  const { deliver, mails } = world();
  await expect(deliver()).resolves.toBe('sent');
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatchObject({ to: sam.email, noticeId: notice.id });
  expect(mails[0]?.subject).toBe('Reminder: Example Works (2 min 30 s left)');
});

test('delivered again it is not sent again', async () => {
  const { deliver, mails } = world();
  await deliver();
  await expect(deliver()).resolves.toBe('already');
  expect(mails).toHaveLength(1);
});

test('of twenty deliveries at once one sends', async () => {
  const { deliver, mails } = world();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => deliver()));
  expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(1);
  expect(mails).toHaveLength(1);
});

describe('between the mail and its record', () => {
  test('a process that dies leaves the claim, and until the lease ends nobody sends', async () => {
    const { deliver, state, mails } = world();
    state.markSentFails = 1;
    await expect(deliver()).rejects.toThrow('table unreachable');
    state.now += LEASE_MS - 1;
    await expect(deliver()).resolves.toBe('busy');
    expect(mails).toHaveLength(1);
  });

  test('after the lease the notice is sent once more: a duplicate is possible, a loss is not', async () => {
    const { deliver, state, mails } = world();
    state.markSentFails = 1;
    await expect(deliver()).rejects.toThrow();
    state.now += LEASE_MS;
    await expect(deliver()).resolves.toBe('sent');
    await expect(deliver()).resolves.toBe('already');
    expect(mails).toHaveLength(2);
  });
});

describe('a throttled mail', () => {
  test('is tried again and sent when the service recovers', async () => {
    const { deliver, state, mails, events } = world();
    state.send = throttle;
    await expect(deliver()).resolves.toBe('retry_later');
    state.send = ordinary;
    await expect(deliver()).resolves.toBe('sent');
    expect(mails).toHaveLength(1);
    expect(events).toEqual([]);
  });

  test('is given up after the policy’s attempts, in the timeline and to the operator', async () => {
    const { deliver, state, timeline, events, logs, order } = world();
    state.send = throttle;
    const outcomes = [await deliver(), await deliver(), await deliver(), await deliver()];
    expect(outcomes).toEqual(['retry_later', 'retry_later', 'given_up', 'already']);
    expect(timeline).toMatchObject([
      { entryId: `notice_failed/${notice.id}`, what: 'notice_failed', at: notice.at },
    ]);
    expect(events).toMatchObject([
      {
        detailType: 'NotificationFailed',
        id: `NotificationFailed/${notice.id}`,
        data: { recipient: 'sam', attempts: 3 },
      },
    ]);
    expect(logs.at(-1)).toBe('A notice was given up');
    expect(order.slice(-3)).toEqual(['timeline', 'event', 'closed']);
  });

  test('an error that nobody foresaw counts as one that may pass', async () => {
    const { deliver, state } = world();
    state.send = () => {
      throw new Error('AccessDenied');
    };
    await expect(deliver()).resolves.toBe('retry_later');
  });
});

describe('a rejected mail', () => {
  const reject = (): never => {
    throw new MailRejected('MessageRejected: sam@seller.example is not verified');
  };

  test('is given up at once and never tried again', async () => {
    const { deliver, state, events } = world();
    state.send = reject;
    await expect(deliver()).resolves.toBe('given_up');
    state.send = ordinary;
    await expect(deliver()).resolves.toBe('already');
    expect(events).toHaveLength(1);
  });

  test('leaves no address in timeline, event and record', async () => {
    const { deliver, state, timeline, events, records } = world();
    state.send = reject;
    await deliver();
    expect(JSON.stringify([timeline, events, [...records.values()]])).not.toContain('@');
    expect(timeline[0]?.why).toContain('<address> is not verified');
  });

  test('stays open until the operator could be told', async () => {
    const { deliver, state, events } = world();
    state.send = reject;
    state.publishFails = true;
    await expect(deliver()).rejects.toThrow('bus unreachable');
    state.publishFails = false;
    state.now += LEASE_MS;
    await expect(deliver()).resolves.toBe('given_up');
    expect(events).toHaveLength(1);
  });
});

describe('nobody to write to', () => {
  test.each([
    [
      'somebody who is not on the roster',
      people.filter((person) => person !== sam),
      'sam is not on the roster',
    ],
    ['somebody who left', [{ ...sam, active: false }], 'sam is no longer active'],
  ])('%s', async (_who, roster, why) => {
    const { deliver, mails, timeline, events } = world(roster);
    await expect(deliver()).resolves.toBe('given_up');
    expect(mails).toEqual([]);
    expect(timeline[0]?.why).toContain(why);
    expect(events).toHaveLength(1);
  });

  test('a prospect without an address', async () => {
    const { deliver, timeline } = world();
    const acknowledgement: Notice = { ...notice, notice: 'acknowledgement', recipient: 'prospect' };
    await expect(deliver({ ...lead, contact: {} }, acknowledgement)).resolves.toBe('given_up');
    expect(timeline[0]?.why).toContain('the prospect has no e-mail address');
  });
});

describe('whom to call', () => {
  const text = async (what: Partial<Notice>, roster = people): Promise<string> => {
    const { deliver, mails } = world(roster);
    await deliver(lead, { ...notice, ...what });
    return mails[0]?.text ?? '';
  };

  test.each([
    ['the owner calls the prospect', { recipient: 'sam' }, 'Ada Byron, +1 617'],
    ['the manager calls the owner', { notice: 'breach_manager', recipient: 'mona' }, 'Sam Rep (SDR), +1 212'],
    [
      'the VP calls the owner’s manager',
      { notice: 'critical', recipient: 'victor' },
      'Mona Manager (SDR manager)',
    ],
    ['the backup pool calls the prospect', { notice: 'backup', recipient: 'nina' }, 'Ada Byron, +1 617'],
  ] as const)('%s', async (_who, what, called) => {
    await expect(text(what)).resolves.toContain(`Whom to call: ${called}`);
  });

  test('without a manager the VP calls the owner', async () => {
    const roster = people.filter((person) => person.personId !== 'mona');
    await expect(text({ notice: 'critical', recipient: 'victor' }, roster)).resolves.toContain(
      'Whom to call: Sam Rep',
    );
  });
});

test('the acknowledgement goes to the prospect', async () => {
  const { deliver, mails } = world([nina]);
  await deliver(lead, { ...notice, notice: 'acknowledgement', recipient: 'prospect' });
  expect(mails[0]).toMatchObject({ to: 'ada@prospect.example', subject: 'Thank you for your request' });
});
