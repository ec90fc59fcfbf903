import fc from 'fast-check';
import { evaluate } from '../../../../core/qualification/gate/index.ts';
import type { Evaluation } from '../../../../core/qualification/gate/index.ts';
import { signalTypes } from '../../../../core/qualification/gate/intent.ts';
import type { MxVerdict } from '../../../../core/qualification/gate/email.ts';
import type { InquiryFacts } from '../../../../core/qualification/gate/types.ts';
import type { CompiledPolicy } from '../../../../core/policy/compiled.ts';
import { loadPeople } from '../../../../lib/policy/people.ts';
import { defaultPolicy } from '../facts.ts';
import { day, signal, START } from './signals.ts';

let policy: CompiledPolicy;
let people: Awaited<ReturnType<typeof loadPeople>>;
beforeAll(async () => {
  policy = await defaultPolicy();
  people = await loadPeople('policy/people.yaml');
});

/** Somebody who passes every criterion; a test changes what it is about. */
function inquiry(change: Partial<InquiryFacts> = {}): InquiryFacts {
  return {
    contact: {
      firstName: 'Ada',
      lastName: 'Byron',
      email: 'ada.byron@analytical.example',
      phone: '+1 617 555 0142',
      title: 'VP Engineering',
      country: 'US',
      region: 'MA',
    },
    company: {
      name: 'Analytical Engines',
      domain: 'analytical.example',
      employees: 1200,
      industry: 'software',
    },
    signals: [signal('demo_request')],
    ...change,
  };
}

function judged(facts: InquiryFacts, now = START, mx: MxVerdict = 'takes_mail'): Evaluation {
  return evaluate({ policy, roster: { version: 0, people }, now, mx }, facts);
}

const failing = ({ criteria }: Evaluation): string[] =>
  criteria.filter(({ met }) => !met).map(({ criterion }) => criterion);

