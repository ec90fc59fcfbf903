import { climb, lookAgain, wantsNewOwner } from '../../../core/ladder/climb.ts';
import type { Step } from '../../../core/ladder/step.ts';
import type { Draw } from '../../../core/ladder/assign.ts';
import { responseClock } from '../../../core/ladder/assign.ts';
import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import { EVENT_SCHEMAS, isDetailType } from '../../../core/events/schemas.ts';
import type { Lead } from '../../../core/model/lead.ts';
import type { RungName } from '../../../core/policy/schema/commitments.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { epochMs } from '../../../core/time.ts';
import { demoRequest, events, later, mails, owned, timeline, worldAt } from '../../support/world.ts';

const NINE = '2026-11-17T09:00:00-05:00';
const ON = { clockId: 'mql.respond-1', run: 1 };
const JO: Draw = { personId: 'jo', reason: 'Next in the round robin.', via: 'round_robin' };

let world: World;
let lead: Lead;
beforeAll(async () => {
  world = await worldAt(NINE);
  lead = owned(world, demoRequest(NINE), 'sam');
});

/** Climbs one rung after the other up to an instant, as the execution would. */
function climbTo(rungs: [RungName, string][], from: Lead = lead, draw: Draw | null = JO): Step {
  let step: Step | undefined;
  for (const [rung, at] of rungs) {
    const now = later(world, `2026-11-17T${at}-05:00`);
    step = climb(now, step?.lead ?? from, { ...ON, rung }, draw);
    for (const effect of step.effects) {
      if (effect.kind !== 'event') continue;
      if (!isDetailType(effect.detailType)) throw new Error(effect.detailType);
      EVENT_SCHEMAS[effect.detailType].parse(effect.data);
    }
  }
  return step!;
}

