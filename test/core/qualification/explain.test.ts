import { qualify } from '../../../core/qualification/index.ts';
import { epochMs } from '../../../core/time.ts';
import { IN_HOURS, SATURDAY, defaultPolicy, facts, qualified } from './facts.ts';

describe('the explanation', () => {
  test('says the target, its row and the deadline first, then the kind of lead, then the zone', async () => {
    const contact = { country: 'US', region: 'MA' };
    const { explanation } = await qualified('demo_request', {
      contact,
      company: { employees: 1200 },
      score: 82,
    });
    expect(explanation).toEqual([
      'A first attempt is due within 5 business minutes (source demo_request), by Fri 2026-11-20 10:09:05 (America/New_York).',
      'Source demo_request, tier 1 (source demo_request), segment enterprise (1200 employees), priority hot (source demo_request).',
      "The prospect's time zone is America/New_York, taken from region US-MA.",
    ]);
  });

  test('says why a lead goes to somebody on call', async () => {
    const { explanation } = await qualified('newsletter_signup', { qualifiedAt: SATURDAY, score: 80 });
    expect(explanation).toContain(
      'It started outside business hours and goes to somebody on call because of score 80 (at least 75).',
    );
  });

  test('says from when the clock counts outside hours', async () => {
    const { explanation } = await qualified('contact_sales', { qualifiedAt: SATURDAY });
    expect(explanation.join(' ')).toContain(
      'counts from the next opening, Mon 2026-11-23 08:00 (America/New_York)',
    );
  });

  test('says that a lead came after its target was used up', async () => {
    const lead = qualify(await defaultPolicy(), facts('demo_request'), epochMs('2026-11-20T15:30:00Z'));
    expect(lead.startedAt).toBe(IN_HOURS);
    expect(lead.explanation.at(-1)).toMatch(
      /^The target was used up before the lead arrived on Fri 2026-11-20 10:30/,
    );
  });
});
