import { renderNotice } from '../../../core/messages/index.ts';
import type { NoticeInput } from '../../../core/messages/index.ts';
import { NOTICE_KINDS } from '../../../core/model/effects.ts';
import type { JudgedAttempt } from '../../../core/model/lead.ts';
import { epochMs } from '../../../core/time.ts';
import { clock, lead, mona, nina, policy, prospect, reminder, sam, victor } from './fixture.ts';

const STAFF_KINDS = NOTICE_KINDS.filter((kind) => kind !== 'acknowledgement' && kind !== 'meeting_reminder');

function attempt(n: number, more: Partial<JudgedAttempt> = {}): JudgedAttempt {
  const occurredAt = new Date(epochMs('2026-11-20T15:05:00Z') + n * 60_000).toISOString();
  const base = {
    activityId: `a${n}`,
    occurredAt,
    countsAt: occurredAt,
    receivedAt: occurredAt,
    contact: false,
  };
  return { ...base, backDated: false, personId: 'sam', type: 'call', outcome: 'no_answer', ...more };
}

describe('a reminder to the owner', () => {
  const { subject, text, html } = renderNotice(reminder);

  test('has the company and the time left in its subject', () => {
    expect(subject).toBe('Reminder: Example Works (2 min 30 s left)');
  });

  test.each([
    ['the prospect', 'Name: Ada Byron'],
    ['the title', 'Title: VP Engineering'],
    ['the company', 'Company: Example Works'],
    ['the phone', 'Phone: +1 617 555 0100'],
    ['the address', 'E-mail: ada@prospect.example'],
    ['the source', 'Source: demo request'],
    ['the tier', 'Tier: 1'],
    ['the segment', 'Segment: mid market'],
    ['the priority', 'Priority: hot'],
    ['the target and its row', 'Target: 5 business minutes, from source demo request'],
    ['when it is due', 'Due: Fri 20 Nov 2026, 10:09 EST (2 min 30 s left)'],
    ['that nothing was tried', 'Nothing was tried so far.'],
    ['whom to call', 'Whom to call: Ada Byron, +1 617 555 0100'],
    ['why they got it', 'Why you: It was your turn in us-east.'],
    ['the next step', "Fri 20 Nov 2026, 10:07:45 EST: warning to the owner and the owner's manager."],
    ['the way to the CRM', 'https://login.salesforce.com/00Q5g00000ABCDEFGH'],
  ])('tells %s', (_what, said) => {
    expect(text).toContain(said);
  });

  test('says the same in HTML, with numbers to click on', () => {
    expect(html).toContain('<a href="tel:+16175550100">+1 617 555 0100</a>');
    expect(html).toContain('<a href="mailto:ada@prospect.example">');
    expect(html).toContain('2 min 30 s left');
  });
});

describe('times', () => {
  test('are told in the recipient’s own zone with its short name', () => {
    const { text } = renderNotice({ ...reminder, recipient: nina });
    expect(text).toContain('Due: Fri 20 Nov 2026, 16:09 CET (');
  });

  test.each([
    ['before the deadline', '2026-11-20T15:04:00Z', '5 min left'],
    ['at the deadline', '2026-11-20T15:09:00Z', 'due now'],
    ['after it', '2026-11-20T15:16:00Z', '7 min late'],
    ['after a weekend, which does not count', '2026-11-23T14:00:00Z', '8 h 51 min late'],
  ])('%s', (_when, now, said) => {
    expect(renderNotice({ ...reminder, now: epochMs(now) }).subject).toContain(`(${said})`);
  });

  test('of a paused clock say that it is paused', () => {
    const pause = { from: '2026-11-20T15:05:00.000Z', to: null, until: null, reason: 'x', by: 'mona' };
    const paused = { ...clock, pauses: [{ ...pause, statusBefore: 'within_sla' as const }] };
    const { subject, text } = renderNotice({ ...reminder, clock: paused });
    expect(subject).toContain('(paused)');
    expect(text).toContain('Nothing until the clock is resumed.');
  });

  test('are left out when the policy no longer knows the calendar', () => {
    const lost = { ...clock, calendar: { ...clock.calendar, id: 'gone' } };
    expect(renderNotice({ ...reminder, clock: lost }).subject).toBe('Reminder: Example Works');
  });

  test('fall back to UTC for a zone that is none', () => {
    expect(renderNotice({ ...reminder, recipient: { ...sam, timeZone: 'Mars/Olympus' } }).text).toContain(
      '15:09 UTC',
    );
  });
});

