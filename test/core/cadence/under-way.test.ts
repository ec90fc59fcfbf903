/** Leads that were tried before their cadence had clocks: under way when the policy is deployed (decision 0032). */
import type { World } from '../../../core/ladder/tell.ts';
import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import { accept } from '../../../core/lifecycle/commands/accept.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { epochMs, iso } from '../../../core/time.ts';
import { enforcing } from '../../support/rows.ts';
import { later, worldAt } from '../../support/world.ts';
import { cadenceAt, leadOf, OF_TIER, touchClocks, tried, waiting } from './world.ts';

const day = (of: number, time: string): string => `2026-11-${of}T${time}-05:00`;
const missed = ({ clocks }: Lead) => clocks.filter(({ verdicts }) => verdicts.at(-1)?.verdict === 'missed');

let world: World;
/** Called once on Tuesday the 17th, when nobody owed a touch. */
let before: Lead;
beforeAll(async () => {
  world = await cadenceAt(day(17, '10:00:00'));
  const old = enforcing(await worldAt(day(17, '10:00:00')));
  const lead = leadOf(old, day(17, '10:00:00'), OF_TIER[1]);
  before = tried(old, lead, 'call', day(17, '10:01:00')).lead;
});

test('a lead under way has no clock of a touch', () => {
  expect(waiting(before)).toEqual([]);
});

test('its cadence begins with the next fact: what was due by then was owed by nobody', () => {
  const again = tried(world, before, 'call', day(20, '11:00:00')).lead;
  // Touches 2 and 3, of the first two days, are over; that of day 5 is the next one.
  expect(waiting(again)).toEqual([`5: ${iso(epochMs(day(23, '18:00:00')))}`]);
  expect(missed(again)).toEqual([]);
});

test('it goes on as any other', () => {
  const again = tried(world, before, 'call', day(20, '11:00:00')).lead;
  const mailed = tried(world, again, 'email', day(23, '09:00:00')).lead;
  expect(waiting(mailed)).toEqual([`6: ${iso(epochMs(day(25, '18:00:00')))}`]);
  expect(missed(mailed)).toEqual([]);
});

test('one of which no touch is left has none, and is not asked for a disposition at once', async () => {
  const winter = await worldAt('2027-01-12T10:00:00-05:00');
  const accepted = accept(winter, before, { by: 'sam' });
  if ('refused' in accepted) throw new Error(accepted.detail);
  expect(accepted.lead.clocks.slice(before.clocks.length).map(({ commitment }) => commitment)).toEqual([
    'sal.resolve',
    'sql.feedback',
  ]);
});

test('a first attempt that is told days later is no such lead: its touches are owed from its own day on', () => {
  const lead = leadOf(world, day(17, '10:00:00'), OF_TIER[1]);
  const { lead: told } = takeAttempt(later(world, day(20, '11:00:00')), lead, {
    activityId: 'call-1',
    type: 'call',
    outcome: 'voicemail',
    occurredAt: epochMs(day(17, '10:01:00')),
    recordedBy: { kind: 'system', name: 'dialler' },
    personId: 'sam',
  });
  expect(touchClocks(told).map(({ touch }) => touch)).toEqual([2, 3, 4, 5]);
});
