/** The tables of policy book §6 and §7, row by row against the default policy, each by its name in the book. */
import { assign } from '../../../../core/ladder/assign.ts';
import { tellOwner } from '../../../../core/ladder/tell-owner.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import { marketingFigures } from '../../../../core/reporting/marketing.ts';
import type { MarketingLead } from '../../../../core/reporting/marketing.ts';
import { monthNamed } from '../../../../core/reporting/period.ts';
import { evaluate } from '../../../../core/qualification/gate/index.ts';
import type { Evaluation, Surroundings } from '../../../../core/qualification/gate/index.ts';
import { fitOf } from '../../../../core/qualification/gate/fit.ts';
import { personaOf } from '../../../../core/qualification/gate/persona.ts';
import type { InquiryFacts } from '../../../../core/qualification/gate/types.ts';
import type { CompiledPolicy } from '../../../../core/policy/compiled.ts';
import { later, mails, worldAt } from '../../../support/world.ts';
import { act, ada, received, THURSDAY, withoutPhone } from '../../lifecycle/gate/inquiries.ts';
import { day, intentOf, lines, signal, START } from './signals.ts';

let world: World;
beforeAll(async () => {
  world = await worldAt(THURSDAY);
});

/** Somebody who passes every criterion; a test changes what it is about. */
function who(change: Partial<InquiryFacts> = {}): InquiryFacts {
  const { contact, company } = ada();
  return { contact, company, signals: [signal('demo_request')], ...change };
}

function judged(facts: InquiryFacts, change: Partial<Surroundings> = {}): Evaluation {
  const { policy, roster } = world;
  return evaluate({ policy, roster, now: START, mx: 'takes_mail', ...change }, facts);
}

const failing = ({ criteria }: Evaluation): string[] =>
  criteria.filter(({ met }) => !met).map(({ criterion }) => criterion);
const contact = (change: InquiryFacts['contact']) => who({ contact: { ...ada().contact, ...change } });
const company = (change: InquiryFacts['company']) => who({ company: { ...ada().company, ...change } });
const acts = (...types: string[]) => who({ signals: types.map((type, n) => signal(type, -n / 10)) });

/** The default policy with lists that everybody fills in with their own. */
function filledIn(change: (policy: CompiledPolicy) => void): { policy: CompiledPolicy } {
  const policy = structuredClone(world.policy);
  change(policy);
  return { policy };
}

test('§6 who fits and means it passes every criterion', () => {
  expect([judged(who()).verdict, failing(judged(who()))]).toEqual(['mql', []]);
});

describe('§6 criterion: ICP fit', () => {
  const nobody = { contact: {}, company: {} };
  const software = () => filledIn(({ mqlGate }) => (mqlGate.icpFit.industries = ['software'])).policy;

  test.each<[string, Pick<InquiryFacts, 'contact' | 'company'>, number]>([
    ['industry in scope +20', { ...nobody, company: { industry: 'software' } }, 20],
    ['industry out of scope', { ...nobody, company: { industry: 'farming' } }, 0],
    ['size in range +15', { ...nobody, company: { employees: 1200 } }, 15],
    ['size out of range', { ...nobody, company: { employees: 10 } }, 0],
    ['economic buyer +20: VP', { ...nobody, contact: { title: 'VP Engineering' } }, 20],
    ['economic buyer +20: director', { ...nobody, contact: { title: 'Director of Operations' } }, 20],
    ['economic buyer +20: C-level', { ...nobody, contact: { title: 'CTO' } }, 20],
    ['influencer +10: manager', { ...nobody, contact: { title: 'Marketing Manager' } }, 10],
    ['influencer +10: senior IC', { ...nobody, contact: { title: 'Senior Engineer' } }, 10],
  ])('%s', (_, facts, points) => {
    const fit = fitOf(software(), facts);
    expect(fit.points.reduce((sum, one) => sum + one.points, 0)).toBe(points);
    expect(fit.score).toBeCloseTo((points / 55) * 100, 1);
  });

  test('weights in the policy scaled to 100: everything is 100', () => {
    expect(fitOf(software(), who()).score).toBe(100);
  });

  test('score ≥ 60 of 100: 60 passes, 59.9 does not', () => {
    const weights = (industry: number) =>
      filledIn(({ mqlGate: { icpFit } }) => {
        icpFit.points = { industry, companySize: 1000 - industry, economicBuyer: 0, influencer: 0 };
      });
    const tiny = company({ employees: 1 });
    expect(failing(judged(tiny, weights(600)))).toEqual([]);
    expect(failing(judged(tiny, weights(599)))).toEqual(['icp_fit']);
  });
});

