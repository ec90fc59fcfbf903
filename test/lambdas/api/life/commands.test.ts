import { reconcile } from '../../../../lambdas/shared/reconcile.ts';
import { handler as erase } from '../../../../lambdas/api/erase-personal-data/handler.ts';
import { ask } from '../../../support/flow.ts';
import { broughtTo, command, done, PARTS, SQL } from '../../../support/life.ts';
import type { Name } from '../../../support/life.ts';
import { Backend } from '../../../support/services.ts';
import type { Kept } from '../../../support/services.ts';
import { ofLead } from '../../../support/troubles.ts';

type Stage = Parameters<typeof broughtTo>[1];
const STAGES = ['assigned', 'sal', 'sql', 'handed_over', 'opportunity'] as const;

let backend: Backend;
/** A lead at each stage of its life, to go on from as often as is wanted. */
const kept = {} as Record<Stage, { leadId: string; kept: Kept }>;
let leadId: string;

beforeAll(async () => {
  backend = await Backend.start();
  for (const stage of STAGES) {
    await backend.begin('2026-11-20T15:00:00Z');
    const made = await broughtTo(backend, stage);
    backend.pass(60);
    kept[stage] = { leadId: made, kept: await backend.keep() };
  }
});
afterAll(() => backend.stop());

async function at(stage: Stage): Promise<void> {
  await backend.resume(kept[stage].kept);
  leadId = kept[stage].leadId;
}

/** Each command where it is allowed, with what it leaves behind: status, what the history and the bus say. */
const ALLOWED: [Name, Stage, string, string, string][] = [
  ['accept', 'assigned', 'sal', 'lead_accepted', 'LeadAccepted'],
  ['reject', 'assigned', 'rejected', 'lead_rejected', 'LeadRejected'],
  ['promote', 'sal', 'sql', 'lead_promoted', 'LeadPromoted'],
  ['briefing', 'sql', 'sql', 'briefing_completed', 'BriefingCompleted'],
  ['introduce', 'handed_over', 'sql', 'introduction_sent', 'IntroductionSent'],
  ['aeAccept', 'handed_over', 'opportunity', 'ae_accepted', 'SqlAccepted'],
  ['aeReject', 'handed_over', 'sal', 'ae_rejected', 'SqlRejected'],
  ['dispose', 'sal', 'disqualified', 'lead_disposed', 'LeadDisposed'],
];

describe.each(ALLOWED)('%s', (name, stage, status, entry, fact) => {
  const facts = () => backend.factsOf(fact);
  const told = async () =>
    (await backend.happened(leadId)).filter((what) => what === entry || what === 'ae_notified').sort();

  beforeEach(() => at(stage));

  it(`of a lead that is ${stage} leaves it ${status}, in the history and on the bus`, async () => {
    const { status: code, body } = await command(leadId, name);
    expect([code, body.status]).toEqual([200, status]);
    expect((await backend.lead(leadId)).status).toBe(status);
    expect(await told()).toContain(entry);
    expect(facts()).toBe(1);
  });

  it('the same twice is once', async () => {
    await done(leadId, name);
    const [before, mails] = [await backend.lead(leadId), backend.told()];
    backend.pass(3600);
    expect((await command(leadId, name)).status).toBe(200);
    expect(await backend.lead(leadId)).toEqual(before);
    expect([facts(), backend.told()]).toEqual([1, mails]);
  });

  it('two at one moment are one', async () => {
    await command(leadId, name);
    const alone = [await told(), backend.told(), facts()];
    await at(stage);
    const answers = await Promise.all([command(leadId, name), command(leadId, name)]);
    expect(answers.map((answer) => [answer.status, answer.body.status])).toEqual([
      [200, status],
      [200, status],
    ]);
    expect([await told(), backend.told(), facts()]).toEqual(alone);
  });

  it('is once although its answer was lost', async () => {
    backend.loseAnswer('PutCommand', { when: ofLead });
    expect((await command(leadId, name)).status).toBe(503);
    backend.pass(90);
    await reconcile(backend.services);
    expect((await command(leadId, name)).body.status).toBe(status);
    expect([facts(), (await told()).filter((what) => what === entry)]).toEqual([1, [entry]]);
  });

  it('by somebody whom nobody knows is refused', async () => {
    const before = await backend.lead(leadId);
    const { status: code, body } = await command(leadId, name, { by: 'nemo' });
    expect([code, body.type]).toEqual([422, 'urn:lead-sla:problem:not-on-the-roster']);
    expect(body.errors).toEqual([{ path: 'by', message: 'must be an active person of the roster' }]);
    expect(await backend.lead(leadId)).toEqual(before);
  });

  it('with a field that nobody knows, or without saying who asks, is a bad request', async () => {
    for (const [change, path] of [
      [{ force: true }, 'force'],
      [{ by: undefined }, 'by'],
    ] as const) {
      const { status: code, body } = await command(leadId, name, change);
      expect([code, body.errors.map((error) => error.path)]).toEqual([400, [path]]);
    }
  });

  it('about a lead that is not there is 404', async () => {
    expect((await command('nothing', name)).status).toBe(404);
  });

  it('about a lead whose personal data was removed is refused, and nothing comes back', async () => {
    await ask(erase, { path: { leadId } });
    const { status: code, body } = await command(leadId, name);
    expect([code, body.type]).toEqual([409, 'urn:lead-sla:problem:erased']);
    expect(JSON.stringify(await backend.leadItems())).not.toMatch(/Zdenka|room-4711|ada@/);
  });
});

