/** Rejections by code (policy book §8): each code with what becomes of the lead, its task, and whom it suppresses. */
import { reject } from '../../../../core/lifecycle/commands/reject.ts';
import { lookAtGate } from '../../../../core/lifecycle/inquiry.ts';
import { resolveRejection } from '../../../../core/lifecycle/rejection.ts';
import { updateLead } from '../../../../core/lifecycle/update.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import { isOpen } from '../../../../core/model/clock.ts';
import type { Lead, LeadFacts } from '../../../../core/model/lead.ts';
import { events, mails, timeline } from '../../../support/world.ts';
import { parsed } from '../../../support/events.ts';
import {
  assigned,
  done,
  enforcing,
  minutesLater,
  open,
  sal,
  saved,
  stand,
  suppressions,
  tasks,
} from './fixture.ts';

let world: World;
let later: World;
beforeAll(async () => {
  world = await enforcing();
  later = minutesLater(world, 60);
});

const known = { signals: [], mx: 'takes_mail' as const, suppressed: null };
const facts = (email: string, company: LeadFacts['company']): Partial<LeadFacts> => ({
  contact: {
    firstName: 'Ada',
    lastName: 'Byron',
    email,
    phone: '+1 617 555 0142',
    country: 'US',
    region: 'MA',
  },
  company,
});
const AT_WORK = facts('ada@analytical.example', { name: 'Analytical Engines', domain: 'engines.example' });
const rejected = (code: string, change: Partial<LeadFacts> = AT_WORK) =>
  done(reject(later, assigned(world, change), { by: 'sam', code }));

test.each<[string, string, string, string, string[], boolean]>([
  [
    'invalid contact info',
    'REJ-01',
    'held',
    'Enrich the contact or suppress it: lead lead-1 (REJ-01) → olive',
    [],
    true,
  ],
  [
    'below ICP: the company is suppressed',
    'REJ-02',
    'rejected',
    'Review the scoring and suppress the company: lead lead-1 (REJ-02) → olive',
    ['company: below_icp', 'domain of address: below_icp'],
    false,
  ],
  [
    'wrong persona: not routed',
    'REJ-03',
    'rejected',
    'Review the persona mapping: lead lead-1 (REJ-03) → olive',
    ['person: wrong_persona'],
    false,
  ],
  [
    'customer or open opportunity: to the account team',
    'REJ-04',
    'rejected',
    'Hand over to the account team: lead lead-1 (REJ-04) → rex',
    [],
    false,
  ],
  [
    'inside the 90-day suppression',
    'REJ-05',
    'rejected',
    'Review the criteria for re-engagement: lead lead-1 (REJ-05) → olive',
    ['person: suppressed_again'],
    false,
  ],
  [
    'competitor: the domain for ever',
    'REJ-06',
    'rejected',
    'Suppress the domain for ever: lead lead-1 (REJ-06) → olive',
    ['domain of address: competitor'],
    false,
  ],
  [
    'outside the territory: routed again or held',
    'REJ-07',
    'held',
    'Route to the right territory or hold: lead lead-1 (REJ-07) → olive',
    [],
    true,
  ],
])('§8 %s (%s)', (_, code, status, task, suppressed, creditDue) => {
  const decision = rejected(code);
  const { lead, effects } = decision;
  expect(lead.status).toBe(status);
  expect(lead.life.rejection).toMatchObject({ code, by: 'sam', holds: status === 'held', resolvedAt: null });
  expect(tasks(effects)).toEqual([task]);
  expect(suppressions(effects)).toEqual(suppressed);
  expect(decision.creditDue).toBe(creditDue);
  expect(events(effects)).toContain('LeadRejected');
  expect(parsed(effects)).toBe(true);
});

describe('a rejection', () => {
  test('is in time within four hours, ends what Sales owes, and starts the time for the task', () => {
    const { lead } = rejected('REJ-03');
    expect(stand(lead, 'sal.decide', 'mql.respond')).toEqual(['sal.decide met', 'mql.respond cancelled']);
    expect(open(lead)).toEqual(['marketing.rejection']);
    expect(lead.life.closedAt).toBe('2026-11-17T15:00:00.000Z');
  });

  test('of a SAL is its feedback to Marketing; the time for qualifying it is over', () => {
    const { lead } = done(reject(later, sal(world), { by: 'sam', code: 'REJ-06' }));
    expect(stand(lead, 'sql.feedback', 'sal.resolve')).toEqual(['sql.feedback met', 'sal.resolve cancelled']);
  });

  test('takes no text for a code: it names the codes', () => {
    expect(reject(later, assigned(world), { by: 'sam', code: 'not interested' })).toMatchObject({
      refused: 'unknown-code',
      detail: expect.stringContaining('REJ-01 (Invalid contact info), REJ-02 (Below ICP)') as unknown,
      missing: [{ path: 'code', message: expect.stringContaining('REJ-07') as unknown }],
      allowed: ['accept', 'reject', 'dispose'],
    });
  });

  test('by the same person with the same code again changes nothing', () => {
    const lead = saved(rejected('REJ-06'));
    const again = done(reject(minutesLater(later), lead, { by: 'sam', code: 'REJ-06' }));
    expect([again.lead === lead, again.effects, again.creditDue]).toEqual([true, [], false]);
    expect(reject(later, lead, { by: 'sam', code: 'REJ-03' })).toMatchObject({
      refused: 'not-allowed',
      allowed: [],
    });
  });

  test('of a customer tells the account team, and the gate lets no act make an MQL of them', () => {
    const { lead, effects } = rejected('REJ-04');
    expect(
      mails(effects).concat(lead.held.map(({ notice }) => `${notice.notice} → ${notice.recipient}`)),
    ).toContain('account_team → rex');
    expect(timeline(effects)).toContain('sent_to_account_team');
    expect(lead.relations).toEqual({ customer: true });
    const looked = lookAtGate(minutesLater(later), saved({ lead, effects }), known);
    expect(looked.lead.gate?.verdict).toBe('refused');
  });
});

