import fc from 'fast-check';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import type { Ticket } from '../../../core/model/ticket.ts';
import { monthNamed } from '../../../core/reporting/period.ts';
import { firstContactResolution } from '../../../core/support/first-contact.ts';
import {
  answerTicket,
  excludeTicket,
  includeTicket,
  lookAtTicket,
  openTicket,
  reopenTicket,
  resolveTicket,
  standing,
} from '../../../core/support/tickets.ts';
import { epochMs, iso } from '../../../core/time.ts';
import { supportPolicy, ticket } from './support-policy.ts';

/** A Saturday night: support is owed around the clock. */
const AT = '2026-11-21T23:00:00Z';
const MINUTE = 60_000;
const after = (minutes: number): number => epochMs(AT) + minutes * MINUTE;
let policy: CompiledPolicy;
beforeAll(async () => {
  policy = await supportPolicy();
});
const clockOf = (one: Ticket, kind: 'response' | 'resolution') =>
  one.clocks.find(({ commitment }) => commitment.endsWith(kind));
const due = (one: Ticket, kind: 'response' | 'resolution') => clockOf(one, kind)?.dueAt;

describe('the row of each severity', () => {
  test.each([
    ['critical', 15, 4],
    ['high', 60, 8],
    ['medium', 4 * 60, 24],
    ['low', 24 * 60, 72],
  ])('%s: response in %i minutes, resolution in %i hours', (severity, minutes, hours) => {
    const one = ticket(policy, AT, { severity, kind: null });
    expect(clockOf(one, 'response')).toMatchObject({
      ...{ commitment: `support.${severity}.response`, targetFrom: `severity ${severity}` },
      ...{ dueAt: iso(after(minutes)), owes: 'kim', stop: ['first_response'] },
    });
    expect(clockOf(one, 'resolution')).toMatchObject({
      ...{ commitment: `support.${severity}.resolution`, dueAt: iso(after(hours * 60)) },
      stop: ['ticket_resolved'],
    });
  });
});

describe('the row of each customer and service', () => {
  test.each([
    ['enterprise', 60, 'customer enterprise'],
    ['smb', 4 * 60, 'customer smb'],
    ['free', 24 * 60, 'customer free'],
    [null, 24 * 60, 'service any'],
  ])('%s: response in %i minutes', (kind, minutes, targetFrom) => {
    const one = ticket(policy, AT, { severity: null, kind });
    expect(one.clocks).toMatchObject([{ dueAt: iso(after(minutes)), targetFrom }]);
  });

  test('a service has a row of its own, and any other the one of every service', () => {
    const services = [...policy.support.services, { id: 'payments', response: 'support.critical.response' }];
    const rules = { ...policy, support: { ...policy.support, services } };
    const from = (service: string) =>
      ticket(rules, AT, { severity: null, kind: null, service }).clocks[0]?.targetFrom;
    expect([from('payments'), from('mail')]).toEqual(['service payments', 'service any']);
  });
});

describe('of several rows', () => {
  test.each([
    ['critical', 'smb', 'severity critical', 15],
    ['medium', 'enterprise', 'customer enterprise', 60],
    ['low', 'smb', 'customer smb', 240],
    ['high', 'enterprise', 'severity high', 60],
    ['low', 'free', 'severity low', 24 * 60],
  ])('%s of a customer %s has the strictest, %s, the first of equals', (severity, kind, from, minutes) => {
    const response = clockOf(ticket(policy, AT, { severity, kind }), 'response');
    expect(response).toMatchObject({ targetFrom: from, dueAt: iso(after(minutes)) });
    expect(response?.explanation).toContain(`(${from})`);
  });

  test('those that are not enforced have no say', async () => {
    const some = await supportPolicy((id) => id === 'support.enterprise.response');
    expect(ticket(some, AT).clocks).toMatchObject([{ commitment: 'support.enterprise.response' }]);
    expect(ticket(await supportPolicy(() => false), AT).clocks).toEqual([]);
  });
});