const NOT_ALLOWED: [Name, Stage, string[]][] = [
  ['accept', 'sql', ['promote', 'complete_briefing']],
  ['reject', 'sql', []],
  ['promote', 'assigned', ['accept', 'reject', 'dispose']],
  ['briefing', 'sal', ['reject', 'promote', 'dispose']],
  ['introduce', 'sal', ['reject', 'promote', 'dispose']],
  ['aeAccept', 'sal', ['reject', 'promote', 'dispose']],
  ['aeReject', 'opportunity', ['introduce', 'sign_discovery_delay']],
  ['dispose', 'opportunity', ['introduce', 'sign_discovery_delay']],
];
const SQLS = ['complete_briefing', 'introduce', 'ae_accept', 'ae_reject', 'arbitrate', 'dispose'];

it.each(NOT_ALLOWED)('%s of a lead that is %s is refused with what is allowed', async (name, stage, some) => {
  await at(stage);
  const before = await backend.lead(leadId);
  const { status, body } = await command(leadId, name, { by: 'mona' });
  expect([status, body.type]).toEqual([409, 'urn:lead-sla:problem:not-allowed']);
  expect(body.allowed).toEqual(stage === 'sql' ? SQLS : some);
  expect(body.detail).toContain(`Allowed now: ${body.allowed.join(', ')}.`);
  expect(await backend.lead(leadId)).toEqual(before);
});

const WRONG: [string, Name, Stage, Record<string, unknown>, number, string, string[]][] = [
  ['a code that nobody knows', 'reject', 'assigned', { code: 'REJ-08' }, 422, 'unknown-code', ['code']],
  [
    'nothing that an SQL needs',
    'promote',
    'sal',
    { meeting: undefined, pain: 'n/a', timeline: undefined, meddpic: { metrics: '-' } },
    422,
    'sql-gate',
    [
      ...['meeting.startsAt', 'pain', 'timeline', 'meeting.link'],
      ...['meddpic.metrics', 'meddpic.decision_process', 'meddpic.implicate_pain'],
    ],
  ],
  [
    'a meeting of yesterday and a link that is none',
    'promote',
    'sal',
    { meeting: { startsAt: '2026-11-19T15:00:00Z', link: 'javascript:alert(1)' } },
    422,
    'sql-gate',
    ['meeting.startsAt', 'meeting.link'],
  ],
  [
    'a part that the policy has not',
    'briefing',
    'sql',
    { parts: { mood: 'Good.' } },
    422,
    'unknown-part',
    ['parts.mood'],
  ],
  [
    'a complete briefing emptied',
    'briefing',
    'handed_over',
    { parts: { pain: 'tbd' } },
    422,
    'briefing-incomplete',
    ['parts.pain'],
  ],
  ['nobody to introduce', 'introduce', 'sql', {}, 409, 'no-ae', ['handoff']],
  [
    'an introduction of tomorrow',
    'introduce',
    'handed_over',
    { sentAt: '2026-11-21T15:00:00Z' },
    422,
    'introduction-in-future',
    [],
  ],
  [
    'the briefing unread',
    'aeAccept',
    'handed_over',
    { briefingRead: false },
    422,
    'briefing-unread',
    ['briefingRead'],
  ],
  ['another AE', 'aeAccept', 'handed_over', { by: 'ben' }, 409, 'not-the-ae', ['by']],
  ['no AE yet', 'aeReject', 'sql', {}, 409, 'no-ae', ['handoff']],
  ["Marketing's code by an AE", 'aeReject', 'handed_over', { code: 'REJ-01' }, 422, 'unknown-code', ['code']],
  [
    'a disposition that nobody knows',
    'dispose',
    'sal',
    { disposition: 'converted' },
    422,
    'unknown-disposition',
    ['disposition'],
  ],
  ['no reason', 'dispose', 'sal', { reason: undefined }, 422, 'unknown-reason', ['reason']],
  ['nothing specific', 'dispose', 'sal', { detail: 'No budget.' }, 422, 'detail-missing', ['detail']],
  [
    'too few attempts',
    'dispose',
    'sal',
    { disposition: 'unable_to_reach', reason: 'no_answer', detail: undefined },
    422,
    'attempts-missing',
    ['attempts', 'channels'],
  ],
  [
    'a signature of no manager',
    'dispose',
    'sal',
    { disposition: 'unable_to_reach', reason: 'no_answer', detail: undefined, signedBy: 'nemo' },
    422,
    'not-a-manager',
    ['signedBy'],
  ],
];

