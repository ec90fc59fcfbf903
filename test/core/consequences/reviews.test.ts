import { reviewsOf } from '../../../core/consequences/reviews.ts';
import { toldOf } from '../../../core/consequences/told.ts';
import { NEW_LIFE } from '../../../core/model/life.ts';
import type { Handoff } from '../../../core/model/life.ts';
import type { Person } from '../../../core/model/person.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import type { HandedOver } from '../../../core/reporting/ae-rejections.ts';
import { epochMs } from '../../../core/time.ts';
import { loadPeople } from '../../../lib/policy/people.ts';
import { livePolicy } from './leads.ts';

const DECEMBER = epochMs('2026-12-01T05:00:00Z');
let policy: CompiledPolicy;
let people: Person[];
beforeAll(async () => {
  policy = await livePolicy();
  people = await loadPeople('policy/people.yaml');
});

function decided(n: number, code: string | null, at: string): HandedOver[] {
  const act = { at, by: 'alice' };
  const handoff: Handoff = {
    ...{ n: 1, sdr: 'sam', notifiedAt: at, introducedAt: null, introducedBy: null },
    ae: { personId: 'alice', assignedAt: at, reason: 'Next.', via: 'round_robin', n: 1 },
    accepted: code === null ? act : null,
    rejected: code === null ? null : { ...act, code },
  };
  return Array.from({ length: n }, (_, i) => ({
    leadId: `lead-${at.slice(5, 10)}-${code ?? 'ok'}-${i}`,
    life: { ...NEW_LIFE, handoff },
  }));
}
const month = (at: string) => [...decided(3, null, at), ...decided(2, 'AE-REJ-01', at)];
const NOVEMBER = '2026-11-17T15:00:00.000Z';
const reviews = (leads: HandedOver[], now = DECEMBER, rules = policy) =>
  reviewsOf(rules, { people }, leads, now);

test('a review is one an AE and month, opened when the month is over and not an instant sooner', () => {
  expect(reviews(month(NOVEMBER), DECEMBER - 1)).toEqual([]);
  expect(reviews(month(NOVEMBER))).toMatchObject([
    {
      itemId: 'alice/2026-11/three_way_review',
      ...{ personId: 'alice', period: '2026-11', at: '2026-12-01T05:00:00.000Z' },
      breaches: ['lead-11-17-AE-REJ-01-0', 'lead-11-17-AE-REJ-01-1'],
      tell: ['person:sam', 'person:alice', 'person:mona', 'person:aaron'],
    },
  ]);
});

test('reviews of earlier months are reckoned as well, whenever it is done', () => {
  const leads = [...month('2026-10-15T15:00:00.000Z'), ...month(NOVEMBER)];
  expect(reviews(leads).map(({ period }) => period)).toEqual(['2026-10', '2026-11']);
});

test('of a quarter it is one, where the policy says so', () => {
  const rules: CompiledPolicy = {
    ...policy,
    aeRejectionReview: { ...policy.aeRejectionReview, period: 'quarter' },
  };
  const leads = [...month('2026-10-15T15:00:00.000Z'), ...month(NOVEMBER)];
  expect(reviews(leads, DECEMBER, rules)).toEqual([]);
  expect(reviews(leads, epochMs('2027-01-01T05:00:00Z'), rules)).toMatchObject([
    { itemId: 'alice/2026-Q4/three_way_review' },
  ]);
});

test('everybody who is to meet is told themselves, the AE among them, and nobody who has left', () => {
  const [review] = reviews(month(NOVEMBER));
  const told = (roster: Person[]) => toldOf(policy, { people: roster }, review!, DECEMBER);
  expect(told(people).sort()).toEqual(['aaron', 'alice', 'mona', 'sam']);
  const leave = { available: false, from: NOVEMBER, until: null, reason: 'leave' };
  expect(told(people.map((one) => ({ ...one, availability: [leave] }))).sort()).toEqual([
    'aaron',
    'alice',
    'mona',
    'sam',
  ]);
  expect(told(people.map((one) => ({ ...one, active: one.personId !== 'sam' })))).not.toContain('sam');
});