describe('what was tried', () => {
  test('is told oldest first with type, outcome, instant and person', () => {
    const judged = [
      attempt(1, { outcome: 'voicemail' }),
      attempt(0),
      attempt(2, { backDated: true, personId: null }),
    ];
    const { text } = renderNotice({ ...reminder, lead: { ...lead, judged } });
    expect(text).toContain(
      [
        '- Fri 20 Nov 2026, 10:05 EST: call, no answer, by Sam Rep',
        '- Fri 20 Nov 2026, 10:06 EST: call, voicemail, by Sam Rep',
        '- Fri 20 Nov 2026, 10:07 EST: call, no answer, typed in afterwards',
      ].join('\n'),
    );
  });

  test('counts the earlier ones of very many', () => {
    const judged = Array.from({ length: 14 }, (_, n) => attempt(n));
    const { text } = renderNotice({ ...reminder, lead: { ...lead, judged } });
    expect(text).toContain('- and 4 earlier');
    expect(text.match(/call, no answer/g)).toHaveLength(10);
  });
});

describe('personal data', () => {
  const seen = (input: Partial<NoticeInput>): string => {
    const { subject, text, html } = renderNotice({ ...reminder, ...input });
    return subject + text + html;
  };

  test.each([
    ['critical', victor],
    ['incident', victor],
    ['threshold', victor],
    ['breach_old_owner', nina],
  ] as const)('of the prospect beyond company and name stays out of %s', (notice, recipient) => {
    const all = seen({ notice, recipient, callFirst: mona });
    expect(all).toContain('Example Works');
    expect(all).toContain('Ada Byron');
    for (const hidden of ['617', 'ada@prospect.example', 'VP Engineering']) expect(all).not.toContain(hidden);
  });

  test('is there for the manager who may have to call', () => {
    expect(seen({ notice: 'breach_manager', recipient: mona })).toContain('+1 617 555 0100');
  });
});

