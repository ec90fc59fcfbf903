/** Check-ins at month 6 (policy book §11 AE-REJ-02, §13): clocks of a lead that has left, whichever way it left. */
import { climb } from '../../../core/ladder/climb.ts';
import { sendHeld } from '../../../core/ladder/held.ts';
import type { Step } from '../../../core/ladder/step.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import { dispose } from '../../../core/lifecycle/commands/dispose.ts';
import { eraseLead } from '../../../core/lifecycle/erase.ts';
import type { Decision } from '../../../core/ladder/facts.ts';
import type { Clock } from '../../../core/model/clock.ts';
import { isOpen } from '../../../core/model/clock.ts';
import type { Lead } from '../../../core/model/lead.ts';
import type { Person } from '../../../core/model/person.ts';
import type { RungName } from '../../../core/policy/schema/commitments.ts';
import { epochMs, iso } from '../../../core/time.ts';
import { events, later, mails, timeline } from '../../support/world.ts';
import { done, enforcing, minutesLater, open, sal, vp } from './commands/fixture.ts';
import { acted, keep, looked, NOTHING_KEPT, posted } from './recycling.ts';
import type { Kept } from './recycling.ts';
import * as sqls from './handoff/sqls.ts';

/** Ten o'clock on Tuesday, 17 November 2026, and six months later: a Monday, still ten o'clock on the wall. */
const MONTH_6 = '2027-05-17T10:00:00-04:00';
const DUE = '2027-05-24T10:00:00-04:00';
const LATER = {
  by: 'sam',
  disposition: 'disqualified',
  reason: 'timeline_12_months',
  detail: 'Budget in 2028',
};

let world: World;
let left: Decision;
beforeAll(async () => {
  world = minutesLater(await enforcing(), 60);
  // Nobody is on call: everybody has hours.
  const people = world.roster.people.map((one) => ({ ...one, onCall: false }));
  world = { ...world, roster: { ...world.roster, people } };
  left = done(dispose(world, sal(world, vp()), LATER));
});

const utc = (instant: string): string => iso(epochMs(instant));
const checkIn = ({ clocks }: Lead): Clock =>
  clocks.findLast(({ commitment }) => commitment === 'recycle.check_in')!;

function rung(at: string, lead: Lead, name: RungName, people?: Person[]): Step {
  const now = later(world, at);
  const there = people === undefined ? now : { ...now, roster: { ...now.roster, people } };
  const { clockId, run } = checkIn(lead);
  return climb(there, lead, { clockId, run, rung: name }, null);
}

function tried(at: string, lead: Lead, personId: string | null, outcome: 'no_answer' | 'sent' = 'no_answer') {
  const recordedBy = { kind: 'system' as const, name: 'dialler' };
  const type = outcome === 'sent' ? ('email' as const) : ('call' as const);
  const activity = { activityId: at, type, outcome, occurredAt: epochMs(at), recordedBy, personId };
  return takeAttempt(later(world, at), lead, activity);
}

describe('both ways into it', () => {
  test('a disposition for a timeline of 12 months leaves one clock: the SDR’s, counted from month 6', () => {
    expect([left.lead.status, open(left.lead)]).toEqual(['recycled', ['recycle.check_in']]);
    expect(checkIn(left.lead)).toMatchObject({
      owes: 'sam',
      appointed: { at: utc(MONTH_6), side: 'after' },
      startedAt: utc('2026-11-17T10:00:00-05:00'),
      dueAt: utc(DUE),
      rungs: [
        { rung: 'remind', at: utc(MONTH_6) },
        { rung: 'breach', at: utc(DUE) },
      ],
    });
  });

  test('so does AE-REJ-02, whose code says when, and its task for the SDR is due at the same instant', async () => {
    const handoff = await sqls.handoffWorld();
    const { lead, effects } = sqls.rejected(handoff, 'AE-REJ-02');
    expect([lead.status, sqls.openClocks(lead)]).toEqual(['recycled', ['recycle.check_in']]);
    expect(checkIn(lead)).toMatchObject({ owes: 'sam', appointed: { at: utc(MONTH_6) }, dueAt: utc(DUE) });
    const task = sqls.records(effects).find(({ title }) => title.startsWith('Check in again'));
    expect(task?.dueAt).toBe(utc(MONTH_6));
    const sooner = handoff.policy.aeRejections.map((row) =>
      row.code === 'AE-REJ-02' ? { ...row, checkInAfter: 'P3M' } : row,
    );
    const own = { ...handoff, policy: { ...handoff.policy, aeRejections: sooner } };
    expect(checkIn(sqls.rejected(own, 'AE-REJ-02').lead).appointed?.at).toBe(
      utc('2027-02-17T10:00:00-05:00'),
    );
  });

  test('an execution waits for it from the first day on', () => {
    expect(sqls.starts(left.effects).filter((name) => name.includes('check_in'))).toEqual([
      'lead-1-recycle-check_in-1',
    ]);
    expect(checkIn(left.lead)).toMatchObject({ run: 1, wakeAt: utc(MONTH_6) });
  });

  test('whoever is recycled for another reason has none, nor has whoever is lost', () => {
    const silent = { by: 'sam', disposition: 'unable_to_reach', signedBy: 'mona' };
    const small = { ...LATER, reason: 'not_a_fit', detail: 'Fewer than 50 employees' };
    for (const asked of [silent, small])
      expect(open(done(dispose(world, sal(world, vp()), asked)).lead)).toEqual([]);
  });

  test('the same disposition again opens no second one', () => {
    expect(dispose(minutesLater(world), left.lead, LATER)).toEqual({ lead: left.lead, effects: [] });
  });
});

