import fc from 'fast-check';
import { NEW_LIFE } from '../../../core/model/life.ts';
import type { Handoff } from '../../../core/model/life.ts';
import type { Person } from '../../../core/model/person.ts';
import { aeRejections } from '../../../core/reporting/ae-rejections.ts';
import type { HandedOver } from '../../../core/reporting/ae-rejections.ts';
import { monthNamed } from '../../../core/reporting/period.ts';
import { loadPeople } from '../../../lib/policy/people.ts';

const NOVEMBER = monthNamed('2026-11', 'America/New_York');
const policy = {
  aeRejectionReview: {
    abovePercent: 20,
    minimum: 5,
    codes: ['AE-REJ-01', 'AE-REJ-02'],
    attendees: ['sdr', 'ae', 'sdr_manager', 'ae_manager'] as const,
  },
} as unknown as Parameters<typeof aeRejections>[0];
let people: Person[];
beforeAll(async () => {
  people = await loadPeople('policy/people.yaml');
});

type Answer = string | null;
/** A handoff that alice accepted (`ok`), rejected under a code, or has not answered (null). */
function handoff(answer: Answer, at = '2026-11-17T15:00:00.000Z', sdr = 'sam', aeId = 'alice'): Handoff {
  const act = { at, by: aeId };
  return {
    ...{ n: 1, sdr, notifiedAt: at, introducedAt: null, introducedBy: null },
    ae: { personId: aeId, assignedAt: at, reason: 'Next.', via: 'round_robin', n: 1 },
    accepted: answer === 'ok' ? act : null,
    rejected: answer === 'ok' || answer === null ? null : { ...act, code: answer },
  };
}
const lead = (leadId: string, ...all: Handoff[]): HandedOver => ({
  leadId,
  life: { ...NEW_LIFE, pastHandoffs: all.slice(0, -1), handoff: all.at(-1) ?? null },
});
const leadsOf = (answers: readonly Answer[]): HandedOver[] =>
  answers.map((answer, i) => lead(`lead-${i}`, handoff(answer)));
const figures = (leads: HandedOver[]) => aeRejections(policy, { people }, leads, NOVEMBER);
const times = (n: number, answer: Answer): Answer[] => Array.from({ length: n }, () => answer);

describe("the share of an AE's SQLs rejected under the codes", () => {
  test.each([
    ['one of five is exactly the bar', [...times(4, 'ok'), 'AE-REJ-01'], 20, false],
    ['two of five are above it', [...times(3, 'ok'), 'AE-REJ-01', 'AE-REJ-02'], 40, true],
    ['21 of 100', [...times(79, 'ok'), ...times(21, 'AE-REJ-01')], 21, true],
    ['other codes do not count', [...times(3, 'ok'), ...times(4, 'AE-REJ-03')], 0, false],
    [
      'what waits for an answer is no SQL of the share',
      [...times(4, 'ok'), 'AE-REJ-01', ...times(9, null)],
      20,
      false,
    ],
    ['of four no share is reckoned', times(4, 'AE-REJ-01'), null, false],
  ] as const)('%s', (_what, answers, percent, due) => {
    const [alice] = figures(leadsOf(answers));
    expect(alice?.percent).toBe(percent);
    expect(alice?.review !== null).toBe(due);
  });

  test('counts a lead that was handed over twice for both AEs, also over cycles', () => {
    const twice = lead('lead-1', handoff('AE-REJ-01'), handoff('ok', undefined, 'sam', 'ben'));
    expect(figures([twice]).map(({ aeId, decided, rejected }) => [aeId, decided, rejected])).toEqual([
      ['alice', 1, 1],
      ['ben', 1, 0],
    ]);
  });

  test.each(['2026-11-01T03:59:59.999Z', '2026-12-01T05:00:00.000Z'])('leaves out a decision of %s', (at) => {
    expect(figures([lead('lead-1', handoff('AE-REJ-01', at))])).toEqual([]);
  });
});

describe('a review', () => {
  const due = () => figures(leadsOf([...times(4, 'ok'), ...times(3, 'AE-REJ-01')]))[0]!;

  test('brings together the AE, the SDR and both managers', () => {
    expect(due().review?.attendees).toEqual([
      { role: 'sdr', people: ['sam'] },
      { role: 'ae', people: ['alice'] },
      { role: 'sdr_manager', people: ['mona'] },
      { role: 'ae_manager', people: ['aaron'] },
    ]);
    expect(due()).toMatchObject({ leadIds: ['lead-4', 'lead-5', 'lead-6'] });
  });

  test('says the figures and blames nobody', () => {
    const { explanation, reviewId } = due().review!;
    expect(reviewId).toBe('ae-review/alice/2026-11');
    expect(explanation).toContain(
      '3 of 7 SQLs that alice decided about were rejected under AE-REJ-01 or AE-REJ-02',
    );
    expect(explanation).not.toMatch(/fault|blame|cherry|weak|bad/i);
  });
});

test('is the same in any order of leads, and no share is above 100', () => {
  const answer = fc.constantFrom<Answer>('ok', 'AE-REJ-01', 'AE-REJ-02', 'AE-REJ-05', null);
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 30 }), fc.integer(), (answers, seed) => {
      const leads = leadsOf(answers);
      const shuffled = leads.toSorted(
        (a, b) => ((a.leadId.length * 31 + seed) % 7) - ((b.leadId.length * 17) % 7),
      );
      expect(figures(shuffled)).toEqual(figures(leads));
      for (const { rejected, decided } of figures(leads)) expect(rejected).toBeLessThanOrEqual(decided);
    }),
  );
});
