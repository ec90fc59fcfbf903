import { aeAccept } from '../../../../core/lifecycle/commands/ae-accept.ts';
import { aeReject } from '../../../../core/lifecycle/commands/ae-reject.ts';
import { arbitrate } from '../../../../core/lifecycle/commands/arbitrate.ts';
import { briefingGaps, completeBriefing } from '../../../../core/lifecycle/commands/briefing.ts';
import type { Outcome } from '../../../../core/lifecycle/commands/command.ts';
import { introduce } from '../../../../core/lifecycle/commands/introduce.ts';
import { signDiscoveryDelay } from '../../../../core/lifecycle/commands/sign-discovery-delay.ts';
import { eraseLead } from '../../../../core/lifecycle/erase.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import { LEAD_STATUSES } from '../../../../core/model/lead.ts';
import type { Lead } from '../../../../core/model/lead.ts';
import { epochMs } from '../../../../core/time.ts';
import * as sqls from './sqls.ts';

const { at, done, refusal } = sqls;
let world: World;
beforeAll(async () => {
  world = await sqls.handoffWorld();
});

const accept = (lead: Lead, by = 'alice', briefingRead = true): Outcome =>
  aeAccept(world, lead, { by, briefingRead });
const reject = (lead: Lead, by = 'alice', code = 'AE-REJ-01'): Outcome => aeReject(world, lead, { by, code });
const introduced = (lead: Lead, sentAt = world.now): Outcome =>
  introduce(world, lead, { by: 'sam', sentAt, recordedBy: 'system' });
const sign = (lead: Lead, by: string, reason: string): Outcome =>
  signDiscoveryDelay(world, lead, { by, reason });
const name = (lead: Lead, by: string, personId: string): Outcome =>
  arbitrate(world, lead, { by, personId, reason: 'Their territory.' });

describe('what is missing is said', () => {
  test.each<[string, () => Outcome, string, string[]]>([
    [
      'the AE has not read the briefing',
      () => accept(sqls.notified(world), 'alice', false),
      'briefing-unread',
      ['briefingRead'],
    ],
    ['somebody else accepts', () => accept(sqls.notified(world), 'ben'), 'not-the-ae', ['by']],
    ['somebody else rejects', () => reject(sqls.notified(world), 'aaron'), 'not-the-ae', ['by']],
    ['nobody has been notified', () => accept(sqls.briefed(world)), 'no-ae', ['handoff']],
    [
      'RevOps has to decide first',
      () => accept(sqls.rejected(world, 'AE-REJ-05').lead),
      'no-ae',
      ['handoff'],
    ],
    ['a code of Marketing', () => reject(sqls.notified(world), 'alice', 'REJ-01'), 'unknown-code', ['code']],
    ['nobody to introduce', () => introduced(sqls.sql(world)), 'no-ae', ['handoff']],
    [
      'nobody to introduce any more',
      () => introduced(sqls.rejected(world, 'AE-REJ-05').lead),
      'no-ae',
      ['handoff'],
    ],
    [
      'an introduction of tomorrow',
      () => introduced(sqls.notified(world), world.now + 86_400_000),
      'introduction-in-future',
      [],
    ],
    [
      'an introduction of yesterday',
      () => introduced(sqls.notified(world), epochMs(at('09:00'))),
      'introduction-before-sql',
      [],
    ],
    [
      'a part that the policy lacks',
      () => completeBriefing(world, sqls.sql(world), { by: 'sam', parts: { budget: 'Much' } }),
      'unknown-part',
      ['parts.budget'],
    ],
    [
      'a complete briefing emptied',
      () => completeBriefing(world, sqls.briefed(world), { by: 'sam', parts: { pain: 'n/a' } }),
      'briefing-incomplete',
      ['parts.pain'],
    ],
    [
      'a signature of an AE',
      () => sign(sqls.accepted(world).lead, 'alice', 'She is away.'),
      'not-a-manager',
      ['by'],
    ],
    [
      'a signature without a reason',
      () => sign(sqls.accepted(world).lead, 'aaron', 'tbd'),
      'reason-missing',
      ['reason'],
    ],
    [
      'an AE who settles it',
      () => name(sqls.rejected(world, 'AE-REJ-05').lead, 'alice', 'ben'),
      'not-the-arbiter',
      ['by'],
    ],
    [
      'an SDR named as AE',
      () => name(sqls.rejected(world, 'AE-REJ-05').lead, 'rex', 'sam'),
      'not-an-ae',
      ['personId'],
    ],
    ['nothing to settle', () => name(sqls.notified(world), 'rex', 'ben'), 'nothing-to-decide', []],
  ])('%s', (_what, ask, why, paths) => {
    const { refused, detail, missing } = refusal(ask());
    expect(refused).toBe(why);
    expect(missing.map(({ path }) => path)).toEqual(paths);
    expect(detail).toMatch(/\.$/);
    expect(refusal(ask()).allowed).toContain(
      refused === 'not-a-manager' || refused === 'reason-missing' ? 'introduce' : 'ae_accept',
    );
  });
});

describe('a briefing', () => {
  test.each(['', '   ', '…', 'n/a', 'TBD', '-'])('part %j leaves a gap', (text) => {
    const parts = { ...sqls.PARTS, stakeholders: text };
    const { lead } = done(completeBriefing(world, sqls.sql(world), { by: 'sam', parts }));
    expect(lead.life.briefing?.completed).toBeNull();
    expect(briefingGaps(world.policy, lead.life.briefing!.parts)).toEqual([
      { path: 'parts.stakeholders', message: 'stakeholders is empty or a placeholder' },
    ]);
  });

  test('that is complete may be corrected', () => {
    const parts = { timeline: 'February, they say now.' };
    const { lead, effects } = done(completeBriefing(world, sqls.notified(world), { by: 'sam', parts }));
    expect(lead.life.briefing).toMatchObject({ parts, completed: { by: 'sam' } });
    expect(effects.map(({ kind }) => kind)).toEqual(['timeline']);
  });
});

test.each(LEAD_STATUSES)('a lead that is %s takes the commands of its status alone', (status) => {
  const lead: Lead = { ...sqls.sal(world), status };
  const refusals = {
    complete_briefing: completeBriefing(world, lead, { by: 'sam', parts: {} }),
    introduce: introduced(lead),
    ae_accept: accept(lead),
    ae_reject: reject(lead),
    arbitrate: name(lead, 'rex', 'ben'),
    sign_discovery_delay: sign(lead, 'aaron', 'At a fair.'),
  };
  const notAllowed = Object.entries(refusals)
    .filter(([, outcome]) => 'refused' in outcome && outcome.refused === 'not-allowed')
    .map(([command]) => command);
  const allowed = status === 'sql' ? ['sign_discovery_delay'] : Object.keys(refusals);
  const inOpportunity = allowed.filter((command) => command !== 'introduce');
  expect(notAllowed).toEqual(status === 'opportunity' ? inOpportunity : allowed);
});

test('nothing is done about a lead whose personal data is gone', () => {
  const { lead } = eraseLead(world, sqls.accepted(world).lead);
  for (const outcome of [accept(lead), introduced(lead), sign(lead, 'aaron', 'At a fair.')]) {
    expect(refusal(outcome)).toMatchObject({ refused: 'not-allowed', allowed: [] });
  }
});