describe('at month 6', () => {
  test('the SDR and Marketing are told, and five business days later the miss is the SDR’s', () => {
    const told = rung(MONTH_6, left.lead, 'remind');
    expect(mails(told.effects)).toEqual(['reminder → sam', 'reminder → olive']);
    const missed = rung(DUE, told.lead, 'breach');
    expect(mails(missed.effects)).toEqual(['breach_old_owner → sam', 'breach_manager → mona']);
    expect(sqls.records(missed.effects)).toMatchObject([{ type: 'breach', personId: 'sam' }]);
    expect(missed.state.outcome).toBe('handed_over');
  });

  test('who is out of hours then is told at their next opening', () => {
    // The 22nd of May 2027 is a Saturday.
    const gone = done(dispose(later(world, '2026-11-22T10:00:00-05:00'), sal(world, vp()), LATER)).lead;
    const { at } = checkIn(gone).rungs[0]!;
    expect([at, checkIn(gone).dueAt]).toEqual([
      utc('2027-05-22T10:00:00-04:00'),
      // The 31st is Memorial Day.
      utc('2027-06-01T08:00:00-04:00'),
    ]);
    const told = rung(at, gone, 'remind');
    expect(mails(told.effects)).toEqual([]);
    const untils = told.lead.held.map(({ notice, until }) => [notice.recipient, until]);
    const opens = utc('2027-05-24T08:00:00-04:00');
    expect(untils).toEqual([
      ['sam', opens],
      ['olive', opens],
    ]);
    const monday = later(world, opens);
    const { clockId, run } = checkIn(told.lead);
    expect(mails(sendHeld(monday, told.lead, { clockId, run }).effects)).toContain('reminder → sam');
  });

  test('whoever stands in for an SDR who has left is told in their place', () => {
    const people = world.roster.people.map((one) =>
      one.personId === 'sam' ? { ...one, active: false } : one,
    );
    const told = rung(MONTH_6, left.lead, 'remind', people);
    expect(mails(told.effects)).toEqual(['reminder → mona', 'reminder → olive']);
    expect(timeline(told.effects)).toContain('recipient_replaced');
  });

  test('the lead has not been an SDR’s: its pool’s manager is told', () => {
    const told = rung(MONTH_6, { ...left.lead, owner: null }, 'remind');
    expect(mails(told.effects)).toEqual(['reminder → mona', 'reminder → olive']);
  });
});

describe('it is met', () => {
  test.each([
    ['at the instant itself', MONTH_6, 'sam'],
    ['somewhat early', '2027-04-20T11:00:00-04:00', 'sam'],
    ['by somebody else', '2027-05-18T11:00:00-04:00', 'kim'],
    ['by nobody of the roster', '2027-05-18T11:00:00-04:00', null],
    ['at the very end', DUE, 'sam'],
  ])('by an attempt %s', (_, at, personId) => {
    const { lead, effects } = tried(at, left.lead, personId);
    expect(checkIn(lead)).toMatchObject({ status: 'met', metAt: utc(at), metBy: at });
    expect([lead.status, open(lead), events(effects)]).toEqual([
      'recycled',
      [],
      ['AttemptRecorded', 'SlaMet'],
    ]);
    expect(rung(DUE, lead, 'breach').effects).toEqual([]);
  });

  test('not by the goodbye of the day after', () => {
    const { lead } = tried('2026-11-18T09:00:00-05:00', left.lead, 'sam', 'sent');
    expect(open(lead)).toEqual(['recycle.check_in']);
    expect(lead.judged.at(-1)?.activityId).toBe('2026-11-18T09:00:00-05:00');
  });

  test('too late after its breach, and only a system that had stamped it in time turns that', () => {
    const missed = rung(DUE, left.lead, 'breach').lead;
    expect(checkIn(tried('2027-05-25T10:00:00-04:00', missed, 'sam').lead).status).toBe('missed');
    const told = tried('2027-05-21T10:00:00-04:00', missed, 'sam');
    expect(checkIn(told.lead).status).toBe('met');
    expect(timeline(told.effects)).toContain('verdict_turned');
  });

  test('by the return of the lead as an MQL, which then owes a first attempt and nothing of before', () => {
    const kept = keep(world, NOTHING_KEPT, left.effects);
    const june = later(world, '2027-06-01T10:00:00-04:00');
    const back = looked(june, left.lead, acted(june, kept, 'demo_request'));
    expect([back.lead.status, back.lead.cycle]).toEqual(['unassigned', 2]);
    expect(checkIn(back.lead)).toMatchObject({ cycle: 1, metAt: iso(june.now), status: 'missed' });
    expect(back.lead.clocks.filter(isOpen).map(({ cycle }) => cycle)).toEqual([2, 2]);
    const may = later(world, '2027-05-18T10:00:00-04:00');
    expect(checkIn(looked(may, left.lead, acted(may, kept, 'demo_request')).lead).status).toBe('met');
  });
});

