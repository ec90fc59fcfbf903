import { IN_HOURS, qualified } from './facts.ts';

const ENDS = '2026-11-20T16:00:00.000Z';

describe('the start of the clock', () => {
  test('is the instant of qualification', async () => {
    expect(await qualified('demo_request')).toMatchObject({ startedAt: IN_HOURS, countsFrom: IN_HOURS });
  });

  test('for a webinar is its end, if that is later', async () => {
    const signals = [{ type: 'webinar_attendee', at: '2026-11-20T15:00:00.000Z', endsAt: ENDS }];
    const lead = await qualified('webinar_attendee', { signals });
    expect(lead).toMatchObject({ startedAt: ENDS, dueAt: '2026-11-20T18:00:00.000Z' });
    expect(lead.explanation.join(' ')).toContain('when the event ends');
  });

  test('for a webinar that is over is the qualification', async () => {
    const signals = [
      { type: 'webinar_attendee', at: '2026-11-20T14:00:00.000Z', endsAt: '2026-11-20T15:00:00.000Z' },
    ];
    expect((await qualified('webinar_attendee', { signals })).startedAt).toBe(IN_HOURS);
  });

  test('is not moved by another event that the prospect has signed up for', async () => {
    const signals = [
      { type: 'webinar_attendee', at: '2026-11-20T15:00:00.000Z', endsAt: ENDS },
      { type: 'webinar_registration', at: '2026-11-20T15:01:00.000Z', endsAt: '2026-12-20T15:00:00.000Z' },
      { type: 'webinar_attendee', at: '2026-12-01T15:00:00.000Z', endsAt: '2026-12-01T16:00:00.000Z' },
    ];
    expect((await qualified('webinar_attendee', { signals })).startedAt).toBe(ENDS);
  });

  test('for other sources is not moved by an event', async () => {
    const signals = [{ type: 'webinar_attendee', at: '2026-11-20T15:00:00.000Z', endsAt: ENDS }];
    expect((await qualified('demo_request', { signals })).startedAt).toBe(IN_HOURS);
  });

  test('a content download is best answered no sooner than two hours after', async () => {
    expect((await qualified('content_download')).notBefore).toBe('2026-11-20T17:04:05.000Z');
  });

  test('which no longer holds when another row sets the target', async () => {
    expect((await qualified('content_download', { company: { employees: 50 } })).notBefore).toBeNull();
  });
});
