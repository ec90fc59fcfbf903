import { lookAtGate } from '../../../../core/lifecycle/inquiry.ts';
import { answerReview, isAnswered, isOffered } from '../../../../core/lifecycle/review.ts';
import type { ReviewAnswer } from '../../../../core/lifecycle/review.ts';
import { attentionAt } from '../../../../core/lifecycle/attention.ts';
import { reconcileSubject } from '../../../../core/lifecycle/reconcile.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import { epochMs } from '../../../../core/time.ts';
import { events, later, mails, timeline, worldAt } from '../../../support/world.ts';
import { act, ada, known, received, saved, THURSDAY, withoutPhone } from './inquiries.ts';

let world: World;
beforeAll(async () => {
  world = await worldAt(THURSDAY);
});

const ACCEPT: ReviewAnswer = { decision: 'accept', by: 'mona', reason: 'Known from the fair.' };
const LEAVE: ReviewAnswer = { decision: 'leave', by: 'mona', reason: 'Too early.' };

/** Fit gives 55 points, and no act proves intent. */
const offered = (at = THURSDAY) => received(later(world, at), ada());

describe('the review band (policy book §6: 40 to 59 is offered to the SDR manager, never routed by itself)', () => {
  test.each([
    [39, 'nurture'],
    [40, 'review'],
    [59, 'review'],
    [60, 'review'],
  ])('a score of %d is %s without proof of intent', (total, verdict) => {
    const { policy } = world;
    const points = { ...policy.mqlGate.icpFit.points, industry: total - 35 };
    const icpFit = { ...policy.mqlGate.icpFit, points, minimum: 0 };
    const other = { ...world, policy: { ...policy, mqlGate: { ...policy.mqlGate, icpFit } } };
    const { lead } = received(other, ada());
    expect(lead.gate).toMatchObject({ verdict, score: { total } });
    expect(lead.status).toBe('nurture');
  });

  test('offers once, to the SDR manager, and starts nothing', () => {
    const { lead, effects } = offered();
    expect(lead.gate?.review).toMatchObject({ n: 1, state: 'offered', by: null });
    expect(mails(effects)).toEqual(['review_offer → mona']);
    expect(events(effects)).toEqual(['InquiryReceived', 'ReviewOffered']);
    expect(effects.filter(({ kind }) => kind === 'start')).toEqual([]);
    expect(effects).toContainEqual(
      expect.objectContaining({
        kind: 'record',
        record: expect.objectContaining({ type: 'task', assignee: 'mona' }) as unknown,
      }),
    );
    const again = lookAtGate(
      later(world, '2026-11-19T11:00:00-05:00'),
      saved({ lead, effects }),
      known(act('blog_visit')),
    );
    expect(mails(again.effects)).toEqual([]);
  });

  test('waits for the manager’s hours, and the reconciler sends it then: no execution is there to do so', () => {
    const { lead, effects } = offered('2026-11-21T22:00:00-05:00');
    expect(mails(effects)).toEqual([]);
    expect(lead.held).toMatchObject([{ until: '2026-11-23T13:00:00.000Z', notice: { recipient: 'mona' } }]);
    const opening = epochMs('2026-11-23T13:00:00.000Z');
    expect(attentionAt(lead, world.policy, epochMs('2026-11-22T03:00:00Z'))).toBe(opening);
    const early = reconcileSubject({ ...world, now: opening - 1 }, saved({ lead, effects }));
    expect(early.effects).toEqual([]);
    const due = reconcileSubject({ ...world, now: opening }, saved({ lead, effects }));
    expect(mails(due.effects)).toEqual(['review_offer → mona']);
    expect(due.lead.held).toEqual([]);
  });

  test('accepted: an MQL from that instant on, in spite of its score', () => {
    const at = '2026-11-19T15:30:00-05:00';
    const before = saved(offered());
    const { lead, effects } = answerReview(later(world, at), before, ACCEPT, known());
    expect(lead).toMatchObject({
      status: 'unassigned',
      qualifiedAt: '2026-11-19T20:30:00.000Z',
      gate: { review: { state: 'accepted', by: 'mona', reason: 'Known from the fair.' } },
    });
    expect(events(effects)).toEqual(['ReviewDecided', 'LeadQualified']);
    expect(timeline(effects)[0]).toBe('review_accepted');
    expect(isAnswered(lead, ACCEPT)).toBe(true);
    expect(isOffered(lead)).toBe(false);
  });

  test('accepted without a phone: held, and an MQL when the number comes, without another answer', () => {
    const before = saved(received(world, withoutPhone()));
    const held = answerReview(world, before, ACCEPT, known());
    expect(held.lead.status).toBe('held');
    const completed = { ...saved(held), contact: ada().contact };
    expect(lookAtGate(world, completed, known()).lead.status).toBe('unassigned');
  });

  test('accepted a week after the last act: the time of the reviewer is not Marketing’s, and the sentences say who decided', () => {
    const contact = { ...ada().contact, title: 'Marketing Manager' };
    const before = saved(received(world, ada({ contact }), act('blog_visit')));
    const accepted = answerReview(
      later(world, '2026-11-25T10:00:00-05:00'),
      before,
      ACCEPT,
      known(act('blog_visit')),
    );
    expect(accepted.lead).toMatchObject({ status: 'unassigned' });
    expect(accepted.lead.clocks.map(({ commitment }) => commitment)).toEqual(['mql.respond', 'mql.route']);
    expect(accepted.lead.gate?.explanation).toEqual([
      expect.stringMatching(
        /^An MQL, accepted from the review band: \d+ points where 60 are needed/,
      ) as unknown,
      expect.stringMatching(/^Missing: 1 act of tier 1 like "Demo request"/) as unknown,
    ]);
  });

  test('accepted does not make good what speaks against it', () => {
    const before = { ...saved(offered()), relations: { customer: true } };
    expect(answerReview(world, before, ACCEPT, known()).lead.status).toBe('disqualified');
  });

  test('left: stays in nurture, and is offered anew only when it has left the band and come back', () => {
    const left = saved(answerReview(world, saved(offered()), LEAVE, known()));
    expect(left).toMatchObject({ status: 'nurture', gate: { review: { state: 'left' } } });
    const still = saved(lookAtGate(world, left, known(act('email_open'))));
    expect(still.gate?.review).toMatchObject({ n: 1, state: 'left' });
    const gone = saved(lookAtGate(world, still, known(act('unsubscribe'))));
    expect(gone.gate).toMatchObject({ verdict: 'nurture', review: { n: 1, state: 'lapsed' } });
    const back = lookAtGate(world, gone, known());
    expect(back.lead.gate?.review).toMatchObject({ n: 2, state: 'offered' });
    expect(mails(back.effects)).toEqual(['review_offer → mona']);
  });

  test('an offer that nobody has answered lapses with the band; an MQL by its own acts needs no answer', () => {
    const { lead, effects } = lookAtGate(world, saved(offered()), known(act('demo_request')));
    expect(lead).toMatchObject({ status: 'unassigned', gate: { review: { state: 'lapsed' } } });
    expect(timeline(effects)).toContain('review_lapsed');
    expect(answerReview(world, lead, ACCEPT, known())).toEqual({ lead, effects: [] });
  });
});
