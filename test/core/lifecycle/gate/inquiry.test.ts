import fc from 'fast-check';
import { awaitsGate, lookAtGate, receiveLead } from '../../../../core/lifecycle/inquiry.ts';
import { updateLead } from '../../../../core/lifecycle/update.ts';
import { parseEventData } from '../../../../core/events/schemas.ts';
import type { Effect } from '../../../../core/model/effects.ts';
import type { Lead } from '../../../../core/model/lead.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import { events, later, mails, timeline, worldAt, demoRequest } from '../../../support/world.ts';
import { act, ada, known, received, saved, THURSDAY, withoutPhone } from './inquiries.ts';

let world: World;
beforeAll(async () => {
  world = await worldAt(THURSDAY);
});

const clock = (lead: Lead, commitment: string) =>
  lead.clocks.find((candidate) => candidate.commitment === commitment);
const starts = (effects: Effect[]): string[] =>
  effects.flatMap((effect) => (effect.kind === 'start' ? [effect.name] : []));

/** Every event of a decision is of its shape. */
function shaped(effects: Effect[]): void {
  for (const effect of effects) {
    if (effect.kind === 'event') parseEventData(effect.detailType, effect.data);
  }
}

describe('an inquiry that passes (policy book §6)', () => {
  test('is an MQL at once, with the clocks and the execution of the main job', () => {
    const { lead, effects } = received(world, ada(), act('demo_request'));
    expect(lead).toMatchObject({
      status: 'unassigned',
      source: 'demo_request',
      tier: 1,
      segment: 'enterprise',
      score: 95,
      qualifiedAt: '2026-11-19T15:00:00.000Z',
      gate: {
        decides: 'gate',
        verdict: 'mql',
        failing: [],
        passedAt: '2026-11-19T15:00:00.000Z',
        heldAt: null,
      },
    });
    expect(clock(lead, 'mql.respond')).toMatchObject({
      target: 'PT5M',
      startedAt: '2026-11-19T15:00:00.000Z',
      dueAt: '2026-11-19T15:05:00.000Z',
    });
    expect(clock(lead, 'mql.route')).toMatchObject({ dueAt: '2026-11-19T15:15:00.000Z' });
    expect(starts(effects)).toEqual(['lead-1-1']);
    expect(events(effects)).toEqual(['InquiryReceived', 'SlaMet', 'LeadQualified']);
    expect(timeline(effects)).toEqual([
      'inquiry_received',
      'clock_started',
      'clock_met',
      'lead_qualified',
      'clock_started',
      'clock_started',
    ]);
    shaped(effects);
  });

  test('has the source of its latest act of tier 1, or the one that was told, or what it read', () => {
    const source = (told: string | undefined, ...signals: ReturnType<typeof act>[]) =>
      received(world, ada({ source: told }), ...signals).lead.source;
    const monday = '2026-11-16T10:00:00-05:00';
    expect(source('newsletter_signup', act('free_trial', monday), act('contact_sales'))).toBe(
      'contact_sales',
    );
    expect(source('webinar_attendee', act('case_study'))).toBe('webinar_attendee');
    expect(source(undefined, act('case_study', monday), act('roi_calculator'))).toBe('roi_calculator');
    expect(source(undefined, act('blog_visit'))).toBe('content_download');
    const session = ['pricing_page', 'product_page', 'other_page'].map((type) => ({
      ...act(type),
      session: 's',
    }));
    expect(source(undefined, ...session)).toBe('pricing_inquiry');
  });

  test('with three acts of tier 2 is of tier 2 by them', () => {
    const acts = ['webinar_attendee', 'case_study', 'roi_calculator'].map((type) => act(type));
    const { lead } = received(world, ada(), ...acts);
    expect(lead).toMatchObject({ status: 'unassigned', tier: 2, score: 115 });
    expect(lead.signals.map(({ type }) => type).sort()).toEqual([
      'case_study',
      'roi_calculator',
      'webinar_attendee',
    ]);
  });
});