describe('it is cancelled', () => {
  test('by an erasure', () => {
    const { lead, effects } = eraseLead(world, left.lead);
    expect([checkIn(lead).status, open(lead)]).toEqual(['cancelled', []]);
    expect(events(effects)).toContain('ClockCancelled');
    expect(rung(MONTH_6, lead, 'remind').effects).toEqual([]);
  });

  test('by a disqualifier that shows up in the meantime', () => {
    const customer = { ...left.lead, relations: { customer: true } };
    const spring = later(world, '2027-03-01T10:00:00-05:00');
    const { lead } = looked(
      spring,
      customer,
      acted(spring, keep(world, NOTHING_KEPT, left.effects), 'case_study'),
    );
    expect([lead.status, checkIn(lead).status]).toEqual(['disqualified', 'cancelled']);
  });
});

describe('who was recycled because nobody answered (policy book §13: cadence exhausted)', () => {
  const SILENT = { by: 'sam', disposition: 'unable_to_reach', signedBy: 'mona' };
  const gone = () => done(dispose(world, sal(world, vp()), SILENT));
  const days = (n: number): World => ({ ...world, now: world.now + n * 86_400_000 });
  const verdict = ({ lead }: Decision) => [lead.status, lead.cycle];

  test('comes back within the 90 days by nothing', () => {
    const { lead, effects } = gone();
    const kept = keep(world, NOTHING_KEPT, effects);
    for (const [day, act] of [
      [1, 'demo_request'],
      [30, 'contact_sales'],
      [89, 'demo_request'],
    ] as const) {
      const now = days(day);
      expect(verdict(looked(now, lead, acted(now, kept, act)))).toEqual(['recycled', 1]);
      expect(verdict(posted(now, lead, acted(now, kept, act), act))).toEqual(['recycled', 1]);
    }
  });

  const LOW = ['roi_calculator', 'case_study', 'webinar_attendee'];
  const lowActs = (at: World, kept: Kept): Kept => LOW.reduce((sum, act) => acted(at, sum, act), kept);

  test('after them by a new high-intent act, by none of before, and by no low one until month 6', () => {
    const { lead, effects } = gone();
    const kept = keep(world, NOTHING_KEPT, effects);
    const spring = days(100);
    expect(verdict(looked(spring, lead, acted(spring, kept, 'demo_request')))).toEqual(['unassigned', 2]);
    expect(verdict(looked(spring, lead, acted(days(-1), kept, 'demo_request')))).toEqual(['recycled', 1]);
    const almost = later(world, '2027-05-17T09:59:59-04:00');
    for (const now of [spring, almost]) {
      expect(verdict(looked(now, lead, lowActs(now, kept)))).toEqual(['recycled', 1]);
      expect(verdict(posted(now, lead, kept, 'content_download'))).toEqual(['recycled', 1]);
    }
  });

  test('at month 6 by fresh engagement, and by none that was there before', () => {
    const { lead, effects } = gone();
    const kept = keep(world, NOTHING_KEPT, effects);
    const may = later(world, MONTH_6);
    expect(verdict(posted(may, lead, kept, 'content_download', iso(days(170).now)))).toEqual(['recycled', 1]);
    expect(verdict(posted(may, lead, kept, 'content_download'))).toEqual(['unassigned', 2]);
    expect(verdict(looked(may, lead, lowActs(days(170), kept)))).toEqual(['recycled', 1]);
    expect(verdict(looked(may, lead, lowActs(may, kept)))).toEqual(['unassigned', 2]);
  });
});
