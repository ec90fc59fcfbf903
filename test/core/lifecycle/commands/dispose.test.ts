/** Dispositions (policy book §13): a reason each, enough attempts where nobody was reached, and what follows. */
import type { Disposal } from '../../../../core/lifecycle/commands/dispose.ts';
import { dispose } from '../../../../core/lifecycle/commands/dispose.ts';
import { attemptsRequired } from '../../../../core/cadence/required.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import type { Lead, LeadStatus } from '../../../../core/model/lead.ts';
import { LEAD_STATUSES } from '../../../../core/model/lead.ts';
import { events, timeline } from '../../../support/world.ts';
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
  tried,
} from './fixture.ts';

let world: World;
let later: World;
let lead: Lead;
beforeAll(async () => {
  world = await enforcing();
  later = minutesLater(world, 60);
  lead = sal(world);
});

const SMALL: Disposal = {
  by: 'sam',
  disposition: 'disqualified',
  reason: 'not_a_fit',
  detail: 'Fewer than 50 employees',
};
const SILENT: Disposal = { by: 'sam', disposition: 'unable_to_reach' };

/** The lead after so many calls and mails. */
function worked(calls: number, mails: number): Lead {
  let one = assigned(world);
  for (let n = 0; n < calls; n += 1) one = tried(minutesLater(world, n + 1), one, 'call');
  for (let n = 0; n < mails; n += 1) one = tried(minutesLater(world, n + 30), one, 'email');
  return one;
}

describe('disqualified', () => {
  test('ends it: the feedback is given, the time for qualifying met, and nobody owes anything', () => {
    const decision = done(dispose(later, lead, SMALL));
    expect(decision.lead).toMatchObject({
      status: 'disqualified',
      life: {
        closedAt: '2026-11-17T15:00:00.000Z',
        disposition: { disposition: 'disqualified', reason: 'not_a_fit', scenario: null, signedBy: null },
      },
    });
    expect(stand(decision.lead, 'sal.resolve', 'sql.feedback')).toEqual([
      'sal.resolve met',
      'sql.feedback met',
    ]);
    expect(open(decision.lead)).toEqual([]);
    expect(suppressions(decision.effects)).toEqual([]);
    expect([events(decision.effects).includes('LeadDisposed'), timeline(decision.effects)[0]]).toEqual([
      true,
      'lead_disposed',
    ]);
    expect(parsed(decision.effects)).toBe(true);
  });

  test('keeps its words off the bus', () => {
    const { effects } = done(dispose(later, lead, SMALL));
    const told = JSON.stringify(effects.filter(({ kind }) => kind !== 'timeline'));
    expect(told).not.toContain('50 employees');
  });

  test('for a timeline of 12 months or more is future nurture: recycled, and suppressed for six months', () => {
    const ask = { ...SMALL, reason: 'timeline_12_months', detail: 'New budget in spring 2028' };
    const { lead: recycled, effects } = done(dispose(later, lead, ask));
    expect(recycled).toMatchObject({ status: 'recycled', life: { disposition: { scenario: 'not_ready' } } });
    expect(suppressions(effects)).toEqual(['person: not_ready']);
  });

  test.each<[string, Partial<Disposal>, string, string]>([
    ['without a reason', { reason: undefined }, 'unknown-reason', 'reason'],
    ['for a reason of another row', { reason: 'no_answer' }, 'unknown-reason', 'reason'],
    ['without words', { detail: undefined }, 'detail-missing', 'detail'],
    ['with empty words', { detail: '  ' }, 'detail-missing', 'detail'],
    ['with a placeholder', { detail: 'n/a' }, 'detail-missing', 'detail'],
    ["in the reason's own words", { detail: 'Not a fit!' }, 'detail-missing', 'detail'],
    ["in the disposition's own words", { detail: 'disqualified: fit' }, 'detail-missing', 'detail'],
    ['in words that say nothing', { detail: 'Not interested.' }, 'detail-missing', 'detail'],
    ['by a disposition that is none', { disposition: 'archived' }, 'unknown-disposition', 'disposition'],
    [
      'as converted, which the acceptance by the AE does',
      { disposition: 'converted' },
      'unknown-disposition',
      'disposition',
    ],
  ])('is refused %s', (_, change, refused, path) => {
    expect(dispose(later, lead, { ...SMALL, ...change })).toMatchObject({ refused, missing: [{ path }] });
  });
});

