import { isKnown, refusal, takeAttempt } from '../../../core/lifecycle/activity.ts';
import type { Activity } from '../../../core/lifecycle/activity.ts';
import { responseClock } from '../../../core/ladder/assign.ts';
import { climb } from '../../../core/ladder/climb.ts';
import type { World } from '../../../core/ladder/tell.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { epochMs } from '../../../core/time.ts';
import { enforcing } from '../../support/rows.ts';
import { arrived, demoRequest, events, later, owned, timeline, worldAt } from '../../support/world.ts';

const NINE = '2026-11-17T09:00:00-05:00';
let world: World;
let lead: Lead;
let breached: Lead;
beforeAll(async () => {
  world = enforcing(await worldAt(NINE));
  lead = owned(world, demoRequest(NINE), 'sam');
  breached = climb(at('09:05:00'), lead, { clockId: 'mql.respond-1', run: 1, rung: 'breach' }, null).lead;
});

const at = (time: string): World => later(world, `2026-11-17T${time}-05:00`);

function call(time: string, change: Partial<Activity> = {}): Activity {
  const occurredAt = epochMs(`2026-11-17T${time}-05:00`);
  const recordedBy = { kind: 'system' as const, name: 'dialler' };
  return {
    activityId: `call-${time}`,
    type: 'call',
    outcome: 'voicemail',
    occurredAt,
    recordedBy,
    personId: 'sam',
    ...change,
  };
}

const byHand = { recordedBy: { kind: 'manual' as const, name: 'sam' } };

describe('an attempt stops the response clock', () => {
  test('before the deadline: met, and the contact is recorded beside it only if somebody was reached', () => {
    const { lead: met, effects } = takeAttempt(at('09:03:00'), lead, call('09:03:00'));
    expect(responseClock(met)).toMatchObject({ status: 'met', metAt: '2026-11-17T14:03:00.000Z' });
    expect(met).toMatchObject({ status: 'assigned', attempts: 1, firstContactAt: null });
    expect(events(effects)).toEqual(['AttemptRecorded', 'SlaMet']);
  });

  test('a contact makes the lead contacted', () => {
    const { lead: met, effects } = takeAttempt(
      at('09:03:00'),
      lead,
      call('09:03:00', { outcome: 'connected' }),
    );
    expect(met).toMatchObject({ status: 'contacted', firstContactAt: '2026-11-17T14:03:00.000Z' });
    expect(events(effects)).toContain('LeadContacted');
  });

  test.each([
    ['09:05:00', 'met'],
    ['09:05:01', 'missed'],
  ])('exactly at the deadline is in time, a second later is not: %s', (time, status) => {
    expect(responseClock(takeAttempt(at(time), lead, call(time)).lead)?.status).toBe(status);
  });

  test('a breach of one second between two timers is a breach, though no timer fired', () => {
    const { lead: missed } = takeAttempt(at('09:05:01'), lead, call('09:05:01'));
    expect(responseClock(missed)?.verdicts.at(-1)).toMatchObject({ verdict: 'missed' });
  });
});

