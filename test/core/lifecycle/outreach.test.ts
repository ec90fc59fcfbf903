import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import type { Activity } from '../../../core/lifecycle/activity.ts';
import { happen } from '../../../core/lifecycle/happen.ts';
import type { World } from '../../../core/ladder/tell.ts';
import type { Clock } from '../../../core/model/clock.ts';
import type { Lead, LeadStatus } from '../../../core/model/lead.ts';
import { epochMs } from '../../../core/time.ts';
import { enforcing, ownRow, withRows } from '../../support/rows.ts';
import { demoRequest, mails, owned, timeline, worldAt } from '../../support/world.ts';

const NINE = '2026-11-17T09:00:00-05:00';
let base: World;
beforeAll(async () => {
  base = enforcing(await worldAt(NINE));
});

const instant = (time: string): number => epochMs(`2026-11-17T${time}-05:00`);
const utc = (time: string): string => new Date(instant(time)).toISOString();
const of = ({ clocks }: Lead, commitment: string): Clock[] =>
  clocks.filter((clock) => clock.commitment === commitment);

function call(time: string, change: Partial<Activity> = {}): Activity {
  const recordedBy = { kind: 'system' as const, name: 'dialler' };
  const what = { type: 'call' as const, outcome: 'voicemail' as const, personId: 'sam' };
  return { activityId: `call-${time}`, ...what, occurredAt: instant(time), recordedBy, ...change };
}

const reached = { outcome: 'connected' as const };
const byHand = { recordedBy: { kind: 'manual' as const, name: 'sam' } };

/** The lead after attempts, each told at the time that stands before it. */
function after(world: World, ...told: [string, Activity][]): Lead {
  return told.reduce(
    (lead, [time, activity]) => takeAttempt({ ...world, now: instant(time) }, lead, activity).lead,
    owned(world, demoRequest(NINE), 'sam'),
  );
}

describe('an attempt is logged within half an hour (policy book §8)', () => {
  test.each([
    ['09:01:00', '09:01:00', {}, 'met'],
    ['09:01:00', '09:31:00', {}, 'met'],
    ['09:01:00', '09:31:01', {}, 'missed'],
    ['09:01:00', '09:20:00', byHand, 'met'],
    ['09:01:00', '11:00:00', byHand, 'missed'],
  ])('made at %s and told at %s', (made, told, how, status) => {
    const lead = after(enforcing(base, 'activity.log'), [told, call(made, how)]);
    expect(of(lead, 'activity.log')).toMatchObject([
      { status, startedAt: utc(made), metAt: utc(told), run: 0 },
    ]);
  });

  test('each attempt has its own', () => {
    const lead = after(
      enforcing(base, 'activity.log'),
      ['09:01:00', call('09:01:00')],
      ['10:00:00', call('09:02:00')],
    );
    expect(of(lead, 'activity.log').map(({ status }) => status)).toEqual(['met', 'missed']);
  });

  test('with rungs of its own, those that were due by then are climbed, and no execution is started', () => {
    const rungs = [
      {
        rung: 'breach',
        at: { percent: 100 },
        tell: ['owner'],
        actions: ['log_breach'],
        outsideHours: 'wait',
      },
    ] satisfies Parameters<typeof ownRow>[0]['rungs'];
    const row = { id: 'own.log', start: 'attempt_made', stop: ['attempt_logged'], rungs };
    const world = withRows(base, ownRow({ ...row, machine: 'commitment-clock' }));
    const given = owned(world, demoRequest(NINE), 'sam');
    const { lead, effects } = takeAttempt({ ...world, now: instant('10:30:00') }, given, call('09:01:00'));
    expect(of(lead, 'own.log')).toMatchObject([{ status: 'missed', run: 0 }]);
    expect(mails(effects)).toEqual(['breach_old_owner → sam']);
    expect(effects.filter(({ kind }) => kind === 'start')).toEqual([]);
  });
});

