import { closeLead } from '../../../core/lifecycle/close.ts';
import { happen } from '../../../core/lifecycle/happen.ts';
import { and } from '../../../core/ladder/facts.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { isOpen } from '../../../core/model/clock.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { enforcing, ownRow, withRows } from '../../support/rows.ts';
import { demoRequest, events, later, owned, timeline, worldAt } from '../../support/world.ts';

const NINE = '2026-11-17T09:00:00-05:00';
const WHY = 'The budget is gone.';
let base: World;
beforeAll(async () => {
  base = enforcing(await worldAt(NINE));
});

const at = (world: World, time: string): World => later(world, `2026-11-17T${time}-05:00`);
const open = (lead: Lead): string[] => lead.clocks.filter(isOpen).map(({ clockId }) => clockId);

function held(lead: Lead, clockId: string | null): Lead {
  const notice = { kind: 'notice' as const, id: `n-${clockId ?? 'lead'}`, notice: 'warning' as const };
  const on = { clockId, rung: null, recipient: 'mona', at: '2026-11-17T14:01:00.000Z' };
  return {
    ...lead,
    held: [...lead.held, { until: '2026-11-18T14:00:00.000Z', notice: { ...notice, ...on } }],
  };
}

test('nobody has to do anything any more: clocks are cancelled, messages dropped, nobody is looked for', () => {
  const world = enforcing(base, 'sal.decide');
  const given = held(held(owned(world, demoRequest(NINE), 'sam'), null), 'sal.decide-1');
  const waiting = { ...given, unassignedSince: NINE, retryAssignAt: NINE };
  const { lead, effects } = closeLead(at(world, '10:00:00'), waiting, WHY);
  expect(open(lead)).toEqual([]);
  expect(lead).toMatchObject({
    held: [],
    unassignedSince: null,
    retryAssignAt: null,
    life: { closedAt: '2026-11-17T15:00:00.000Z' },
  });
  expect(events(effects)).toEqual(['ClockCancelled', 'ClockCancelled']);
  expect(timeline(effects)).toContain('held_message_dropped');
});

test('closing twice is closing once', () => {
  const closed = closeLead(at(base, '10:00:00'), owned(base, demoRequest(NINE), 'sam'), WHY).lead;
  expect(closeLead(at(base, '11:00:00'), closed, WHY)).toEqual({ lead: closed, effects: [] });
});

test('what the leaving itself has begun for others runs on', () => {
  const task = { start: 'lead_rejected', stop: ['rejection_resolved'], owes: 'marketing_ops' as const };
  const later = { start: 'lead_recycled', stop: ['checked_in'], owes: 'sdr' as const };
  const idle = { start: 'lead_rejected', stop: ['x'] };
  const world = withRows(
    base,
    ownRow({ id: 'own.task', ...task }),
    ownRow({ id: 'own.check_in', ...later }),
    ownRow({ id: 'own.before', ...idle, start: 'owner_assigned' }),
  );
  const given = owned(world, demoRequest(NINE), 'sam');
  const now = at(world, '10:00:00');
  const left = happen(now, given, ['lead_rejected', 'lead_recycled']);
  const { lead } = and(left, closeLead(now, left.lead, WHY));
  expect(open(given)).toContain('own.before-1');
  expect(open(lead)).toEqual(['own.task-1', 'own.check_in-1']);
});

test('nothing of Sales begins for a lead that has left it, whatever is recorded of it later', () => {
  const sales = ownRow({ id: 'own.notes', start: 'meeting_held', stop: ['notes_taken'], owes: 'ae' });
  const task = { start: 'meeting_held', stop: ['x'], owes: 'marketing_ops' as const };
  const world = withRows(base, sales, ownRow({ id: 'own.task', ...task }));
  const left = closeLead(at(world, '10:00:00'), owned(world, demoRequest(NINE), 'sam'), WHY).lead;
  expect(open(happen(at(world, '11:00:00'), left, ['meeting_held']).lead)).toEqual(['own.task-1']);
});