describe('an inquiry that does not pass', () => {
  test('fits but is quiet: nurture, with its reasons', () => {
    const { policy } = world;
    const icpFit = { ...policy.mqlGate.icpFit, industries: ['steel'] };
    const other = { ...world, policy: { ...policy, mqlGate: { ...policy.mqlGate, icpFit } } };
    const { lead, effects } = received(other, ada());
    expect(lead).toMatchObject({ status: 'nurture', gate: { verdict: 'nurture', track: 'fits_but_quiet' } });
    expect(lead.clocks).toEqual([]);
    expect(events(effects)).toEqual(['InquiryReceived', 'LeadNurtured']);
    expect(mails(effects)).toEqual([]);
  });

  test('keen but no fit: nurture on the other track', () => {
    const student = ada({ contact: { ...ada().contact, title: 'Student' } });
    const { lead, effects } = received(world, student, act('demo_request'));
    expect(lead).toMatchObject({ status: 'nurture', gate: { verdict: 'nurture', track: 'keen_but_no_fit' } });
    expect(lead.gate?.failing.map(({ criterion }) => criterion)).toEqual(['persona']);
    expect(lead.explanation).toEqual(lead.gate?.explanation);
    expect(events(effects)).toEqual(['InquiryReceived', 'LeadNurtured']);
    shaped(effects);
  });

  test.each([
    ['a customer', { relations: { customer: true } }, 'not_customer', true],
    ['an open opportunity', { relations: { openOpportunity: true } }, 'no_open_opportunity', true],
    [
      'a territory without anybody',
      { contact: { ...ada().contact, country: 'AQ' } },
      'territory_staffed',
      false,
    ],
  ])('%s: disqualified, and to the account team where it is theirs', (_, change, criterion, theirs) => {
    const { lead, effects } = received(world, ada(change), act('demo_request'));
    expect(lead).toMatchObject({ status: 'disqualified', gate: { verdict: 'refused' } });
    expect(lead.gate?.failing.map((one) => one.criterion)).toContain(criterion);
    expect(events(effects)).toEqual([
      'InquiryReceived',
      'LeadDisqualified',
      ...(theirs ? ['SentToAccountTeam'] : []),
    ]);
    expect(mails(effects)).toEqual(theirs ? ['account_team → rex'] : []);
    shaped(effects);
  });

  test('suppressed: back in nurture for the window', () => {
    const suppressed = {
      kind: 'person',
      scenario: 'cadence_exhausted',
      until: '2027-01-01T00:00:00.000Z',
      because: 'Nobody answered.',
    } as const;
    const { lead } = received(world, ada(), act('case_study'));
    const looked = lookAtGate(world, saved({ lead, effects: [] }), {
      ...known(act('demo_request')),
      suppressed,
    });
    expect(looked.lead).toMatchObject({ status: 'recycled', gate: { verdict: 'refused' } });
    const back = lookAtGate(
      later(world, '2027-01-04T10:00:00-05:00'),
      saved(looked),
      known(act('demo_request')),
    );
    expect(back.lead).toMatchObject({ status: 'unassigned', cycle: 1 });
  });
});

