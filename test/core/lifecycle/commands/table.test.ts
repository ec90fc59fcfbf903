/** The lifecycle's table against the words of the policy book, row by row (§8 to §13). */
import { COMMANDS } from '../../../../core/lifecycle/commands/command.ts';
import type { Command } from '../../../../core/lifecycle/commands/command.ts';
import {
  allowedIn,
  isAllowed,
  notAllowed,
  refusedFor,
  TABLE,
} from '../../../../core/lifecycle/commands/table.ts';
import type { Lead, LeadStatus } from '../../../../core/model/lead.ts';
import { LEAD_STATUSES } from '../../../../core/model/lead.ts';
import type { CompiledPolicy } from '../../../../core/policy/compiled.ts';
import { loadPolicy } from '../../../../lib/policy/load.ts';
import { demoRequest, owned, worldAt } from '../../../support/world.ts';

let policy: CompiledPolicy;
let lead: Lead;
beforeAll(async () => {
  policy = await loadPolicy('policy/default.yaml');
  const world = await worldAt('2026-11-17T09:00:00-05:00');
  lead = owned(world, demoRequest('2026-11-17T09:00:00-05:00'), 'sam');
});

const rowOf = (command: Command) => TABLE.find((row) => row.command === command)!;
const at = (status: LeadStatus): Lead => ({ ...lead, status });

test.each<[string, Command, LeadStatus[], LeadStatus[], string[]]>([
  [
    '§8 an SDR accepts an MQL, and it is a SAL',
    'accept',
    ['assigned', 'contacted'],
    ['sal'],
    ['lead_reviewed', 'lead_accepted'],
  ],
  [
    '§8 a rejection by code gives it back to Marketing, also after it was accepted; it is held where the book says so',
    'reject',
    ['assigned', 'contacted', 'sal'],
    ['rejected', 'held'],
    ['lead_reviewed', 'lead_rejected', 'disposition_feedback_given'],
  ],
  ['§10 a SAL becomes SQL by the gate', 'promote', ['sal'], ['sql'], ['lead_promoted']],
  [
    '§11 the briefing is complete before the AE is notified, which follows at once',
    'complete_briefing',
    ['sql'],
    ['sql'],
    ['briefing_completed', 'ae_notified'],
  ],
  [
    '§11 the three-way introduction is sent, also when the AE was quicker to accept',
    'introduce',
    ['sql', 'opportunity'],
    ['sql', 'opportunity'],
    ['introduction_sent'],
  ],
  [
    '§11 the opportunity is created in the act of acceptance',
    'ae_accept',
    ['sql'],
    ['opportunity'],
    ['ae_accepted', 'opportunity_created', 'stage_1_entered'],
  ],
  [
    '§11 each code of an AE has its way back: to SAL, to nurture, to RevOps',
    'ae_reject',
    ['sql'],
    ['sal', 'sql', 'recycled'],
    ['ae_rejected', 'returned_to_sal', 'territory_conflict_raised', 'lead_recycled'],
  ],
  ['§11 a territory conflict: RevOps arbitrates', 'arbitrate', ['sql'], ['sql'], ['ae_notified']],
  [
    '§11 a manager signs a discovery meeting that comes later than five business days',
    'sign_discovery_delay',
    ['opportunity'],
    ['opportunity'],
    ['discovery_delay_signed'],
  ],
  [
    '§13 whoever works on a lead gives it up by a disposition, or it is recycled',
    'dispose',
    ['assigned', 'contacted', 'sal', 'sql'],
    ['disqualified', 'recycled'],
    ['lead_disqualified', 'lead_recycled', 'disposition_feedback_given'],
  ],
])('%s', (sentence, command, from, to, facts) => {
  const row = rowOf(command);
  expect(row.from).toEqual(from);
  expect([...row.to].sort()).toEqual([...to].sort());
  expect(row.happens).toEqual(expect.arrayContaining(facts));
  expect(row.source).toBe(`policy book ${sentence.split(' ')[0]!}`);
});

test('§10 every SAL becomes SQL, recycled or disqualified: what stops its clock is what its commands bring about', () => {
  const { stop } = policy.commitments.find(({ id }) => id === 'sal.resolve')!;
  const brought = TABLE.filter(({ from }) => from.includes('sal')).flatMap(({ happens }) => happens);
  expect(brought).toEqual(expect.arrayContaining(stop));
});

test('every command has one row, and every one of its facts is a word of the policy', () => {
  expect(TABLE.map(({ command }) => command)).toEqual([...COMMANDS]);
  const words = policy.commitments.flatMap(({ start, stop }) => [start, ...stop]);
  expect(TABLE.flatMap(({ happens }) => happens).filter((fact) => !words.includes(fact))).toEqual([]);
});

test('who works on a lead can always give it up; of one that is gone nothing is asked any more', () => {
  for (const status of LEAD_STATUSES) {
    const isWorkedOn = ['assigned', 'contacted', 'sal', 'sql'].includes(status);
    expect([status, allowedIn(status).includes('dispose')]).toEqual([status, isWorkedOn]);
    if (isWorkedOn) continue;
    const own: Command[] = status === 'opportunity' ? ['introduce', 'sign_discovery_delay'] : [];
    expect([status, allowedIn(status)]).toEqual([status, own]);
  }
});

test('every status that a command leads to is worked on further, or is an end with its disposition', () => {
  const ends: LeadStatus[] = ['held', 'rejected', 'recycled', 'disqualified', 'opportunity'];
  for (const { to } of TABLE) {
    for (const status of to) expect(ends.includes(status) || allowedIn(status).length > 0).toBe(true);
  }
});

describe('a command that is not allowed', () => {
  test('is refused with the statuses that it takes and with what would be allowed', () => {
    expect(notAllowed(at('contacted'), 'promote')).toEqual({
      refused: 'not-allowed',
      detail:
        'A lead in status contacted cannot be promoted to SQL: that takes sal. Allowed now: accept, reject, dispose.',
      missing: [],
      allowed: ['accept', 'reject', 'dispose'],
    });
    expect(notAllowed(at('recycled'), 'accept').detail).toBe(
      'A lead in status recycled cannot be accepted: that takes assigned or contacted. Allowed now: nothing.',
    );
  });

  test('every one, when the personal data was removed', () => {
    const erased = { ...at('sal'), erasedAt: '2026-11-17T15:00:00.000Z' };
    expect(COMMANDS.filter((command) => isAllowed(erased, command))).toEqual([]);
    expect(notAllowed(erased, 'promote')).toMatchObject({
      detail: 'The lead cannot be promoted to SQL: its personal data was removed. Allowed now: nothing.',
      allowed: [],
    });
  });

  test.each(LEAD_STATUSES)('in status %s it is one that the status does not list', (status) => {
    const listed = allowedIn(status);
    expect(COMMANDS.filter((command) => isAllowed(at(status), command))).toEqual(listed);
  });

  test('for another reason than the status names the same commands', () => {
    const why = { refused: 'sql-gate', detail: 'No.', missing: [] };
    expect(refusedFor(at('sal'), why)).toEqual({ ...why, allowed: ['reject', 'promote', 'dispose'] });
  });
});