describe('climbing the response ladder of a demo request (policy book §5)', () => {
  test('L1 at 50 percent reminds the owner and puts the clock at risk', () => {
    const step = climbTo([['remind', '09:02:30']]);
    expect(mails(step.effects)).toEqual(['reminder → sam']);
    expect(events(step.effects)).toEqual(['SlaReminderDue']);
    expect(responseClock(step.lead)?.status).toBe('at_risk');
    expect(step.state).toMatchObject({
      outcome: 'climb',
      next: { rung: 'warn', at: '2026-11-17T14:03:45.000Z' },
    });
  });

  test('L2 at 75 percent warns the owner and the manager and flags the lead urgent', () => {
    const step = climbTo([
      ['remind', '09:02:30'],
      ['warn', '09:03:45'],
    ]);
    expect(mails(step.effects)).toEqual(['warning → sam', 'warning → mona']);
    expect(step.lead.flags.urgent).toBe(true);
  });

  test('L3 at the deadline logs the breach, reassigns, gives the manager a task and the new owner a fresh target', () => {
    const step = climbTo([['breach', '09:05:00']]);
    expect(mails(step.effects)).toEqual([
      'breach_old_owner → sam',
      'breach_new_owner → jo',
      'breach_manager → mona',
    ]);
    expect(step.lead.owner).toMatchObject({ personId: 'jo', n: 2 });
    expect(step.lead.previousOwners.map((owner) => owner.personId)).toEqual(['sam']);
    const records = step.effects.flatMap((effect) => (effect.kind === 'record' ? [effect.record] : []));
    expect(records.map((item) => [item.type, item.personId, item.assignee])).toEqual([
      ['breach', 'sam', null],
      ['task', 'sam', 'mona'],
      ['breach_review', 'sam', null],
    ]);
    expect(responseClock(step.lead)).toMatchObject({
      status: 'breached',
      owes: 'jo',
      dueAt: '2026-11-17T14:05:00.000Z',
    });
    const personal = step.lead.clocks.find((clock) => clock.commitment === 'owner.respond');
    expect(personal).toMatchObject({ owes: 'jo', target: 'PT5M', dueAt: '2026-11-17T14:10:00.000Z', run: 1 });
    expect(step.effects.filter((effect) => effect.kind === 'start').map((effect) => effect.name)).toEqual([
      'lead-1-owner-respond-1',
    ]);
    expect(step.lead.flags.breachReview).toBe(true);
  });

  test('with nobody to take over, the owner keeps the lead and the history says so', () => {
    const step = climbTo([['breach', '09:05:00']], lead, null);
    expect(step.lead.owner?.personId).toBe('sam');
    expect(timeline(step.effects)).toContain('reassignment_failed');
    expect(mails(step.effects)).toEqual(['breach_old_owner → sam', 'breach_manager → mona']);
  });

  test('L4 at 150 percent asks director and vice president for a process review', () => {
    const step = climbTo([['critical', '09:07:30']]);
    expect(mails(step.effects)).toEqual(['critical → dana', 'critical → victor']);
    expect(events(step.effects)).toEqual(['SlaCritical']);
  });

  test('L4 at 200 percent opens an incident with the vice president', () => {
    const step = climbTo([['incident', '09:10:00']]);
    expect(mails(step.effects)).toEqual(['incident → victor']);
    expect(step.effects.some((effect) => effect.kind === 'record' && effect.record.type === 'incident')).toBe(
      true,
    );
  });

  test('an hour after the breach the lead is in the backup queue and escalated, and neither owner is asked to back up', () => {
    const step = climbTo([
      ['breach', '09:05:00'],
      ['backup', '10:05:00'],
    ]);
    expect(step.lead.flags).toMatchObject({ backupQueue: true, escalated: true });
    expect(responseClock(step.lead)?.status).toBe('escalated');
    const others = ['kim', 'lee', 'ines', 'erik', 'pat'];
    expect(mails(step.effects)).toEqual(others.map((personId) => `backup → ${personId}`));
  });

  test('a call for help goes only to those who are there, and with nobody there to the one who is back first', () => {
    const evening = '2026-11-17T17:57:00-05:00';
    const late = owned(later(world, evening), demoRequest(evening), 'sam');
    const night = { ...later(world, '2026-11-18T03:30:00-05:00') };
    const people = world.roster.people.map((person) => ({ ...person, onCall: false }));
    const clock = late.clocks.map((one) => ({
      ...one,
      rungs: one.rungs.map((rung) => ({ ...rung, at: '2026-11-18T06:00:00.000Z' })),
    }));
    const told = (at: World) =>
      climb(
        { ...at, roster: { version: 1, people } },
        { ...late, clocks: clock },
        { ...ON, rung: 'backup' },
        null,
      );
    expect(mails(told(night).effects)).toEqual(['backup → erik']);
    const earlier = told(later(world, '2026-11-18T01:00:00-05:00'));
    expect(mails(earlier.effects)).toEqual([]);
    expect(earlier.lead.held.map((held) => [held.notice.recipient, held.until])).toEqual([
      ['erik', '2026-11-18T07:00:00.000Z'],
    ]);
  });

  test('the breach threshold goes to the SDR manager', () => {
    expect(mails(climbTo([['threshold', '11:00:00']]).effects)).toEqual(['threshold → mona']);
  });

  test('after the last rung the execution hands over and the lead stays escalated', () => {
    const all: [RungName, string][] = [
      ['remind', '09:02:30'],
      ['warn', '09:03:45'],
      ['breach', '09:05:00'],
      ['critical', '09:07:30'],
      ['incident', '09:10:00'],
      ['backup', '10:05:00'],
      ['threshold', '11:00:00'],
    ];
    let current = lead;
    const seen: string[] = [];
    for (const [rung, at] of all) {
      const step = climb(later(world, `2026-11-17T${at}-05:00`), current, { ...ON, rung }, JO);
      // Messages for people whose day has not begun wait for them; they are sent in between.
      current = { ...step.lead, held: [] };
      seen.push(step.state.outcome);
    }
    const end = lookAgain(later(world, '2026-11-17T11:00:00-05:00'), current, ON);
    expect(end.state.outcome).toBe('handed_over');
    expect(responseClock(current)?.status).toBe('escalated');
  });
});