describe('§6 criterion: persona', () => {
  test.each([
    ['title maps to buyer', 'Chief Financial Officer', 'economic_buyer', []],
    ['title maps to influencer', 'Product Manager', 'influencer', []],
    ['title maps to neither', 'Intern', 'none', ['persona']],
  ])('%s: %s', (_, title, persona, missing) => {
    expect(personaOf(world.policy, title).persona).toBe(persona);
    expect(failing(judged(contact({ title })))).toEqual(missing);
  });
});

describe('§6 criterion: intent', () => {
  test.each<[string, string[], boolean]>([
    ['one tier-1 act', ['contact_sales'], true],
    ['three tier-2 acts', ['webinar_attendee', 'case_study', 'roi_calculator'], true],
    ['two tier-2 acts', ['webinar_attendee', 'case_study'], false],
    ['two tier-2 acts and one of awareness', ['webinar_attendee', 'case_study', 'blog_visit'], false],
    ['no act', [], false],
  ])('%s', (_, types, proven) => {
    expect(failing(judged(acts(...types))).includes('intent')).toBe(!proven);
  });
});

describe('§6 criterion: completeness, e-mail, territory', () => {
  test.each<[string, () => InquiryFacts, string[]]>([
    [
      'completeness: name',
      () => contact({ firstName: undefined, lastName: undefined }),
      ['completeness.name'],
    ],
    ['completeness: company', () => company({ name: undefined }), ['completeness.company']],
    ['completeness: e-mail', () => contact({ email: undefined }), ['completeness.email']],
    ['completeness: phone', () => contact({ phone: undefined }), ['completeness.phone']],
    ['e-mail: valid', () => contact({ email: 'ada.byron(at)analytical' }), ['email.invalid']],
    [
      'e-mail: not role-based (info@)',
      () => contact({ email: 'info@analytical.example' }),
      ['email.role_based'],
    ],
    ['e-mail: not free mail', () => contact({ email: 'ada.byron@gmail.com' }), ['email.free_mail']],
    ['territory: staffed', () => contact({ country: 'AQ', region: undefined }), ['territory_staffed']],
  ])('%s', (_, facts, expected) => {
    expect(failing(judged(facts()))).toEqual(expected);
  });

  test('e-mail: not disposable', () => {
    expect(failing(judged(contact({ email: 'ada.byron@mailinator.com' })))).toContain('email.disposable');
  });

  test('e-mail: domain takes mail', () => {
    expect(failing(judged(who(), { mx: 'takes_none' }))).toEqual(['email.domain_without_mail']);
    expect(failing(judged(who(), { mx: 'unknown' }))).toEqual([]);
  });
});

describe('§6 criterion: disqualifiers', () => {
  const suppressed = {
    kind: 'person',
    scenario: 'cadence_exhausted',
    until: null,
    because: 'The cadence is exhausted.',
  } as const;

  test.each<[string, () => Evaluation, string]>([
    ['customer', () => judged(who({ relations: { customer: true } })), 'not_customer'],
    ['open opportunity', () => judged(who({ relations: { openOpportunity: true } })), 'no_open_opportunity'],
    [
      'competitor',
      () =>
        judged(
          who(),
          filledIn(({ mqlGate }) => mqlGate.disqualifiers.competitors.domains.push('analytical.example')),
        ),
      'not_competitor',
    ],
    ['suppressed', () => judged(who(), { suppressed }), 'not_suppressed'],
    [
      'out of scope',
      () =>
        judged(
          who(),
          filledIn(({ mqlGate }) => mqlGate.disqualifiers.outOfScope.countries.push('US')),
        ),
      'in_scope',
    ],
  ])('%s', (_, evaluation, criterion) => {
    expect([evaluation().verdict, failing(evaluation())]).toEqual(['refused', [criterion]]);
  });
});

