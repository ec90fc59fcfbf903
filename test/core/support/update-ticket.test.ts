/** What the desk says anew of a ticket (decision 0029). */
import type { Ticket } from '../../../core/model/ticket.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { answerTicket, excludeTicket, resolveTicket, updateTicket } from '../../../core/support/tickets.ts';
import { epochMs, iso } from '../../../core/time.ts';
import { supportPolicy, ticket } from './support-policy.ts';

const AT = '2026-11-21T23:00:00Z';
const after = (minutes: number): number => epochMs(AT) + minutes * 60_000;
const clocks = (one: Ticket) => one.clocks.map(({ clockId, status, dueAt }) => [clockId, status, dueAt]);
let policy: CompiledPolicy;
beforeAll(async () => {
  policy = await supportPolicy();
});

test('the first judgement of the severity counts from the opening: the customer has waited since then', () => {
  const open = ticket(policy, AT, { severity: null, kind: 'smb' });
  const judged = updateTicket(policy, open, { severity: 'high' }, after(30));
  expect(clocks(judged)).toEqual([
    ['support.smb.response-1', 'cancelled', iso(after(240))],
    ['support.high.response-1', 'within_sla', iso(after(60))],
    ['support.high.resolution-1', 'within_sla', iso(after(480))],
  ]);
});

test('a severity that changes counts from the change', () => {
  const raised = updateTicket(
    policy,
    ticket(policy, AT, { severity: 'low', kind: null }),
    { severity: 'critical' },
    after(30),
  );
  expect(clocks(raised).slice(2)).toEqual([
    ['support.critical.response-1', 'within_sla', iso(after(45))],
    ['support.critical.resolution-1', 'within_sla', iso(after(270))],
  ]);
  expect(
    clocks(raised)
      .slice(0, 2)
      .map(([, status]) => status),
  ).toEqual(['cancelled', 'cancelled']);
});

test('a miss stays one, whatever the severity is said to be afterwards', () => {
  const lowered = updateTicket(policy, ticket(policy, AT), { severity: 'low' }, after(16));
  expect(lowered.clocks.map(({ clockId, status }) => [clockId, status])).toEqual([
    ['support.critical.response-1', 'within_sla'],
    ['support.critical.resolution-1', 'cancelled'],
    ['support.low.resolution-1', 'within_sla'],
  ]);
});

test('what was answered or resolved has its verdict; only its facts change', () => {
  const answered = answerTicket(policy, ticket(policy, AT), after(5));
  const changed = updateTicket(policy, answered, { severity: 'low' }, after(30));
  expect(changed.clocks[0]).toEqual(answered.clocks[0]);
  const resolved = resolveTicket(policy, answered, after(10));
  expect(updateTicket(policy, resolved, { severity: 'low' }, after(30)).clocks).toEqual(resolved.clocks);
});

test('open clocks go to the next owner, and the same again changes nothing', () => {
  const moved = updateTicket(
    policy,
    answerTicket(policy, ticket(policy, AT), after(5)),
    { ownerId: 'sam' },
    after(6),
  );
  expect(moved.clocks.map(({ owes }) => owes)).toEqual(['kim', 'sam']);
  expect(updateTicket(policy, moved, { ownerId: 'sam' }, after(9))).toEqual(moved);
});

test('an exclusion that lasts holds for a clock that is opened meanwhile', () => {
  const ask = { exclusion: 'force_majeure', from: after(5), until: null, by: 'person:kim' };
  const paused = excludeTicket(policy, ticket(policy, AT), ask, after(5));
  const raised = updateTicket(policy, paused, { severity: 'high' }, after(10));
  expect(raised.clocks.slice(2)).toMatchObject([{ status: 'paused' }, { status: 'paused' }]);
  const ended = excludeTicket(policy, raised, { ...ask, until: after(30) }, after(31));
  expect(ended.clocks.slice(2).map(({ status, dueAt }) => [status, dueAt])).toEqual([
    ['within_sla', iso(after(90))],
    ['within_sla', iso(after(510))],
  ]);
});

test('an answer that is told late counts by its instant, once', () => {
  const late = answerTicket(policy, ticket(policy, AT), after(20));
  expect(late.clocks[0]?.status).toBe('missed');
  const turned = answerTicket(policy, late, after(10), after(60));
  expect(turned.clocks[0]).toMatchObject({ status: 'met', metAt: iso(after(10)) });
  expect(turned.clocks[0]?.verdicts.map(({ verdict }) => verdict)).toEqual(['missed', 'met']);
  expect(turned).toMatchObject({ firstResponseAt: iso(after(10)), contacts: 2 });
  expect(answerTicket(policy, turned, after(20))).toBe(turned);
});