describe('looking before acting', () => {
  test('a rung is climbed once: the second time there is nothing to do', () => {
    const first = climbTo([['remind', '09:02:30']]);
    const again = climb(
      later(world, '2026-11-17T09:02:31-05:00'),
      first.lead,
      { ...ON, rung: 'remind' },
      null,
    );
    expect(again.effects).toEqual([]);
    expect(again.state.next.rung).toBe('warn');
  });

  test('a lead that was contacted before the rung ends the execution in time', () => {
    const at = later(world, '2026-11-17T09:01:00-05:00');
    const attempt = {
      activityId: 'a1',
      type: 'call' as const,
      outcome: 'no_answer' as const,
      occurredAt: at.now,
      recordedBy: { kind: 'system' as const, name: 'dialler' },
      personId: 'sam',
    };
    const met = takeAttempt(at, lead, attempt);
    const step = climb(later(world, '2026-11-17T09:02:30-05:00'), met.lead, { ...ON, rung: 'remind' }, null);
    expect(step.effects).toEqual([]);
    expect(step.state.outcome).toBe('met_in_time');
  });

  test('a rung that is not due yet is waited for again', () => {
    const step = climb(later(world, '2026-11-17T09:02:00-05:00'), lead, { ...ON, rung: 'remind' }, null);
    expect(step.effects).toEqual([]);
    expect(step.state.next).toEqual({ rung: 'remind', at: '2026-11-17T14:02:30.000Z' });
  });

  test('a run that another has taken over from does nothing', () => {
    const step = climb(
      later(world, '2026-11-17T09:05:00-05:00'),
      lead,
      { clockId: ON.clockId, run: 2, rung: 'breach' },
      JO,
    );
    expect(step.effects).toEqual([]);
    expect(step.state.outcome).toBe('handed_over');
  });

  test('a rung that the policy no longer has is passed over, with the reason', () => {
    const rows = world.policy.commitments.map((row) => ({
      ...row,
      rungs: row.rungs.filter((rung) => rung.rung !== 'remind'),
    }));
    const without = {
      ...later(world, '2026-11-17T09:02:30-05:00'),
      policy: { ...world.policy, commitments: rows },
    };
    const step = climb(without, lead, { ...ON, rung: 'remind' }, null);
    expect(mails(step.effects)).toEqual([]);
    expect(timeline(step.effects)).toEqual(['rung_passed_over']);
    expect(responseClock(step.lead)?.rungs[0]).toMatchObject({ outcome: 'passed_over' });
  });
});

describe('no blame without a fair chance', () => {
  test('an owner who got the lead after its first rung keeps it, unnamed, with a personal clock', () => {
    const arrivedAt = '2026-11-17T08:56:00-05:00';
    const late = owned(world, demoRequest(arrivedAt), 'sam');
    expect(late.clocks.some((clock) => clock.commitment === 'owner.respond')).toBe(true);
    const now = later(world, '2026-11-17T09:01:00-05:00');
    expect(wantsNewOwner(now, late, ON.clockId, 1, 'breach')).toBe(false);
    const step = climb(now, late, { ...ON, rung: 'breach' }, JO);
    expect(step.lead.owner?.personId).toBe('sam');
    const breach = step.effects.find((effect) => effect.kind === 'record' && effect.record.type === 'breach');
    expect(breach).toMatchObject({ record: { personId: null } });
  });

  test('reminders that were due before the lead arrived are passed over', () => {
    const late = owned(world, demoRequest('2026-11-17T08:50:00-05:00'), 'sam');
    const step = climb(world, late, { ...ON, rung: 'remind' }, null);
    expect(mails(step.effects)).toEqual([]);
    expect(timeline(step.effects)).toEqual(['rung_passed_over']);
  });
});

describe('hours of the recipients (policy book §4)', () => {
  test('a reminder waits for the recipient’s own opening', () => {
    // kim works from 08:00 in Los Angeles, three hours after New York, and is not on call here.
    const people = world.roster.people.map((person) =>
      person.personId === 'kim' ? { ...person, onCall: false } : person,
    );
    const early = { ...world, roster: { version: 1, people } };
    const hers = owned(early, demoRequest(NINE), 'kim');
    const step = climb(
      { ...early, now: epochMs('2026-11-17T09:02:30-05:00') },
      hers,
      { ...ON, rung: 'remind' },
      null,
    );
    expect(mails(step.effects)).toEqual([]);
    expect(step.lead.held).toMatchObject([
      { until: '2026-11-17T16:00:00.000Z', notice: { recipient: 'kim' } },
    ]);
    expect(timeline(step.effects)).toContain('message_held');
  });

  test('somebody on call is reminded at any hour', () => {
    const night = '2026-11-17T21:00:00-05:00';
    const hot = owned(later(world, night), demoRequest(night, { score: 82 }), 'sam');
    const step = climb(later(world, '2026-11-17T21:30:00-05:00'), hot, { ...ON, rung: 'remind' }, null);
    expect(mails(step.effects)).toEqual(['reminder → sam']);
  });
});