describe('§6 scores (appendix B)', () => {
  test.each([
    ['demo +40', ['demo_request'], 'demo_request 40'],
    ['trial +40', ['free_trial'], 'free_trial 40'],
    ['pricing visit with form +35', ['pricing_inquiry'], 'pricing_inquiry 35'],
    ['ROI calculator +30', ['roi_calculator'], 'roi_calculator 30'],
    ['contact sales +40', ['contact_sales'], 'contact_sales 40'],
    ['competitor comparison +25', ['competitor_comparison'], 'competitor_comparison 25'],
    ['live webinar +15', ['webinar_attendee'], 'webinar_attendee 15'],
    ['case study +15', ['case_study'], 'case_study 15'],
    ['3 e-mail clicks in 7 days +15', ['email_click', 'email_click', 'email_click'], 'email_clicks 15'],
    ['several product pages +10', ['product_page', 'product_page'], 'product_pages 10'],
    ['awareness act +5', ['blog_visit'], 'awareness 5'],
    ['unsubscribe −50', ['unsubscribe'], 'unsubscribe -50'],
  ])('%s', async (_, types, line) => {
    const told = types.map((type, n) => signal(type, n / 1000, { session: 'visit' }));
    expect(lines(await intentOf(told, 1))).toEqual([line]);
  });

  test.each([
    ['29 days: nothing is off', 29.9, 40],
    ['no activity for 30 days −10', 30, 30],
    ['59 days: still −10', 59.9, 30],
    ['no activity for 60 days −20', 60, 20],
  ])('%s', async (_, days, total) => {
    expect((await intentOf([signal('demo_request')], days)).total).toBe(total);
  });

  test.each([
    ['MQL at 60', 60, 'mql'],
    ['59: offered to the SDR manager', 59, 'review'],
    ['40: offered to the SDR manager', 40, 'review'],
    ['39: nurture', 39, 'nurture'],
  ])('%s', (_, total, verdict) => {
    // Of the acts one of tier 1 with just the points that are missing to the fit of 35.
    const points = filledIn(({ mqlGate, scoring }) => {
      mqlGate.icpFit.points.industry = 0;
      for (const row of scoring.acts) if (row.id === 'demo_request') row.points = total - 35;
    });
    expect([judged(who(), points).score.total, judged(who(), points).verdict]).toEqual([total, verdict]);
  });

  test('offered to the SDR manager, never routed by itself', () => {
    const manager = ada({ contact: { ...ada().contact, title: 'Marketing Manager' } });
    const { lead, effects } = received(world, manager, act('blog_visit'));
    expect([lead.status, lead.gate?.score.total, lead.clocks]).toEqual(['nurture', 50, []]);
    expect(mails(effects)).toEqual(['review_offer → mona']);
    expect(effects.filter(({ kind }) => kind === 'start')).toEqual([]);
  });

  test('each score can be explained in two sentences', () => {
    for (const facts of [
      who(),
      acts(),
      contact({ phone: undefined }),
      who({ relations: { customer: true } }),
    ]) {
      const { explanation } = judged(facts);
      expect(explanation).toHaveLength(2);
      for (const sentence of explanation) expect(sentence).toMatch(/^[A-Z].+[^.]\.$/);
    }
  });
});

describe('§6 signal rules of 004', () => {
  const page = (type: string, minutes: number, session: string) => signal(type, minutes / 1440, { session });

  test('pricing visit plus two more pages in a session: an act of tier 1', async () => {
    const pages = [page('pricing_page', 0, 'a'), page('other_page', 1, 'a'), page('other_page', 2, 'a')];
    expect(await intentOf(pages, 1)).toMatchObject({ total: 40, proven: true });
    expect((await intentOf(pages.slice(0, 2), 1)).proven).toBe(false);
  });

  test('visits repeated in 14 days: an act of tier 1', async () => {
    expect((await intentOf([signal('visit', 0), signal('visit', 13.9)], 14)).proven).toBe(true);
    expect((await intentOf([signal('visit', 0), signal('visit', 14)], 14)).proven).toBe(false);
  });

  test('content plus open and click in 7 days: an act of tier 2', async () => {
    const told = (click: number) => [
      signal('content_download', 0),
      signal('email_open', 1),
      signal('email_click', click),
    ];
    expect((await intentOf(told(6.9), 8)).acts.tier2.map(({ act: id }) => id)).toEqual(['content_then_mail']);
    expect((await intentOf(told(7), 8)).acts.tier2).toEqual([]);
    expect((await intentOf(told(6.9), 8)).contributions.at(-1)?.at).toBe(new Date(day(6.9)).toISOString());
  });
});

