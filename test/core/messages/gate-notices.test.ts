/** What Marketing, a reviewer and the account team are told (policy book §6, §7). */
import { renderNotice } from '../../../core/messages/index.ts';
import type { NoticeInput } from '../../../core/messages/index.ts';
import { epochMs } from '../../../core/time.ts';
import { enrichment, gate, held, heldLead, mark, mona, olive, rex, scoring } from './fixture.ts';

const text = (input: Partial<NoticeInput>): string => renderNotice({ ...held, ...input }).text;
const all = (input: Partial<NoticeInput>): string => {
  const message = renderNotice({ ...held, ...input });
  return message.subject + message.text + message.html;
};

/** What only somebody needs who works on an MQL. */
const OF_SALES = ['Whom to call', 'What was tried', 'nobody yet', 'first attempt', 'Nobody owns it'];
const PERSONAL = ['617', 'ada@prospect.example', 'VP Engineering'];

describe('that a lead is held', () => {
  const { subject, text: said, html } = renderNotice(held);

  test('has the company and the time that Marketing has in its subject', () => {
    expect(subject).toBe('Held for Marketing: Example Works (4 h left)');
  });

  test.each([
    ['that fit and intent are there', 'Example Works has the fit and the intent of an MQL'],
    ["that the SDR's clock stands", "The SDR's clock has not started"],
    ['how long Marketing has', 'Marketing has until Fri 20 Nov 2026, 14:04 EST.'],
    [
      'a field, what kind of value it has and what would pass',
      '- Phone: too short. What would pass: a telephone number with its country code.',
    ],
    ['every field', '- E-mail: role based. What would pass: the address of a person'],
    ['how to add it', 'PATCH /v1/leads/lead-1'],
    ['what comes next', 'Fri 20 Nov 2026, 12:04 EST: reminder to Marketing Ops.'],
    ['which lead', 'https://login.salesforce.com/00Q5g00000ABCDEFGH'],
    ['by what right', 'The policy names you for this step as Marketing Ops.'],
  ])('tells %s', (_what, part) => {
    expect(said).toContain(part);
  });

  test('blames nobody, calls nobody, and shows no value of the contact', () => {
    for (const other of [...OF_SALES, ...PERSONAL, 'missed', 'breach', 'late', 'fault']) {
      expect(subject + said + html).not.toContain(other);
    }
  });

  test('tells the deadline in the zone of whoever reads it', () => {
    expect(text({ recipient: { ...olive, timeZone: 'Europe/Berlin' } })).toContain(
      'Marketing has until Fri 20 Nov 2026, 20:04 CET.',
    );
  });

  test('names only what holds the lead: not the prospect’s half, nor what the policy only reports', () => {
    const failing = [{ criterion: 'icp_fit', met: false, wouldPass: 'a fit of at least 60 of 100' }];
    const of = (decides: 'gate' | 'crm') =>
      text({ lead: { ...heldLead, gate: { ...gate, decides, failing: [...gate.failing, ...failing] } } });
    expect(of('gate')).toContain('- Phone');
    expect(of('gate')).not.toContain('a fit of at least');
    expect(of('crm')).not.toContain('What is missing');
  });

  test('says so when it was added before the mail went out', () => {
    const met = { ...enrichment, metAt: '2026-11-20T15:03:00.000Z', status: 'met' as const };
    expect(text({ clock: met })).toContain('It has been added in the meantime.');
    const gone = { ...enrichment, status: 'cancelled' as const };
    expect(text({ clock: gone })).toContain('In the meantime it is held no longer: nothing has to be added.');
    for (const clock of [met, gone]) expect(text({ clock })).not.toContain('What is missing');
  });
});