describe('whom a rejection suppresses', () => {
  test.each<[string, string, Partial<LeadFacts>, string[]]>([
    [
      'a competitor who writes from a free mailbox: the domain of the company, never that of the mailbox',
      'REJ-06',
      facts('ada.byron@gmail.com', { name: 'Analytical Engines', domain: 'analytical.example' }),
      ['domain of company: competitor'],
    ],
    [
      'a competitor of whom no domain is known: the company by its name and the person',
      'REJ-06',
      facts('ada.byron@gmail.com', { name: 'Analytical Engines' }),
      ['company: competitor', 'person: competitor'],
    ],
    [
      'a company without a name: its domain',
      'REJ-02',
      facts('ada@analytical.example', {}),
      ['domain of address: below_icp'],
    ],
    [
      'a company of which nothing is known: the person',
      'REJ-02',
      facts('ada.byron@gmail.com', {}),
      ['person: below_icp'],
    ],
  ])('%s', (_, code, change, expected) => {
    expect(suppressions(rejected(code, change).effects)).toEqual(expected);
  });

  test('nobody, where the lead has no address', () => {
    const lead: Lead = { ...assigned(world), contact: { lastName: 'Byron' } };
    expect(suppressions(done(reject(later, lead, { by: 'sam', code: 'REJ-03' })).effects)).toEqual([]);
  });
});

describe('what is held for Marketing (REJ-01, REJ-07)', () => {
  const held = () => saved(rejected('REJ-01'));
  const phone = (number: string) => ({ contact: { phone: number } });

  test('has the clocks of what is missing and of the task, and tells Marketing Ops', () => {
    const { lead, effects } = rejected('REJ-01');
    expect(open(lead)).toEqual(['marketing.enrich', 'marketing.rejection']);
    expect(events(effects)).toContain('LeadHeld');
    const told = [
      ...mails(effects),
      ...lead.held.map(({ notice }) => `${notice.notice} → ${notice.recipient}`),
    ];
    expect(told).toContain('held → olive');
  });

  test('does not come back by an act, nor by a change of something else', () => {
    const lead = held();
    expect(lookAtGate(minutesLater(later), lead, known).lead).toBe(lead);
    const other = updateLead(minutesLater(later), lead, { contact: { title: 'CTO' } }, 'api', known);
    expect(other.lead.status).toBe('held');
  });

  test('comes back as an MQL of another cycle when the contact is mended: both clocks are met', () => {
    const { lead, effects } = updateLead(minutesLater(later), held(), phone('+1 617 555 0199'), 'api', known);
    expect(lead).toMatchObject({
      status: 'unassigned',
      cycle: 2,
      owner: null,
      life: { rejection: null, closedAt: null },
    });
    const before = lead.clocks.filter(({ cycle }) => cycle === 1);
    expect(stand({ ...lead, clocks: before }, 'marketing.enrich', 'marketing.rejection')).toEqual([
      'marketing.enrich met',
      'marketing.rejection met',
    ]);
    expect(
      lead.clocks.some((clock) => clock.commitment === 'mql.respond' && clock.cycle === 2 && isOpen(clock)),
    ).toBe(true);
    expect(events(effects)).toContain('RejectionResolved');
    expect(parsed(effects)).toBe(true);
  });

  test('comes back by the next look when somebody says that it is done', () => {
    const resolved = resolveRejection(minutesLater(later), held(), 'olive');
    const again = resolveRejection(minutesLater(later, 20), saved(resolved), 'olive');
    expect([stand(resolved.lead, 'marketing.rejection'), again.effects]).toEqual([
      ['marketing.rejection met'],
      [],
    ]);
    expect(lookAtGate(minutesLater(later, 20), saved(resolved), known).lead).toMatchObject({ cycle: 2 });
  });

  test('a lead of a version without the gate cannot be held by it, and is rejected', () => {
    const lead: Lead = { ...assigned(world), gate: null };
    expect(done(reject(later, lead, { by: 'sam', code: 'REJ-01' })).lead).toMatchObject({
      status: 'rejected',
      life: { rejection: { holds: false } },
    });
  });
});

test('what a CRM has qualified and Sales has given up comes back by acts, not by the next change of it', () => {
  const lead = saved(rejected('REJ-03'));
  const touched = updateLead(minutesLater(later), lead, { contact: { title: 'CTO' } }, 'api', known);
  expect(touched.lead).toMatchObject({ status: 'rejected', cycle: 1 });
});