describe('what happens to a ticket', () => {
  test.each([
    [0, 'met'],
    [15 * MINUTE, 'met'],
    [15 * MINUTE + 1, 'missed'],
  ])('an answer %i ms after a critical one is %s', (ms, status) => {
    const answered = answerTicket(policy, ticket(policy, AT), epochMs(AT) + ms);
    expect(clockOf(answered, 'response')).toMatchObject({ status, metAt: iso(epochMs(AT) + ms) });
    expect(answered).toMatchObject({ state: 'answered', contacts: 1 });
  });

  test('a second answer leaves the verdict of the first', () => {
    const once = answerTicket(policy, ticket(policy, AT), after(10));
    const twice = answerTicket(policy, once, after(50));
    expect(twice.clocks).toEqual(once.clocks);
    expect(twice).toMatchObject({ contacts: 2, firstResponseAt: iso(after(10)) });
  });

  test('a resolution answers as well, and is done once', () => {
    const done = resolveTicket(policy, ticket(policy, AT), after(12));
    expect(done.clocks.map(({ status }) => status)).toEqual(['met', 'met']);
    expect(resolveTicket(policy, done, after(90))).toBe(done);
  });

  test('one that comes back is to be resolved anew, counted from then', () => {
    const done = resolveTicket(policy, ticket(policy, AT), after(12));
    const again = reopenTicket(policy, done, after(600));
    expect(again.clocks.at(-1)).toMatchObject({
      clockId: 'support.critical.resolution-2',
      dueAt: iso(after(600 + 240)),
    });
    expect(again).toMatchObject({ state: 'answered', reopened: 1, resolvedAt: null });
    expect(reopenTicket(policy, again, after(700))).toBe(again);
  });

  test('a deadline that passes is judged, once', () => {
    const one = ticket(policy, AT);
    expect(clockOf(lookAtTicket(policy, one, after(15)), 'response')?.verdicts).toEqual([]);
    const late = lookAtTicket(policy, one, after(16));
    expect(clockOf(late, 'response')).toMatchObject({
      status: 'breached',
      verdicts: [{ verdict: 'missed' }],
    });
    expect(lookAtTicket(policy, late, after(17))).toEqual(late);
  });
});

