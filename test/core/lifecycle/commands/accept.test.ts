import { accept } from '../../../../core/lifecycle/commands/accept.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import type { Lead } from '../../../../core/model/lead.ts';
import { LEAD_STATUSES } from '../../../../core/model/lead.ts';
import { events, timeline } from '../../../support/world.ts';
import { parsed } from '../../../support/events.ts';
import { assigned, done, enforcing, minutesLater, open, saved, stand, tried } from './fixture.ts';

let world: World;
let called: Lead;
beforeAll(async () => {
  world = await enforcing();
  called = tried(minutesLater(world, 2), assigned(world));
});

const accepted = (at: number) => done(accept(minutesLater(world, at), called, { by: 'sam' }));

describe('accepting an MQL (policy book §8)', () => {
  test('makes a SAL of it and says who and when', () => {
    const { lead, effects } = accepted(10);
    expect(lead).toMatchObject({
      status: 'sal',
      life: { accepted: { at: '2026-11-17T14:10:00.000Z', by: 'sam' } },
    });
    expect(timeline(effects)).toContain('lead_accepted');
    expect(events(effects)).toContain('LeadAccepted');
    expect(parsed(effects)).toBe(true);
  });

  test.each([
    ['15 min after the first attempt', 17, 'met'],
    ['a minute later', 18, 'missed'],
  ])('%s: the time for accepting is %s', (_, minutes, verdict) => {
    const { lead } = accepted(minutes);
    expect(stand(lead, 'sal.accept', 'sal.decide', 'sal.review')).toEqual([
      `sal.accept ${verdict}`,
      'sal.decide met',
      'sal.review met',
    ]);
  });

  test('starts the 14 business days for qualifying it and the 7 days for feedback', () => {
    expect(open(accepted(10).lead)).toEqual(expect.arrayContaining(['sal.resolve', 'sql.feedback']));
  });

  test('again by the same person changes nothing, whatever has become of it since', () => {
    const lead = saved(accepted(10));
    const again = done(accept(minutesLater(world, 20), lead, { by: 'sam' }));
    expect(again.lead).toBe(lead);
    expect(again.effects).toEqual([]);
    const gone = { ...lead, status: 'recycled' as const };
    expect(done(accept(minutesLater(world, 20), gone, { by: 'sam' })).lead).toBe(gone);
  });

  test('by somebody else when it is accepted is refused', () => {
    expect(accept(minutesLater(world, 20), saved(accepted(10)), { by: 'kim' })).toMatchObject({
      refused: 'not-allowed',
      allowed: ['reject', 'promote', 'dispose'],
    });
  });

  test('of a lead that nobody owns is refused: a SAL is somebody’s', () => {
    const talked = { ...called, owner: null, status: 'contacted' as const };
    expect(accept(world, talked, { by: 'sam' })).toMatchObject({
      refused: 'no-owner',
      missing: [{ path: 'owner' }],
      allowed: ['accept', 'reject', 'dispose'],
    });
  });

  test.each(LEAD_STATUSES.filter((status) => status !== 'assigned' && status !== 'contacted'))(
    'in status %s is refused',
    (status) => {
      expect(accept(world, { ...called, status }, { by: 'sam' })).toMatchObject({ refused: 'not-allowed' });
    },
  );
});