describe('the gate (policy book §6)', () => {
  test('lets pass who fits and means it', () => {
    const evaluation = judged(inquiry());
    expect(failing(evaluation)).toEqual([]);
    expect(evaluation).toMatchObject({
      verdict: 'mql',
      track: null,
      score: { total: 95, fit: 55, intent: 40, toThreshold: 0 },
      fit: { score: 100 },
    });
    expect(evaluation.explanation).toEqual([
      'An MQL: 95 points where 60 are needed, 55 for fit and 40 for intent; the ICP fit is 100 of 100.',
      expect.stringMatching(/^What counted most: Demo request \(\+40\); .+\.$/) as unknown,
    ]);
  });

  const { contact, company } = inquiry();
  test.each<[string, Partial<InquiryFacts>, Evaluation['verdict'], Evaluation['track'], string[]]>([
    [
      'without a telephone number',
      { contact: { ...contact, phone: undefined } },
      'held',
      null,
      ['completeness.phone'],
    ],
    [
      'with a role address',
      { contact: { ...contact, email: 'info@analytical.example' } },
      'held',
      null,
      ['email.role_based'],
    ],
    [
      'with free mail',
      { contact: { ...contact, email: 'ada@gmail.com' } },
      'held',
      null,
      ['email.free_mail'],
    ],
    [
      'with a disposable address',
      { contact: { ...contact, email: 'ada@mailinator.com' } },
      'held',
      null,
      ['email.free_mail', 'email.disposable'],
    ],
    ['without a name', { contact: { ...contact, lastName: '' } }, 'held', null, ['completeness.name']],
    [
      'without a company',
      { company: { ...company, name: undefined } },
      'held',
      null,
      ['completeness.company'],
    ],
    ['an intern', { contact: { ...contact, title: 'Intern' } }, 'nurture', 'keen_but_no_fit', ['persona']],
    ['of a company of ten', { company: { ...company, employees: 10 } }, 'mql', null, []],
    [
      'a manager of a company of ten',
      { contact: { ...contact, title: 'Marketing Manager' }, company: { ...company, employees: 10 } },
      'nurture',
      'keen_but_no_fit',
      ['icp_fit'],
    ],
    [
      'with two acts of tier 2',
      { signals: [signal('webinar_attendee'), signal('case_study')] },
      'review',
      null,
      ['intent'],
    ],
    [
      'with three acts of tier 2',
      { signals: [signal('webinar_attendee'), signal('case_study'), signal('roi_calculator')] },
      'mql',
      null,
      [],
    ],
    [
      'a manager who read a page',
      { contact: { ...contact, title: 'Marketing Manager' }, signals: [signal('awareness')] },
      'review',
      null,
      ['intent', 'score'],
    ],
    ['who did nothing', { signals: [] }, 'review', null, ['intent', 'score']],
    ['a customer', { relations: { customer: true } }, 'refused', null, ['not_customer']],
    [
      'with an open opportunity',
      { relations: { openOpportunity: true } },
      'refused',
      null,
      ['no_open_opportunity'],
    ],
    [
      'from where nobody sells',
      { contact: { ...contact, country: 'AQ', region: undefined } },
      'refused',
      null,
      ['territory_staffed'],
    ],
  ])('%s', (_, change, verdict, track, missing) => {
    const evaluation = judged(inquiry(change));
    expect([evaluation.verdict, evaluation.track, failing(evaluation)]).toEqual([verdict, track, missing]);
  });

  test('a domain that takes no mail holds the lead; one that did not answer is noted and does not', () => {
    expect(failing(judged(inquiry(), START, 'takes_none'))).toEqual(['email.domain_without_mail']);
    const unknown = judged(inquiry(), START, 'unknown');
    expect(unknown.verdict).toBe('mql');
    expect(
      unknown.criteria.find(({ criterion }) => criterion === 'email.domain_without_mail')?.note,
    ).toBeDefined();
  });

  test('who did nothing more falls below the threshold with time, and the score of today is not kept', () => {
    const facts = inquiry({
      contact: { ...inquiry().contact, title: 'Marketing Manager' },
      signals: [signal('roi_calculator'), signal('webinar_attendee'), signal('case_study')],
    });
    expect(judged(facts, day(0)).score.total).toBe(105);
    expect(judged(facts, day(31)).score.total).toBe(95);
    expect(judged(facts, day(61)).score.total).toBe(85);
    expect(judged(facts, day(0)).score.total).toBe(105);
  });

  test('tells of somebody who is refused what would pass, and not what would not help', () => {
    const facts = inquiry({ relations: { customer: true }, contact: { ...contact, phone: undefined } });
    expect(judged(facts).explanation[1]).toBe(
      'What would pass: a company that is not a customer; customers go to the account team.',
    );
  });

  test('tells in two sentences what is missing, without a value of the person', () => {
    const evaluation = judged(
      inquiry({ contact: { ...inquiry().contact, email: 'info@gmail.com', phone: '12' } }),
    );
    expect(evaluation.explanation).toHaveLength(2);
    expect(evaluation.explanation[1]).toMatch(/^Missing: .+\.$/);
    for (const value of ['info@gmail.com', 'Byron', '"12"', 'VP Engineering']) {
      expect(JSON.stringify(evaluation)).not.toContain(value);
    }
  });

  const acts = () => fc.constantFrom(...signalTypes(policy).filter((type) => type !== 'unsubscribe'));
  test('one more signal that speaks for somebody never lowers the score, and evaluating twice is evaluating once', () => {
    const signals = fc.array(fc.tuple(acts(), fc.integer({ min: 0, max: 90 })), { maxLength: 12 });
    fc.assert(
      fc.property(signals, acts(), fc.integer({ min: 0, max: 90 }), (told, type, days) => {
        const before = inquiry({ signals: told.map(([one, at]) => signal(one, at)) });
        const after = { ...before, signals: [...before.signals, signal(type, days)] };
        const score = judged(before, day(90));
        expect(judged(after, day(90)).score.total).toBeGreaterThanOrEqual(score.score.total);
        expect(judged({ ...before, signals: before.signals.toReversed() }, day(90))).toEqual(score);
      }),
      { numRuns: 200 },
    );
  });
});
