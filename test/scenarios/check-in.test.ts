import { LifeStory } from '../support/life-story.ts';

const TUESDAY_NINE = '2026-11-17T09:00:00-05:00';
let life: LifeStory;
beforeEach(async () => {
  life = await LifeStory.begin(TUESDAY_NINE);
});
afterEach(async () => {
  await life.story.end();
});

const NOT_READY = { disposition: 'disqualified', reason: 'timeline_12_months', detail: 'Budget in 2028' };
const TITLE = '“Check-in with a lead that was not ready”';
const checkIn = (lines: string[]) => lines.filter((line) => line.startsWith('recycle'));

test('who buys in a year is looked in on at month 6: the execution waits that long, and a call meets it', async () => {
  const { story } = life;
  const { leadId, owner } = await life.attempted();
  await life.does('accept', leadId, owner);
  expect((await life.does('dispose', leadId, owner, NOT_READY)).status).toBe('recycled');
  const known = await story.mails();
  expect(checkIn(await life.executions(leadId))).toEqual([
    'recycle-check_in-1 RUNNING Wait until 50 percent',
  ]);
  await story.until('2027-05-17T09:00:00-04:00');
  expect(await life.mailsAfter(known)).toEqual([]);
  await story.until('2027-05-18T09:00:00-04:00');
  expect(await life.mailsAfter(known)).toEqual([
    `Mon 09:02:00 ${owner}: Reminder: Example (50 h left), ${TITLE}`,
    `Mon 09:02:00 olive: Reminder: Example (50 h left), ${TITLE}`,
  ]);
  expect(checkIn(await life.executions(leadId))).toEqual([
    'recycle-check_in-1 RUNNING Wait until the deadline',
  ]);
  await story.attempt(leadId, { personId: owner, outcome: 'voicemail' });
  expect(checkIn(await life.clocks(leadId))).toEqual(['recycle.check_in met met']);
  await story.until('2027-05-26T09:00:00-04:00');
  expect(checkIn(await life.executions(leadId))).toEqual(['recycle-check_in-1 SUCCEEDED Met in time']);
  expect(await life.mailsAfter(known)).toHaveLength(2);
}, 120_000);

test('nobody looks in: five business days later it is a breach, and the SDR’s manager hears of it', async () => {
  const { story } = life;
  const { leadId, owner } = await life.attempted();
  await life.does('accept', leadId, owner);
  await life.promoted(leadId, owner, '2026-11-25T15:00:00Z');
  await life.does('aeReject', leadId, 'alice', { code: 'AE-REJ-02' });
  await story.until('2027-05-18T09:00:00-04:00');
  const known = await story.mails();
  await story.until('2027-05-26T09:00:00-04:00');
  expect(await life.mailsAfter(known)).toEqual([
    `Mon 09:02:00 ${owner}: Target missed: Example (due now), ${TITLE}`,
    `Mon 09:02:00 mona: Breach: Example (due now), ${TITLE}`,
  ]);
  expect(checkIn(await life.clocks(leadId))).toEqual(['recycle.check_in breached missed']);
  expect(checkIn(await life.executions(leadId))).toEqual(['recycle-check_in-1 SUCCEEDED Handed over']);
}, 120_000);