it.each(WRONG)('%s: %s is refused, field by field', async (_, name, stage, change, code, type, paths) => {
  await at(stage);
  const before = await backend.lead(leadId);
  const { status, body } = await command(leadId, name, change);
  expect([status, body.type]).toEqual([code, `urn:lead-sla:problem:${type}`]);
  expect((body.errors as unknown[] | undefined) ?? []).toEqual(
    paths.map((path) => ({ path, message: expect.any(String) as string })),
  );
  expect(body.allowed.length).toBeGreaterThan(0);
  expect(await backend.lead(leadId)).toEqual(before);
});

describe('what the AE is told of an SQL', () => {
  it('are the preferred elements that are missing', async () => {
    await at('sal');
    const { life } = await done(leadId, 'promote');
    expect(life.sql?.flagged).toEqual(['economic_buyer', 'decision_criteria']);
  });

  it('is confirmed as read in the act of acceptance, which opens the opportunity', async () => {
    await at('handed_over');
    const { life } = await done(leadId, 'aeAccept');
    const act = { at: backend.now(), by: 'alice' };
    expect(life.briefing?.read).toEqual(act);
    expect(life.handoff?.accepted).toEqual(act);
    expect(life.opportunity).toMatchObject({ opportunityId: `${leadId}-o1`, ownerId: 'alice' });
    expect(backend.factsOf('OpportunityCreated')).toBe(1);
  });
});

it('parts of a briefing add up, and nobody is notified before the last', async () => {
  await at('sql');
  const parts: Record<string, string> = { pain: 'One.', timeline: 'Two.', stakeholders: 'Three.' };
  for (const [part, text] of Object.entries(parts)) {
    const { life } = await done(leadId, 'briefing', { parts: { [part]: text } });
    expect([life.briefing?.completed, life.handoff]).toEqual([null, null]);
  }
  expect(backend.facts()).not.toContain('AeNotified');
  const { life } = await done(leadId, 'briefing', { parts: { meeting_context: 'Four.' } });
  expect([life.briefing?.completed?.by, life.handoff?.n]).toEqual(['sam', 1]);
  expect(backend.factsOf('AeNotified')).toBe(1);
});

it('a manager signs an early end, and it is said', async () => {
  await at('sal');
  const early = { disposition: 'unable_to_reach', reason: 'no_answer', detail: undefined, signedBy: 'mona' };
  const { status, life } = await done(leadId, 'dispose', early);
  expect(status).toBe('recycled');
  expect(life.disposition).toMatchObject({
    signedBy: 'mona',
    scenario: 'cadence_exhausted',
    attempts: { made: 1 },
  });
});

it('two different answers of one AE at one moment: one holds, the other is refused', async () => {
  await at('handed_over');
  const answers = await Promise.all([command(leadId, 'aeAccept'), command(leadId, 'aeReject')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const { status, life } = await backend.lead(leadId);
  expect([life.opportunity !== null, life.pastHandoffs.length]).toEqual(
    status === 'opportunity' ? [true, 0] : [false, 1],
  );
});

it('a lead promoted again with another meeting is another SQL', async () => {
  await at('handed_over');
  await done(leadId, 'aeReject');
  const meeting = { ...SQL.meeting, startsAt: '2026-12-01T15:00:00Z' };
  const { status, life } = await done(leadId, 'promote', { meeting });
  expect([status, life.handoff]).toEqual(['sql', null]);
  // The briefing is still there, and has to be confirmed as complete.
  expect((await done(leadId, 'briefing', { parts: {} })).life.handoff).toMatchObject({ n: 2 });
  expect(backend.factsOf('LeadPromoted')).toBe(2);
});

describe('an SQL that comes with its briefing', () => {
  it('is handed over in the same act, and once', async () => {
    await at('sal');
    const { life } = await done(leadId, 'promote', { briefing: PARTS });
    expect([life.briefing?.completed?.by, life.handoff?.n]).toEqual(['sam', 1]);
    const before = await backend.lead(leadId);
    await done(leadId, 'promote', { briefing: PARTS });
    expect(await backend.lead(leadId)).toEqual(before);
    expect(backend.factsOf('AeNotified')).toBe(1);
  });

  it('waits for the parts that are missing', async () => {
    await at('sal');
    const { status, life } = await done(leadId, 'promote', { briefing: { ...PARTS, pain: 'tbd' } });
    expect([status, life.briefing?.completed, life.handoff]).toEqual(['sql', null, null]);
  });

  it('is no SQL if either of them is refused', async () => {
    await at('sal');
    for (const [change, type] of [
      [{ briefing: { mood: 'Good.' } }, 'unknown-part'],
      [{ briefing: PARTS, pain: undefined }, 'sql-gate'],
    ] as const) {
      const { status, body } = await command(leadId, 'promote', change);
      expect([status, body.type]).toEqual([422, `urn:lead-sla:problem:${type}`]);
      expect((await backend.lead(leadId)).status).toBe('sal');
    }
  });
});
