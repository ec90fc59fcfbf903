/** What was typed about a lead after its first attempt goes with the personal data (docs/runbook/erase-a-person.md). */
import { dispose } from '../../../core/lifecycle/commands/dispose.ts';
import { promoteToSql } from '../../../core/lifecycle/commands/promote.ts';
import { untypedLife } from '../../../core/lifecycle/erase-life.ts';
import { eraseLead } from '../../../core/lifecycle/erase.ts';
import { REMOVED } from '../../../core/lifecycle/typed.ts';
import type { Handoff, Life } from '../../../core/model/life.ts';
import { NEW_LIFE } from '../../../core/model/life.ts';
import { NEW_DEAL } from '../../../core/model/pipeline.ts';
import { done, enforcing, minutesLater, qualified, sal, saved, sql } from './commands/fixture.ts';

const at = '2026-11-17T15:00:00.000Z';
const by = 'sam';
const said = 'Zdenka Quixwort said so';
const ae = {
  ...{ personId: 'alice', assignedAt: at, reason: said, via: 'by_hand' as const, n: 1 },
  moved: { by: 'rex', reason: said, named: true },
};
const handoff: Handoff = {
  ...{ n: 1, ae, sdr: by, notifiedAt: at, introducedAt: at, introducedBy: by },
  ...{ accepted: null, rejected: { at, by: 'alice', code: 'AE-REJ-05' } },
};
/** With words of somebody in every place that can hold them. */
const LIFE: Life = {
  ...NEW_LIFE,
  accepted: { at, by },
  rejection: { at, by, code: 'REJ-01', holds: true, resolvedAt: null },
  sql: {
    ...{
      at,
      by,
      meeting: { startsAt: at, link: `https://meet.example/${said}` },
      pain: said,
      timeline: said,
    },
    ...{ meddpic: { metrics: said, champion: said }, flagged: ['economic_buyer'], accountOwner: 'alice' },
  },
  briefing: { parts: { pain: said, stakeholders: said }, completed: { at, by }, read: null },
  handoff,
  pastHandoffs: [handoff],
  opportunity: {
    ...NEW_DEAL,
    ...{ opportunityId: 'lead-1-o1', n: 1, ownerId: 'alice', openedAt: at },
    discoveryDelay: { at, by: 'aaron', reason: said },
    nextStep: { at, by, what: said, due: '2026-12-01' },
    closed: { at, by, outcome: 'lost', reason: 'price', detail: said },
  },
  meetings: [
    {
      ...{
        meetingId: 'lead-1-1-m1',
        n: 1,
        kind: 'discovery',
        startsAt: at,
        state: 'held',
        booked: { at, by },
      },
      ...{ invited: null, researched: null, debriefed: null, notes: { at, by, text: said }, history: [] },
    },
  ],
  disposition: {
    ...{
      at,
      by,
      disposition: 'disqualified',
      reason: 'budget',
      detail: said,
      signedBy: null,
      scenario: null,
    },
    attempts: { made: 3, required: 8, channels: 2 },
  },
};

test('nothing that somebody typed is left of a life', () => {
  const after = untypedLife(LIFE, at);
  expect(JSON.stringify(LIFE).split(said)).toHaveLength(17);
  expect(JSON.stringify(after)).not.toContain('Zdenka');
});

test('codes, reasons of the policy, instants, counts and our own people stay', () => {
  const after = untypedLife(LIFE, at);
  expect(after).toMatchObject({
    accepted: LIFE.accepted,
    rejection: LIFE.rejection,
    sql: {
      at,
      by,
      meeting: { startsAt: at, link: REMOVED },
      flagged: ['economic_buyer'],
      accountOwner: 'alice',
    },
    briefing: { parts: { pain: REMOVED, stakeholders: REMOVED }, completed: { at, by } },
    handoff: {
      ...handoff,
      ae: { ...ae, reason: REMOVED, moved: { by: 'rex', reason: REMOVED, named: true } },
    },
    opportunity: { opportunityId: 'lead-1-o1', nextStep: { due: '2026-12-01' }, closed: { reason: 'price' } },
    meetings: [{ meetingId: 'lead-1-1-m1', notes: { at, by, text: REMOVED } }],
    disposition: { reason: 'budget', attempts: { made: 3, required: 8, channels: 2 }, detail: REMOVED },
  });
});

test('a life in which nothing was typed stays as it is, but for its end', () => {
  expect(untypedLife(NEW_LIFE, at)).toEqual({ ...NEW_LIFE, closedAt: at });
  expect(untypedLife({ ...NEW_LIFE, closedAt: '2026-11-01T00:00:00.000Z' }, at).closedAt).toBe(
    '2026-11-01T00:00:00.000Z',
  );
});

test('an AE whom the round robin has drawn keeps the reason: it is the product’s own', () => {
  const drawn = {
    ...handoff,
    ae: { personId: 'alice', assignedAt: at, reason: 'Next.', via: 'round_robin', n: 1 },
  };
  expect(untypedLife({ ...LIFE, handoff: drawn as Handoff }, at).handoff).toEqual(drawn);
});

describe('erasing a lead that was worked on', () => {
  test('of an SQL removes what the gate was told, and nobody owes anything', async () => {
    const world = await enforcing();
    const { lead } = eraseLead(minutesLater(world, 90), sql(world));
    expect(JSON.stringify(lead)).not.toMatch(/two days|March|meet\.example|demo requests|October/);
    expect(lead).toMatchObject({ status: 'disqualified', life: { sql: { pain: REMOVED } } });
  });

  test('removes what was typed of entries that are still owed', async () => {
    const world = await enforcing();
    const ask = { by, disposition: 'disqualified', reason: 'budget', detail: 'Zdenka has none until May' };
    const decision = done(dispose(minutesLater(world, 60), sal(world), ask));
    const owing = { ...saved(decision), owed: decision.effects };
    const { lead } = eraseLead(minutesLater(world, 90), owing);
    expect(JSON.stringify(decision.effects)).toContain('Zdenka');
    expect(JSON.stringify(lead)).not.toContain('Zdenka');
  });

  test('owes no suppression any more: it was performed while the address was known', async () => {
    const world = await enforcing();
    const ask = { by, disposition: 'disqualified', reason: 'timeline_12_months', detail: 'Budget in 2029' };
    const decision = done(dispose(minutesLater(world, 60), sal(world), ask));
    const owing = { ...saved(decision), owed: decision.effects };
    expect(owing.owed.some(({ kind }) => kind === 'suppress')).toBe(true);
    const { lead } = eraseLead(minutesLater(world, 90), owing);
    expect(lead.owed.some(({ kind }) => kind === 'suppress')).toBe(false);
  });

  test('a promotion of it is refused afterwards', async () => {
    const world = await enforcing();
    const { lead } = eraseLead(minutesLater(world, 60), sal(world));
    expect(promoteToSql(minutesLater(world, 90), lead, qualified())).toMatchObject({
      refused: 'not-allowed',
    });
  });
});