describe('unable to reach', () => {
  test('after all attempts over two channels it starts re-engagement: recycled, and suppressed', () => {
    const { attempts } = attemptsRequired(world.policy, lead);
    const { lead: recycled, effects } = done(dispose(later, worked(attempts - 1, 1), SILENT));
    expect(recycled).toMatchObject({
      status: 'recycled',
      life: {
        disposition: {
          reason: 'no_answer',
          scenario: 'cadence_exhausted',
          attempts: { made: attempts, required: attempts, channels: 2 },
          signedBy: null,
        },
      },
    });
    expect(suppressions(effects)).toEqual(['person: cadence_exhausted']);
    expect(open(recycled)).toEqual([]);
    expect(parsed(effects)).toBe(true);
  });

  test('one attempt too few is refused, with how many are missing', () => {
    const { attempts } = attemptsRequired(world.policy, lead);
    expect(dispose(later, worked(attempts - 2, 1), SILENT)).toMatchObject({
      refused: 'attempts-missing',
      missing: [{ path: 'attempts', message: `${attempts - 1} of ${attempts} attempts; 1 more.` }],
      allowed: ['accept', 'reject', 'dispose'],
    });
  });

  test('on one channel alone is refused however often', () => {
    const { attempts } = attemptsRequired(world.policy, lead);
    expect(dispose(later, worked(attempts, 0), SILENT)).toMatchObject({
      refused: 'attempts-missing',
      missing: [{ path: 'channels', message: '1 of 2 channels; 1 more.' }],
    });
  });

  test('early with the signature of a manager, and recorded as early', () => {
    const { lead: recycled, effects } = done(dispose(later, worked(1, 0), { ...SILENT, signedBy: 'mona' }));
    expect(recycled.life.disposition).toMatchObject({ signedBy: 'mona', attempts: { made: 1 } });
    expect(effects).toContainEqual(
      expect.objectContaining({
        detailType: 'LeadDisposed',
        data: expect.objectContaining({ early: true, signedBy: 'mona' }) as unknown,
      }),
    );
  });

  test.each(['sam', 'nobody'])('the signature of %s, who is no manager, does not count', (signedBy) => {
    expect(dispose(later, worked(1, 0), { ...SILENT, signedBy })).toMatchObject({
      refused: 'not-a-manager',
      missing: [{ path: 'signedBy' }],
    });
  });

  test('a signature that was not needed makes nothing early', () => {
    const { attempts } = attemptsRequired(world.policy, lead);
    const ask = { ...SILENT, signedBy: 'mona' };
    expect(done(dispose(later, worked(attempts, 1), ask)).lead.life.disposition?.signedBy).toBeNull();
  });
});

test('the same disposition by the same person again changes nothing', () => {
  const gone = saved(done(dispose(later, lead, SMALL)));
  const again = done(dispose(minutesLater(later), gone, SMALL));
  expect([again.lead === gone, again.effects]).toEqual([true, []]);
  const other = dispose(later, gone, { ...SMALL, detail: 'Too far away' });
  expect(other).toMatchObject({ refused: 'not-allowed', allowed: [] });
});

const WORKED_ON: LeadStatus[] = ['assigned', 'contacted', 'sal', 'sql'];
test.each(LEAD_STATUSES)('in status %s', (status) => {
  const outcome = dispose(later, { ...lead, status }, SMALL);
  expect('refused' in outcome ? outcome.refused : 'disposed').toBe(
    WORKED_ON.includes(status) ? 'disposed' : 'not-allowed',
  );
});
