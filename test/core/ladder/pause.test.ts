import { wallMs } from '../../../core/calendar/index.ts';
import { responseClock } from '../../../core/ladder/assign.ts';
import { climb, lookAgain } from '../../../core/ladder/climb.ts';
import {
  endDuePauses,
  extendLead,
  extensible,
  isPaused,
  pauseLead,
  resumeLead,
} from '../../../core/ladder/pause.ts';
import { withClock } from '../../../core/ladder/next.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { isOpen } from '../../../core/model/clock.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { epochMs, iso } from '../../../core/time.ts';
import { demoRequest, events, later, mails, owned, worldAt } from '../../support/world.ts';

const FRIDAY = '2026-11-20T17:58:00-05:00';
const ON = { clockId: 'mql.respond-1', run: 1 };
let world: World;
let lead: Lead;
beforeAll(async () => {
  world = await worldAt(FRIDAY);
  lead = owned(world, demoRequest(FRIDAY), 'sam');
});

const lookAgainAfter = (at: string): string => iso(epochMs(at) + wallMs(world.policy.pauses.lookAgain));
const ask = (at: string) => ({ reason: 'prospect_asked', by: 'person:sam', now: epochMs(at) });

describe('pausing over a weekend', () => {
  test('moves the deadline by business time, not by wall-clock time', () => {
    const paused = pauseLead(lead, { ...ask('2026-11-20T17:59:00-05:00'), until: null }).lead;
    expect(responseClock(paused)?.status).toBe('paused');
    const resumed = resumeLead(world.policy, paused, ask('2026-11-23T08:10:00-05:00'));
    // One minute was used on Friday, one minute of business stood still there and ten on Monday.
    expect(responseClock(resumed.lead)).toMatchObject({
      status: 'within_sla',
      dueAt: '2026-11-23T13:14:00.000Z',
    });
    expect(responseClock(resumed.lead)?.rungs.find((rung) => rung.rung === 'remind')?.at).toBe(
      '2026-11-23T13:11:30.000Z',
    );
    expect(events(resumed.effects)).toContain('ClockResumed');
  });

  test('while it stands still no rung is climbed, and the execution waits the pause out', () => {
    const paused = pauseLead(lead, { ...ask('2026-11-20T17:59:00-05:00'), until: null }).lead;
    const step = climb(later(world, '2026-11-23T08:00:00-05:00'), paused, { ...ON, rung: 'breach' }, null);
    expect(mails(step.effects)).toEqual([]);
    expect(step.state).toMatchObject({
      outcome: 'paused',
      next: { rung: 'look', at: lookAgainAfter('2026-11-23T08:00:00-05:00') },
    });
  });

  test('an end named beforehand is the instant at which it runs on, whoever looks first', () => {
    const until = epochMs('2026-11-23T09:00:00-05:00');
    const paused = pauseLead(lead, { ...ask('2026-11-20T17:59:00-05:00'), until }).lead;
    const waiting = lookAgain(later(world, '2026-11-20T18:01:00-05:00'), paused, ON);
    expect(waiting.state.next.at).toBe(lookAgainAfter('2026-11-20T18:01:00-05:00'));
    const ended = endDuePauses(world.policy, paused, epochMs('2026-11-23T09:30:00-05:00'));
    expect(isPaused(ended.lead)).toBe(false);
    expect(responseClock(ended.lead)?.dueAt).toBe('2026-11-23T14:04:00.000Z');
  });

  test('an execution that would sleep beyond the next rung is replaced by another run', () => {
    const paused = pauseLead(lead, { ...ask('2026-11-20T17:59:00-05:00'), until: null }).lead;
    const asleep = lookAgain(later(world, '2026-11-23T08:00:00-05:00'), paused, ON).lead;
    const resumed = resumeLead(world.policy, asleep, ask('2026-11-23T08:10:00-05:00'));
    expect(resumed.effects.filter((effect) => effect.kind === 'start').map((effect) => effect.name)).toEqual([
      'lead-1-1-r2',
    ]);
    const old = climb(
      later(world, '2026-11-24T08:00:00-05:00'),
      resumed.lead,
      { ...ON, rung: 'breach' },
      null,
    );
    expect(old.state.outcome).toBe('handed_over');
  });

  test('an execution that wakes in time anyway keeps the clock', () => {
    const awake = lookAgain(world, lead, ON).lead;
    const paused = pauseLead(awake, { ...ask('2026-11-20T17:58:30-05:00'), until: null }).lead;
    const resumed = resumeLead(world.policy, paused, ask('2026-11-20T17:58:45-05:00'));
    expect(resumed.effects.filter((effect) => effect.kind === 'start')).toEqual([]);
    expect(responseClock(resumed.lead)?.run).toBe(1);
  });
});

describe('extending', () => {
  test('adds business time and moves the open rungs', () => {
    const extended = extendLead(world.policy, lead, {
      ...ask('2026-11-20T17:59:00-05:00'),
      duration: 'PT30M',
    });
    expect(responseClock(extended.lead)?.dueAt).toBe('2026-11-23T13:33:00.000Z');
    expect(responseClock(extended.lead)?.extensions).toMatchObject([{ added: 'PT30M', by: 'person:sam' }]);
  });

  test('a deadline that has passed is not extended', () => {
    const which = (at: string): string[] => extensible(lead, epochMs(at)).map(({ clockId }) => clockId);
    expect(which('2026-11-23T08:03:01-05:00')).toEqual([]);
    expect(which('2026-11-23T08:02:00-05:00')).toEqual(['mql.respond-1']);
  });

  test('until the first attempt it is the response alone, then all that is open', () => {
    const at = epochMs('2026-11-20T17:59:00-05:00');
    expect(extensible(lead, at).map(({ commitment }) => commitment)).toEqual(['mql.respond']);
    const met = { ...responseClock(lead)!, metAt: iso(at), status: 'met' as const };
    const open = lead.clocks.filter((clock) => isOpen(clock) && clock.commitment !== 'mql.respond');
    expect(open.length).toBeGreaterThan(1);
    expect(extensible(withClock(lead, met), at)).toEqual(open);
  });
});