describe('looking again', () => {
  test('a signal makes an MQL of an inquiry in nurture', () => {
    const first = received(world, ada(), act('case_study'));
    expect(first.lead.status).toBe('nurture');
    const then = later(world, '2026-11-20T09:00:00-05:00');
    const { lead, effects } = lookAtGate(
      then,
      saved(first),
      known(act('case_study'), act('demo_request', '2026-11-20T08:59:00-05:00')),
    );
    expect(lead).toMatchObject({ status: 'unassigned', qualifiedAt: '2026-11-20T14:00:00.000Z', cycle: 1 });
    expect(starts(effects)).toEqual(['lead-1-1']);
    shaped(effects);
  });

  test('twice is once: nothing is written when nothing has changed', () => {
    const student = ada({ contact: { ...ada().contact, title: 'Student' } });
    const first = saved(received(world, student, act('demo_request')));
    const copy: Lead = JSON.parse(JSON.stringify(first)) as Lead;
    const again = lookAtGate(later(world, '2026-11-19T10:05:00-05:00'), copy, known(act('demo_request')));
    expect(again.lead).toBe(copy);
    expect(again.effects).toEqual([]);
  });

  test('what Sales works on is left as it is', () => {
    const { lead } = received(world, ada(), act('demo_request'));
    expect(awaitsGate(lead)).toBe(false);
    const looked = lookAtGate(world, lead, known(act('unsubscribe')));
    expect(looked).toEqual({ lead, effects: [] });
  });

  test('the order in which signals arrive does not matter for what comes of it', () => {
    const types = ['demo_request', 'case_study', 'awareness', 'webinar_attendee', 'roi_calculator'];
    const acts = types.map((type, n) => act(type, `2026-11-${10 + n}T10:00:00-05:00`));
    const afterAll = (order: typeof acts): Lead =>
      order.reduce<Lead>(
        (lead, _, n) => saved(lookAtGate(world, lead, known(...order.slice(0, n + 1)))),
        saved(received(world, ada())),
      );
    const expected = afterAll(acts);
    fc.assert(
      fc.property(fc.shuffledSubarray(acts, { minLength: acts.length }), (order) => {
        const lead = afterAll(order);
        expect([lead.status, lead.cycle, lead.gate?.passedAt]).toEqual([
          expected.status,
          1,
          expected.gate?.passedAt,
        ]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the time for scoring (policy book §7: 4 business hours from the act, 8 h to the marketing director)', () => {
  const score = (tellingAt: string, actAt: string) =>
    received(later(world, tellingAt), ada(), act('demo_request', actAt));

  test.each([
    ['told at once', '2026-11-19T10:00:00-05:00', 'met', []],
    ['told at the very end of the time', '2026-11-19T14:00:00-05:00', 'met', []],
    ['told a second later', '2026-11-19T14:00:01-05:00', 'missed', ['breach_manager → olive']],
    [
      'told the next day, nine business hours later',
      '2026-11-20T09:00:00-05:00',
      'missed',
      ['breach_manager → olive', 'threshold → mark'],
    ],
  ])('%s: %s is %s', (_, tellingAt, status, told) => {
    const { lead, effects } = score(tellingAt, '2026-11-19T10:00:00-05:00');
    expect(clock(lead, 'marketing.score')).toMatchObject({
      status,
      startedAt: '2026-11-19T15:00:00.000Z',
      dueAt: '2026-11-19T19:00:00.000Z',
    });
    expect(mails(effects)).toEqual(told);
    expect(lead.status).toBe('unassigned');
    shaped(effects);
  });

  test('counts from the act that was enough, not from the last one', () => {
    const acts = [
      act('demo_request', '2026-11-19T09:00:00-05:00'),
      act('case_study', '2026-11-19T09:55:00-05:00'),
    ];
    const { lead } = received(world, ada(), ...acts);
    expect(clock(lead, 'marketing.score')?.startedAt).toBe('2026-11-19T14:00:00.000Z');
  });

  test('is done with at the first look that knows the act: a title that comes days later is not scored late', () => {
    const contact = { ...ada().contact, title: undefined };
    const before = saved(received(world, ada({ contact }), act('demo_request')));
    expect(before.gate).toMatchObject({ verdict: 'nurture', track: 'keen_but_no_fit' });
    const wednesday = later(world, '2026-11-25T10:00:00-05:00');
    const changes = { contact: { title: 'VP Engineering' } };
    const { lead, effects } = updateLead(
      wednesday,
      before,
      changes,
      'person:olive',
      known(act('demo_request')),
    );
    expect(lead.status).toBe('unassigned');
    expect(clock(lead, 'marketing.score')).toBeUndefined();
    expect(mails(effects).filter((mail) => /olive|mark/.test(mail))).toEqual([]);
  });

  test('is not asked of a CRM that qualifies itself', () => {
    const { lead } = receiveLead(world, 'lead-1', demoRequest(THURSDAY), known(act('demo_request')));
    expect(clock(lead, 'marketing.score')).toBeUndefined();
  });
});

describe('a lead that a CRM has qualified itself', () => {
  const incomplete = () => demoRequest(THURSDAY);

  test('is an MQL by default, with what fails reported', () => {
    const { lead, effects } = receiveLead(world, 'lead-1', incomplete(), known(act('demo_request')));
    expect(lead).toMatchObject({ status: 'unassigned', score: 70, gate: { decides: 'crm', verdict: 'mql' } });
    expect(lead.gate?.failing).toMatchObject([
      { criterion: 'persona', field: 'contact.title' },
      { criterion: 'completeness.phone', valueClass: 'missing' },
    ]);
    expect(events(effects)).toEqual(['LeadReceived']);
    expect(starts(effects)).toEqual(['lead-1-1']);
    expect(lead.gate?.explanation).toEqual([
      expect.stringMatching(/^An MQL, as the CRM has qualified it: 75 points where 60 are needed/) as unknown,
      expect.stringMatching(/^Missing: a title .+; a telephone number .+\.$/) as unknown,
    ]);
  });

  test('is held where the policy enforces completeness, and in nurture where it enforces fit', () => {
    const enforcing = (...enforced: World['policy']['intake']['gate']['enforced']): World => ({
      ...world,
      policy: { ...world.policy, intake: { ...world.policy.intake, gate: { enforced } } },
    });
    const held = receiveLead(enforcing('completeness'), 'lead-1', incomplete(), known(act('demo_request')));
    expect(held.lead).toMatchObject({ status: 'held', gate: { verdict: 'held' } });
    const quiet = receiveLead(enforcing('fit'), 'lead-1', incomplete(), known(act('demo_request')));
    expect(quiet.lead).toMatchObject({ status: 'nurture', gate: { verdict: 'nurture' } });
  });

  test('goes to the account team when it is a customer', () => {
    const customer = { ...incomplete(), relations: { customer: true } };
    const { lead, effects } = receiveLead(world, 'lead-1', customer, known(act('demo_request')));
    expect(lead.status).toBe('disqualified');
    expect(events(effects)).toEqual(['LeadReceived', 'LeadDisqualified', 'SentToAccountTeam']);
    expect(starts(effects)).toEqual([]);
    shaped(effects);
  });
});

describe('what is missing (policy book §7: held for Marketing Ops, the clock of Sales does not start)', () => {
  test('holds the lead, names the field, tells Marketing Ops and runs Marketing’s clock alone', () => {
    const { lead, effects } = received(world, withoutPhone(), act('demo_request'));
    expect(lead).toMatchObject({
      status: 'held',
      owner: null,
      gate: { verdict: 'held', heldAt: '2026-11-19T15:00:00.000Z' },
    });
    expect(lead.gate?.failing).toEqual([
      {
        criterion: 'completeness.phone',
        met: false,
        field: 'contact.phone',
        valueClass: 'missing',
        wouldPass: expect.stringContaining('telephone number') as string,
      },
    ]);
    expect(lead.clocks.map(({ commitment, status }) => [commitment, status])).toEqual([
      ['marketing.score', 'met'],
      ['marketing.enrich', 'within_sla'],
    ]);
    expect(clock(lead, 'marketing.enrich')).toMatchObject({ dueAt: '2026-11-19T19:00:00.000Z' });
    expect(mails(effects)).toEqual(['held → olive']);
    expect(starts(effects)).toEqual(['lead-1-marketing-enrich-1']);
    expect(events(effects)).toEqual(['InquiryReceived', 'SlaMet', 'LeadHeld']);
    shaped(effects);
  });

  test('the missing part starts the clock of Sales when it arrives, and not before', () => {
    const held = saved(received(world, withoutPhone(), act('demo_request')));
    const then = later(world, '2026-11-19T12:30:00-05:00');
    const change = { contact: { phone: '+1 617 555 0142' } };
    const { lead, effects } = updateLead(then, held, change, 'person:olive', known(act('demo_request')));
    expect(lead).toMatchObject({
      status: 'unassigned',
      qualifiedAt: '2026-11-19T17:30:00.000Z',
      gate: { verdict: 'mql', completedAt: '2026-11-19T17:30:00.000Z', passedAt: '2026-11-19T17:30:00.000Z' },
    });
    expect(clock(lead, 'marketing.enrich')).toMatchObject({
      status: 'met',
      metAt: '2026-11-19T17:30:00.000Z',
    });
    expect(clock(lead, 'mql.respond')).toMatchObject({
      startedAt: '2026-11-19T17:30:00.000Z',
      dueAt: '2026-11-19T17:35:00.000Z',
    });
    expect(starts(effects)).toEqual(['lead-1-1']);
    expect(timeline(effects)[0]).toBe('lead_updated');
    expect(JSON.stringify(effects)).not.toContain('555 0142');
    shaped(effects);
  });

  test('a wrong part does not: it is still held, once', () => {
    const held = saved(received(world, withoutPhone(), act('demo_request')));
    const change = { contact: { phone: '+1 617 555' } };
    const { lead, effects } = updateLead(world, held, change, 'person:olive', known(act('demo_request')));
    expect(lead).toMatchObject({ status: 'held' });
    expect(lead.gate?.failing).toMatchObject([
      { criterion: 'completeness.phone', valueClass: 'wrong_length' },
    ]);
    expect(timeline(effects)).toEqual(['lead_updated']);
  });

  test('who unsubscribes while held goes to nurture, and Marketing owes nothing any more', () => {
    const held = saved(received(world, withoutPhone(), act('demo_request')));
    const { lead, effects } = lookAtGate(world, held, known(act('demo_request'), act('unsubscribe')));
    expect(lead.status).toBe('nurture');
    expect(clock(lead, 'marketing.enrich')?.status).toBe('cancelled');
    expect(timeline(effects)).toContain('clock_cancelled');
    shaped(effects);
  });
});