describe('each kind', () => {
  test.each(STAFF_KINDS)(
    '%s renders for owner, manager and VP, with and without clock and owner',
    (notice) => {
      for (const recipient of [sam, mona, victor]) {
        const full = renderNotice({ ...reminder, notice, recipient, previousOwner: nina, callFirst: sam });
        const bare = renderNotice({ ...reminder, notice, recipient, owner: null, clock: null });
        for (const { subject, text, html } of [full, bare]) {
          expect(subject).toContain('Example Works');
          expect(`${subject}${text}${html}`).not.toMatch(/undefined|null|NaN|\[object|\( *\)/);
        }
      }
    },
  );

  test('have subjects of their own', () => {
    const subjects = STAFF_KINDS.map(
      (notice) => renderNotice({ ...reminder, notice, recipient: mona }).subject,
    );
    expect(new Set(subjects).size).toBe(STAFF_KINDS.length);
  });

  test('a breach that found nobody else says that the lead is still theirs', () => {
    const { subject, text } = renderNotice({ ...reminder, notice: 'breach_old_owner' });
    expect(subject).toContain('still yours');
    expect(text).toContain('Why you: It was your turn in us-east.');
  });

  test('another commitment is called by its title', () => {
    const routing = { ...clock, commitment: 'mql.route', stop: ['owner_assigned'] };
    const { text } = renderNotice({ ...reminder, notice: 'threshold', recipient: victor, clock: routing });
    expect(text).toContain('“Routing” is still open for Example Works');
  });

  test('a breach of a role goes past that role, and speaks of a task only where one is open', () => {
    const routing = { ...clock, commitment: 'mql.route', stop: ['owner_assigned'] };
    const of = (notice: 'threshold' | 'breach_manager', on: typeof clock): string =>
      renderNotice({ ...reminder, notice, recipient: mona, clock: on }).text;
    expect(of('threshold', routing)).toContain('a miss goes past Marketing Ops.');
    expect(of('threshold', clock)).toContain('a miss goes past the owner.');
    expect(of('breach_manager', clock)).toContain('A task for you is open.');
    expect(of('breach_manager', { ...clock, commitment: 'unknown' })).not.toContain('A task for you');
  });

  test('after the last rung the escalated list is what remains', () => {
    const { text } = renderNotice({ ...reminder, now: epochMs('2026-11-20T19:00:00Z') });
    expect(text).toContain('This was the last step.');
  });

  test('a clock that was met while the message waited says so', () => {
    const met = { ...clock, metAt: '2026-11-20T15:05:00.000Z', status: 'met' as const };
    expect(renderNotice({ ...reminder, clock: met }).subject).toContain('done in the meantime');
  });
});

describe('the reminder of a meeting', () => {
  const appointed = { at: '2026-11-24T15:00:00.000Z', side: 'after' as const };
  const near = { ...clock, commitment: 'meeting.outcome', appointed };

  test('tells the prospect when it is in their own zone, and nothing of ours', () => {
    const { subject, text } = renderNotice({
      ...reminder,
      notice: 'meeting_reminder',
      recipient: prospect,
      clock: near,
    });
    expect(subject).toBe('A reminder of our meeting');
    expect(text).toContain('we meet on Tue 24 Nov 2026, 10:00 EST');
    expect(text).not.toMatch(/SLA|tier|score|Sam/i);
  });

  test('tells whoever meets them', () => {
    const { subject, text } = renderNotice({ ...reminder, notice: 'meeting_near', clock: near });
    expect(subject).toBe('Meeting soon: Example Works');
    expect(text).toContain('You meet Example Works on Tue 24 Nov 2026, 10:00 EST.');
  });
});

describe('the acknowledgement', () => {
  const evening = epochMs('2026-11-20T23:30:00Z');
  const monday = { ...clock, countsFrom: '2026-11-23T13:00:00.000Z' };
  const input: NoticeInput = {
    ...reminder,
    notice: 'acknowledgement',
    recipient: prospect,
    clock: monday,
    now: evening,
  };
  const { subject, text, html } = renderNotice(input);

  test('greets the prospect and says when somebody will be in touch, in the prospect’s own zone', () => {
    expect(text).toContain('Hello Ada,');
    expect(text).toContain(
      'Our team is back on Mon 23 Nov 2026, 08:00 EST and will be in touch with you then.',
    );
  });

  test('tells nothing of what the product knows', () => {
    const all = subject + text + html;
    for (const inner of [
      '8261',
      'ier',
      'hot',
      'Sam',
      'Mona',
      'mid',
      'demo',
      'lead',
      'Byron',
      'Example Works',
    ]) {
      expect(all).not.toContain(inner);
    }
  });

  test.each([
    'Visit evil.example',
    'http://x',
    'Win 1000',
    'a@b.example',
    '<b>',
    'Call now please my friend',
    '',
  ])('leaves out a first name that is none: %s', (firstName) => {
    const sly = renderNotice({ ...input, lead: { ...lead, contact: { ...lead.contact, firstName } } });
    expect(sly.text).toMatch(/^Hello,\n/);
  });

  test('is never sent to staff, nor anything else to the prospect', () => {
    expect(() => renderNotice({ ...input, recipient: sam })).toThrow(TypeError);
    expect(() => renderNotice({ ...input, notice: 'reminder' })).toThrow(TypeError);
  });
});

test('rendering is a function of its input alone', () => {
  expect(renderNotice({ ...reminder, policy })).toEqual(renderNotice({ ...reminder, policy }));
});