describe("Marketing's clocks", () => {
  test.each([
    ['reminder', olive, 'What is missing about Example Works has not been added yet.'],
    [
      'breach_manager',
      olive,
      "What is missing about Example Works has not been added yet; the target has passed. The SDR's clock has not started.",
    ],
    [
      'threshold',
      mark,
      'What is missing about Example Works has not been added yet, beyond the threshold at which a miss goes past Marketing Ops.',
    ],
  ] as const)('of enrichment: %s', (notice, recipient, opening) => {
    const said = text({ notice, recipient, now: epochMs('2026-11-20T19:04:00Z') });
    expect(said).toContain(`\n${opening}\n`);
    expect(said).toContain('- Phone: too short.');
    for (const other of [...OF_SALES, 'A task for you']) expect(said).not.toContain(other);
  });

  test('of enrichment: after the last rung the lead stays held', () => {
    expect(text({ notice: 'threshold', recipient: mark, now: epochMs('2026-11-23T15:00:00Z') })).toContain(
      'This was the last step. The lead stays held until nothing is missing.',
    );
  });

  test.each([
    [null, 'An act that may qualify Example Works is not scored yet; the target has passed.'],
    [
      '2026-11-20T20:00:00.000Z',
      'An act that may qualify Example Works was scored late: it is of Fri 20 Nov 2026, 10:04 EST and was told on Fri 20 Nov 2026, 15:00 EST; the target has passed.',
    ],
  ])('of scoring, met at %s', (metAt, opening) => {
    const said = text({ notice: 'breach_manager', clock: { ...scoring, metAt } });
    expect(said).toContain(`\n${opening}\n`);
    expect(said).toContain('GET /v1/leads/lead-1/timeline');
    for (const other of [...OF_SALES, 'A task for you', 'What is missing']) expect(said).not.toContain(other);
  });
});

test('a mail about scoring says in its subject that it was late, and not that it is done', () => {
  const clock = { ...scoring, metAt: '2026-11-20T20:00:00.000Z' };
  expect(renderNotice({ ...held, notice: 'threshold', recipient: mark, clock }).subject).toBe(
    'Breach threshold passed: Example Works (scored late), “Scoring”',
  );
});

describe('an offer for review', () => {
  const offered = {
    ...gate,
    verdict: 'review' as const,
    score: { total: 52, fit: 37, intent: 15 },
    explanation: ['Offered for review: 52 points.', 'What counted most: a live webinar (+15).'],
  };
  const offer: Partial<NoticeInput> = {
    notice: 'review_offer',
    clock: null,
    recipient: mona,
    lead: { ...heldLead, status: 'nurture', clocks: [], gate: offered },
  };

  test.each([
    ['the score and the threshold', '(52 of 60 points)'],
    ['the first sentence', 'Offered for review: 52 points.'],
    ['what counted most', 'What counted most: a live webinar (+15).'],
    ['what is missing besides', '- Phone: too short.'],
    ['how to answer', 'POST /v1/inquiries/lead-1/review with {"decision": "accept", "by": "mona"'],
    ['that nothing happens by itself', 'nothing happens by itself, no clock runs'],
  ])('tells %s', (_what, part) => {
    expect(text(offer)).toContain(part);
  });

  test.each(['accepted', 'left', 'lapsed'] as const)(
    'that is %s before the mail goes out asks for nothing',
    (state) => {
      const at = '2026-11-20T15:04:00.000Z';
      const review = { n: 1, state, offeredAt: at, decidedAt: at, by: null, reason: null };
      const said = text({ ...offer, lead: { ...heldLead, gate: { ...offered, review } } });
      expect(said).toContain('The offer is over in the meantime');
      expect(said).not.toContain('How to answer');
    },
  );

  test('asks for a decision and for no call', () => {
    for (const other of [...OF_SALES, ...PERSONAL]) expect(all(offer)).not.toContain(other);
  });
});

describe('a request of somebody who is known', () => {
  const asked = (relations: { customer?: boolean; openOpportunity?: boolean }): Partial<NoticeInput> => ({
    notice: 'account_team',
    clock: null,
    recipient: rex,
    lead: { ...heldLead, status: 'disqualified', clocks: [], relations },
  });

  test.each([
    [{ customer: true }, 'it is a customer.'],
    [{ openOpportunity: true }, 'it has an open opportunity.'],
    [{ customer: true, openOpportunity: true }, 'it is a customer and has an open opportunity.'],
    [{}, 'it is a customer or has an open opportunity.'],
  ])('%o', (relations, said) => {
    expect(text(asked(relations))).toContain(said);
  });

  test('asks RevOps to hand it over, and says that Sales does nothing', () => {
    const said = all(asked({ customer: true }));
    expect(said).toContain('Please hand it over to whoever looks after the account');
    expect(said).toContain('no SDR gets it, and no response clock runs');
    for (const other of [...OF_SALES, ...PERSONAL, 'What is missing']) expect(said).not.toContain(other);
  });
});