describe('acceptance is due after the first attempt (policy book §8)', () => {
  test('it counts from the first one and from no other', () => {
    const world = enforcing(base, 'sal.accept');
    const lead = after(world, ['09:01:00', call('09:01:00')], ['09:10:00', call('09:10:00')]);
    expect(of(lead, 'sal.accept')).toMatchObject([
      { startedAt: utc('09:01:00'), dueAt: utc('09:16:00'), owes: 'sam' },
    ]);
  });

  test('typed in long afterwards by hand, the attempt counts from when it was typed in', () => {
    const lead = after(enforcing(base, 'sal.accept'), ['10:00:00', call('09:01:00', byHand)]);
    expect(of(lead, 'sal.accept')).toMatchObject([{ startedAt: utc('10:00:00') }]);
  });

  test('an earlier attempt that is told later moves the start, whatever the order of arrival', () => {
    const world = enforcing(base, 'sal.accept');
    const inOrder = after(world, ['09:20:00', call('09:01:00')], ['09:20:00', call('09:10:00')]);
    const turned = after(world, ['09:20:00', call('09:10:00')], ['09:20:00', call('09:01:00')]);
    const [one, other] = [inOrder, turned].map((lead) => of(lead, 'sal.accept')[0]!);
    expect(other).toMatchObject({
      startedAt: one!.startedAt,
      countsFrom: one!.countsFrom,
      dueAt: one!.dueAt,
    });
  });

  test('and judges an acceptance again that came in between', () => {
    const world = enforcing(base, 'sal.accept');
    const tried = after(world, ['09:10:00', call('09:10:00')]);
    const accepted = happen({ ...world, now: instant('09:20:00') }, tried, ['lead_accepted']).lead;
    expect(of(accepted, 'sal.accept')).toMatchObject([{ status: 'met' }]);
    const { lead, effects } = takeAttempt({ ...world, now: instant('09:30:00') }, accepted, call('09:01:00'));
    expect(of(lead, 'sal.accept')).toMatchObject([
      { status: 'missed', metAt: utc('09:20:00'), dueAt: utc('09:16:00') },
    ]);
    expect(timeline(effects)).toContain('clock_start_moved');
  });

  test('of a lead that was accepted before its attempt is told, the acceptance has met it', () => {
    const world = enforcing(base, 'sal.accept');
    const given = owned(world, demoRequest(NINE), 'sam');
    const accepted: Lead = {
      ...given,
      status: 'sal',
      life: { ...given.life, accepted: { at: utc('09:06:00'), by: 'sam' } },
    };
    const { lead } = takeAttempt({ ...world, now: instant('09:10:00') }, accepted, call('09:01:00'));
    expect(of(lead, 'sal.accept')).toMatchObject([{ status: 'met', metAt: utc('09:06:00') }]);
  });
});

describe('a contact that does not convert is followed up (policy book §9)', () => {
  const world = (): World => enforcing(base, 'contact.follow_up');

  test('every contact opens it, the next attempt meets it, and a contact that meets it opens the next', () => {
    const lead = after(
      world(),
      ['09:01:00', call('09:01:00')],
      ['10:00:00', call('10:00:00', reached)],
      ['11:00:00', call('11:00:00', reached)],
      ['12:00:00', call('12:00:00')],
    );
    expect(of(lead, 'contact.follow_up').map(({ startedAt, metAt }) => [startedAt, metAt])).toEqual([
      [utc('10:00:00'), utc('11:00:00')],
      [utc('11:00:00'), utc('12:00:00')],
    ]);
  });

  test('the contact itself is not its own follow-up', () => {
    const lead = after(world(), ['10:00:00', call('10:00:00', reached)]);
    // Its execution starts after a day, by the reconciler: most contacts are followed up by then.
    expect(of(lead, 'contact.follow_up')).toMatchObject([{ status: 'within_sla', metAt: null, run: 0 }]);
  });

  test('a follow-up that was told before its contact has met it', () => {
    const lead = after(world(), ['12:00:00', call('11:00:00')], ['12:00:00', call('10:00:00', reached)]);
    expect(of(lead, 'contact.follow_up')).toMatchObject([
      { startedAt: utc('10:00:00'), metAt: utc('11:00:00') },
    ]);
  });

  test.each(['sql', 'opportunity', 'recycled', 'disqualified', 'rejected'] as LeadStatus[])(
    'none is opened of a lead that is %s',
    (status) => {
      const given = { ...owned(world(), demoRequest(NINE), 'sam'), status };
      const { lead } = takeAttempt(
        { ...world(), now: instant('10:00:00') },
        given,
        call('10:00:00', reached),
      );
      expect(of(lead, 'contact.follow_up')).toEqual([]);
    },
  );
});

test('first_contact may start a commitment of one’s own', () => {
  const world = withRows(base, ownRow({ id: 'own.thanks', start: 'first_contact', stop: ['thanks_sent'] }));
  const lead = after(world, ['09:01:00', call('09:01:00')], ['10:00:00', call('10:00:00', reached)]);
  expect(of(lead, 'own.thanks')).toMatchObject([{ startedAt: utc('10:00:00') }]);
});