describe('§7 Marketing’s half', () => {
  const clockOf = (lead: ReturnType<typeof received>['lead'], commitment: string) => {
    const { status, dueAt, rungs } = lead.clocks.find((clock) => clock.commitment === commitment) ?? {};
    return { status, dueAt, rungs: rungs?.map(({ rung, at }) => `${rung} ${at.slice(0, 16)}`) };
  };

  test('scoring latency: 4 business hours from the act, threshold 8 h, to the marketing director', () => {
    const told = later(world, '2026-11-19T17:30:00-05:00');
    const { lead, effects } = received(told, ada(), act('demo_request', '2026-11-19T09:00:00-05:00'));
    expect(clockOf(lead, 'marketing.score')).toEqual({
      status: 'missed',
      dueAt: '2026-11-19T18:00:00.000Z',
      rungs: ['breach 2026-11-19T18:00', 'threshold 2026-11-19T22:00'],
    });
    expect(mails(effects)).toContain('threshold → mark');
  });

  test('enrichment: before routing, all MQLs; a lead with Marketing’s half undone is held, and the SDR’s clock does not start', () => {
    const { lead, effects } = received(world, withoutPhone(), act('demo_request'));
    expect(lead).toMatchObject({ status: 'held', owner: null });
    expect(effects.flatMap((one) => (one.kind === 'start' ? [one.machine] : []))).toEqual([
      'commitment-clock',
    ]);
    expect(lead.clocks.map(({ commitment, status }) => `${commitment} ${status}`)).toEqual([
      'marketing.score met',
      'marketing.enrich within_sla',
    ]);
    expect(mails(effects)).toEqual(['held → olive']);
  });

  test('routing: 15 min from MQL, threshold 60 min, to RevOps', () => {
    const { lead } = received(world, ada(), act('demo_request'));
    expect(clockOf(lead, 'mql.route')).toEqual({
      status: 'within_sla',
      dueAt: '2026-11-19T15:15:00.000Z',
      rungs: ['breach 2026-11-19T15:15', 'threshold 2026-11-19T16:00'],
    });
    const row = world.policy.commitments.find(({ id }) => id === 'mql.route');
    expect(row?.rungs.at(-1)?.tell).toEqual(['role:revops']);
  });

  test('notification: together with routing', () => {
    const { lead } = received(world, ada(), act('demo_request'));
    const draw = { personId: 'sam', reason: 'Next in the round robin.', via: 'round_robin' } as const;
    const given = assign(world, lead, draw);
    expect(clockOf(given.lead, 'mql.route').status).toBe('met');
    expect(mails(tellOwner(world, given.lead).effects)).toEqual(['assigned → sam']);
  });

  const mql = (isGood: boolean, n: number): MarketingLead => ({
    leadId: `lead-${n}`,
    source: 'demo_request',
    status: 'assigned',
    qualifiedAt: '2026-11-10T15:00:00.000Z',
    gate: { failing: isGood ? [] : [{ criterion: 'persona' }], heldAt: null, completedAt: null },
    clocks: [],
  });
  const november = monthNamed('2026-11', 'America/New_York');
  const figures = (good: number, all: number) =>
    marketingFigures(
      world.policy,
      Array.from({ length: all }, (_, n) => mql(n < good, n)),
      november,
      november.to,
    );

  test.each([
    ['quality ≥ 95 %', 95, 'green'],
    ['quality below 95 %', 94, 'amber'],
    ['quality 85 %', 85, 'amber'],
    ['quality < 85 % red', 84, 'red'],
  ])('%s', (_, good, band) => {
    expect(figures(good, 100).quality).toMatchObject({ good, checked: 100, band });
  });

  test('volume: 500 MQLs a month', () => {
    expect(figures(250, 250).volume).toEqual({ mqls: 250, target: 500, percent: 50 });
  });
});
