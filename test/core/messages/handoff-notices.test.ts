/** What an AE is told of an SQL, and what an SDR and RevOps are told of one that comes back (policy book §11). */
import { renderNotice } from '../../../core/messages/index.ts';
import type { NoticeInput } from '../../../core/messages/index.ts';
import type { Clock } from '../../../core/model/clock.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { NEW_LIFE } from '../../../core/model/life.ts';
import type { Handoff } from '../../../core/model/life.ts';
import type { Person } from '../../../core/model/person.ts';
import { clock, lead, policy, reminder, rex, sam } from './fixture.ts';

const alice: Person = { ...sam, personId: 'alice', name: 'Alice Executive', role: 'ae', managerId: null };
const at = '2026-11-20T15:04:00.000Z';
const handoff: Handoff = {
  ...{
    n: 1,
    sdr: 'sam',
    notifiedAt: at,
    introducedAt: null,
    introducedBy: null,
    accepted: null,
    rejected: null,
  },
  ae: {
    personId: 'alice',
    assignedAt: at,
    reason: 'Next in the round robin of pool ae_general.',
    via: 'round_robin',
    n: 1,
  },
};
const decide: Clock = {
  ...clock,
  ...{ clockId: 'ae.decide-1', commitment: 'ae.decide', stop: ['ae_accepted', 'ae_rejected'], owes: 'alice' },
  ...{ target: 'PT4H', targetFrom: 'commitment ae.decide', dueAt: '2026-11-20T19:04:00.000Z', rungs: [] },
};
const handedOver: Lead = {
  ...lead,
  status: 'sql',
  segment: 'enterprise',
  life: {
    ...NEW_LIFE,
    handoff,
    briefing: {
      parts: { pain: 'Leads wait two days.', meeting_context: 'Ada saw the demo.' },
      completed: { at, by: 'sam' },
      read: null,
    },
    sql: {
      ...{ at, by: 'sam', pain: 'Leads wait.', timeline: 'January', meddpic: {} },
      ...{ meeting: { startsAt: '2026-11-24T15:00:00.000Z', link: 'https://meet.example/1' } },
      flagged: ['economic_buyer', 'decision_criteria'],
    },
  },
};
const told: NoticeInput = {
  ...{ ...reminder, notice: 'handed_over', lead: handedOver, clock: decide, recipient: alice },
  owner: sam,
};
const text = (input: Partial<NoticeInput> = {}): string => renderNotice({ ...told, ...input }).text;

describe('that an SQL is handed over', () => {
  test('has the company and the time that the AE has in its subject', () => {
    expect(renderNotice(told).subject).toMatch(/^SQL for you: Example Works \(.* left\)$/);
  });

  test.each([
    ['what to do, and until when', 'You have until Fri 20 Nov 2026, 14:04 EST.'],
    ['why them', 'Why you: Next in the round robin of pool ae_general.'],
    ['a part of the briefing', 'pain: Leads wait two days.'],
    ['another part', 'meeting context: Ada saw the demo.'],
    ['the meeting', 'Meeting: Tue 24 Nov 2026, 10:00 EST'],
    ['where it is', 'Meeting link: https://meet.example/1'],
    ['that the account is strategic', 'Debrief: A strategic account'],
    ['a preferred element that is missing', '- economic buyer'],
    ['another one', '- decision criteria'],
    ['whom to call', 'Whom to call: Sam Rep (SDR)'],
    ['the phone of the prospect', 'Phone: +1 617 555 0100'],
  ])('tells %s', (_what, said) => {
    expect(text({ callFirst: sam })).toContain(said);
  });

  test('says so when it was decided, or went to somebody else, in the meantime', () => {
    const of = (change: Partial<Handoff>) =>
      text({ lead: { ...handedOver, life: { ...handedOver.life, handoff: { ...handoff, ...change } } } });
    expect(of({ accepted: { at, by: 'alice' } })).toContain('You have decided in the meantime.');
    expect(of({ ae: { ...handoff.ae, personId: 'ben' } })).toContain('no longer yours to decide');
  });
});

describe('that an SQL was given back', () => {
  const back = (code: string, recipient: Person = sam): string =>
    text({
      ...{ notice: 'handed_back', recipient, clock: null },
      lead: {
        ...handedOver,
        life: { ...NEW_LIFE, pastHandoffs: [{ ...handoff, rejected: { at, by: 'alice', code } }] },
      },
    });

  test.each([
    ['AE-REJ-01', 'go on with the outreach, or recycle it'],
    ['AE-REJ-02', 'a task says when to check in'],
    ['AE-REJ-03', 'find the right contact at the same account'],
    ['AE-REJ-04', 'until the meeting is booked anew'],
    ['AE-REJ-05', 'RevOps decides whose it is'],
  ])('under %s says what to do now', (code, said) => {
    const reason = policy.aeRejections.find((row) => row.code === code)!.reason;
    expect(back(code)).toContain(`was given back by its AE under ${code}: ${reason}.`);
    expect(back(code)).toContain(said);
    expect(back(code)).not.toContain('The briefing');
  });

  test('asks RevOps to decide', () => {
    expect(back('AE-REJ-05', rex)).toContain('Please decide whose it is; a task for you is open.');
  });
});