describe('exclusions', () => {
  const by = 'person:kim';
  test.each(['scheduled_maintenance', 'customer_caused', 'third_party_failure', 'force_majeure'])(
    '%s stops its clocks and moves their deadlines',
    (exclusion) => {
      const ask = { exclusion, from: after(5), until: null, by };
      const paused = excludeTicket(policy, ticket(policy, AT), ask, after(5));
      expect(paused.clocks.map(({ status }) => status)).toEqual(['paused', 'paused']);
      const back = includeTicket(policy, paused, exclusion, after(65));
      expect([due(back, 'response'), due(back, 'resolution')]).toEqual([iso(after(75)), iso(after(300))]);
      expect(back.clocks.map(({ status }) => status)).toEqual(['within_sla', 'within_sla']);
      expect(back.clocks[0]?.rungs[0]?.at).toBe(iso(after(75)));
    },
  );

  test.each(['free_tier', 'bad_luck'])('%s stops nothing', (exclusion) => {
    const ask = { exclusion, from: after(5), until: null, by };
    expect(() => excludeTicket(policy, ticket(policy, AT), ask, after(5))).toThrow(
      'is no exclusion that pauses; scheduled_maintenance, customer_caused',
    );
  });

  test('end by themselves, and an answer meanwhile counts with the time that stood still', () => {
    const ask = { exclusion: 'force_majeure', from: after(5), until: after(35), by };
    const paused = excludeTicket(policy, ticket(policy, AT), ask, after(5));
    expect(due(lookAtTicket(policy, paused, after(100)), 'response')).toBe(iso(after(45)));
    expect(clockOf(answerTicket(policy, paused, after(30)), 'response')?.status).toBe('met');
    expect(clockOf(answerTicket(policy, paused, after(45)), 'response')?.status).toBe('met');
    expect(clockOf(answerTicket(policy, paused, after(46)), 'response')?.status).toBe('missed');
  });

  test('that overlap take out the same time once', () => {
    const one = excludeTicket(
      policy,
      ticket(policy, AT),
      { exclusion: 'force_majeure', from: after(5), until: after(25), by },
      after(40),
    );
    const both = excludeTicket(
      policy,
      one,
      { exclusion: 'third_party_failure', from: after(15), until: after(30), by },
      after(40),
    );
    expect(due(both, 'response')).toBe(iso(after(40)));
  });

  test('found out afterwards turn a miss, and the history keeps both verdicts', () => {
    const late = answerTicket(policy, ticket(policy, AT), after(40));
    expect(clockOf(late, 'response')?.status).toBe('missed');
    const ask = { exclusion: 'customer_caused', from: after(0), until: after(30), by };
    const turned = clockOf(excludeTicket(policy, late, ask, after(500)), 'response');
    expect(turned).toMatchObject({ status: 'met', dueAt: iso(after(45)) });
    expect(turned?.verdicts.map(({ verdict }) => verdict)).toEqual(['missed', 'met']);
  });

  test('that are known, or came after all was met, change nothing', () => {
    const done = resolveTicket(policy, ticket(policy, AT), after(5));
    const ask = { exclusion: 'force_majeure', from: after(6), until: after(9), by };
    expect(excludeTicket(policy, done, ask, after(10))).toBe(done);
    const once = excludeTicket(policy, ticket(policy, AT), ask, after(10));
    expect(excludeTicket(policy, once, ask, after(10))).toBe(once);
  });

  test('put a deadline off by exactly the time they take, whatever their order', () => {
    const span = fc.record({
      from: fc.integer({ min: 0, max: 14 }),
      length: fc.integer({ min: 1, max: 90 }),
    });
    fc.assert(
      fc.property(span, span, (a, b) => {
        const now = after(1000);
        const asks = [a, b].map(({ from, length }, i) => ({
          exclusion: i === 0 ? 'force_majeure' : 'third_party_failure',
          ...{ from: after(from), until: after(from + length), by },
        }));
        const [there, back] = [asks, asks.toReversed()].map((order) =>
          due(
            order.reduce((one, ask) => excludeTicket(policy, one, ask, now), ticket(policy, AT)),
            'response',
          ),
        );
        expect(there).toBe(back);
        const minutes = new Set(
          [a, b].flatMap(({ from, length }) => Array.from({ length }, (_, i) => from + i)),
        );
        // What begins before the deadline counts; both begin before the fifteenth minute here.
        expect(there).toBe(iso(after(15 + minutes.size)));
      }),
      { numRuns: 50 },
    );
  });
});

describe('how a clock stands', () => {
  test('is open until its deadline is over', () => {
    const clock = ticket(policy, AT).clocks[0]!;
    expect([after(15), after(15) + 1].map((now) => standing(clock, now))).toEqual([null, 'missed']);
    expect(standing({ ...clock, status: 'cancelled' }, after(99))).toBeNull();
  });
});

describe('first-contact resolution', () => {
  const NOVEMBER = monthNamed('2026-11', 'America/New_York');
  const once = () => resolveTicket(policy, ticket(policy, AT), after(12));
  const twice = () => resolveTicket(policy, answerTicket(policy, ticket(policy, AT), after(3)), after(12));
  const figures = (good: number, bad: number) =>
    firstContactResolution(
      policy,
      [...Array.from({ length: good }, once), ...Array.from({ length: bad }, twice)],
      NOVEMBER,
    );

  test.each([
    [69, 31, 'below'],
    [70, 30, 'within'],
    [80, 20, 'within'],
    [81, 19, 'above'],
    [0, 0, null],
  ])('of %i at once and %i later is %s the range', (good, bad, standingOf) => {
    expect(figures(good, bad)).toMatchObject({ judged: good + bad, met: good, standing: standingOf });
  });

  test('counts neither what came back as resolved at once nor what is open', () => {
    const back = resolveTicket(policy, reopenTicket(policy, once(), after(20)), after(30));
    const open = openTicket(policy, once(), after(0));
    expect(firstContactResolution(policy, [back, open], NOVEMBER)).toMatchObject({ judged: 1, met: 0 });
  });
});