describe('judged twice: the earliest event wins whatever the order of arrival', () => {
  test('stamped by the dialler before the deadline and delivered after the breach: the verdict turns, both stay', () => {
    const { lead: turned, effects } = takeAttempt(at('09:20:00'), breached, call('09:04:00'));
    const clock = responseClock(turned);
    expect(clock?.status).toBe('met');
    expect(clock?.verdicts.map((verdict) => verdict.verdict)).toEqual(['missed', 'met']);
    expect(timeline(effects)).toContain('verdict_turned');
    const overturned = effects.find((effect) => effect.kind === 'record');
    expect(overturned).toMatchObject({
      record: { type: 'breach', state: 'overturned', recordId: 'mql.respond-1/breach' },
    });
    expect(turned.backDatedActivities).toBe(0);
  });

  test('the overturned breach still names whom it had named, not who has the lead now', () => {
    const jo = { personId: 'jo', reason: 'Next in the round robin.', via: 'round_robin' as const };
    const passedOn = climb(
      at('09:05:00'),
      lead,
      { clockId: 'mql.respond-1', run: 1, rung: 'breach' },
      jo,
    ).lead;
    const { effects } = takeAttempt(at('09:20:00'), passedOn, call('09:04:00'));
    const overturned = effects.find((effect) => effect.kind === 'record');
    expect(overturned).toMatchObject({ record: { state: 'overturned', personId: 'sam' } });
  });

  test('typed in afterwards by hand it does not turn, and is counted as back-dated', () => {
    const { lead: kept } = takeAttempt(at('09:20:00'), breached, call('09:04:00', byHand));
    expect(responseClock(kept)).toMatchObject({ status: 'missed', metAt: '2026-11-17T14:20:00.000Z' });
    expect(kept.backDatedActivities).toBe(1);
    expect(kept.firstAttemptAt).toBe('2026-11-17T14:20:00.000Z');
  });

  test('typed in by hand at once it meets the clock', () => {
    const { lead: met } = takeAttempt(at('09:03:10'), lead, call('09:03:00', byHand));
    expect(responseClock(met)).toMatchObject({ status: 'met', metAt: '2026-11-17T14:03:00.000Z' });
    expect(met.backDatedActivities).toBe(0);
  });

  test('a later attempt that arrived first gives way to an earlier one', () => {
    const late = takeAttempt(at('09:30:00'), breached, call('09:29:00')).lead;
    expect(responseClock(late)?.status).toBe('missed');
    const turned = takeAttempt(at('09:31:00'), late, call('09:02:00')).lead;
    expect(responseClock(turned)).toMatchObject({ status: 'met', metAt: '2026-11-17T14:02:00.000Z' });
    expect(turned.attempts).toBe(2);
  });

  test('a later attempt changes nothing about an earlier verdict', () => {
    const met = takeAttempt(at('09:03:00'), lead, call('09:03:00')).lead;
    const more = takeAttempt(at('10:00:00'), met, call('10:00:00'));
    expect(responseClock(more.lead)?.verdicts).toHaveLength(1);
    expect(events(more.effects)).toEqual(['AttemptRecorded']);
  });

  test('the same activity is known when it comes again', () => {
    const met = takeAttempt(at('09:03:00'), lead, call('09:03:00')).lead;
    expect(isKnown(met, 'call-09:03:00')).toBe(true);
    expect(isKnown(lead, 'call-09:03:00')).toBe(false);
  });
});

describe('activities that cannot be taken', () => {
  test('before the lead existed', () => {
    expect(refusal(world.policy, lead, call('08:59:59'), world.now)).toMatchObject({
      type: 'activity-before-lead',
    });
  });

  test('in the future', () => {
    expect(refusal(world.policy, lead, call('12:00:00'), at('09:10:00').now)).toMatchObject({
      type: 'activity-in-future',
    });
  });

  test('now is neither', () => {
    expect(refusal(world.policy, lead, call('09:10:00'), at('09:10:00').now)).toBeNull();
  });
});

test('messages held for somebody’s morning are dropped once the clock is met', () => {
  const held = {
    ...lead,
    held: [
      {
        until: '2026-11-17T16:00:00.000Z',
        notice: {
          kind: 'notice' as const,
          id: 'x',
          notice: 'reminder' as const,
          clockId: 'mql.respond-1',
          rung: 'remind' as const,
          recipient: 'kim',
          at: '2026-11-17T14:02:30.000Z',
        },
      },
    ],
  };
  const { lead: met, effects } = takeAttempt(at('09:03:00'), held, call('09:03:00'));
  expect(met.held).toEqual([]);
  expect(timeline(effects)).toContain('held_message_dropped');
});

describe('a lead that nobody owns', () => {
  const unowned = (): Lead => arrived(world, demoRequest(NINE)).lead;

  test('belongs to whoever tries to reach the prospect: nobody would go on with it otherwise', () => {
    const { lead: tried, effects } = takeAttempt(at('09:03:00'), unowned(), call('09:03:00'));
    expect(tried).toMatchObject({
      status: 'assigned',
      owner: {
        personId: 'sam',
        via: 'by_hand',
        reason: 'sam made the first attempt while nobody owned the lead.',
      },
    });
    expect(responseClock(tried)).toMatchObject({ status: 'met', owes: 'sam' });
    expect(tried.clocks.find(({ commitment }) => commitment === 'mql.route')?.status).toBe('met');
    expect(events(effects)).toContain('LeadAssigned');
  });

  test('is contacted and owned when somebody was reached', () => {
    const reached = call('09:03:00', { outcome: 'connected' });
    expect(takeAttempt(at('09:03:00'), unowned(), reached).lead).toMatchObject({
      status: 'contacted',
      owner: { personId: 'sam' },
    });
  });

  test.each([
    ['nobody is named', null],
    ['the name is none of the roster', 'stranger'],
  ])('stays as it is when %s', (_, personId) => {
    const { lead: tried } = takeAttempt(at('09:03:00'), unowned(), call('09:03:00', { personId }));
    expect(tried.owner).toBeNull();
  });

  test('one that is owned stays with its owner whoever calls', () => {
    expect(takeAttempt(at('09:03:00'), lead, call('09:03:00', { personId: 'kim' })).lead.owner).toMatchObject(
      {
        personId: 'sam',
      },
    );
  });
});
