import { LifeStory } from '../support/life-story.ts';
import { eightWeeks } from '../support/eight-weeks.ts';

const TUESDAY_NINE = '2026-11-17T09:00:00-05:00';

let life: LifeStory;
beforeEach(async () => {
  life = await LifeStory.begin(TUESDAY_NINE);
});
afterEach(async () => {
  await life.story.end();
});

test('a whole life in eight weeks with everything in time: nobody hears of a miss', async () => {
  const { story } = life;
  const { leadId, owner, ae } = await eightWeeks(life);
  const { status, clocks } = await life.lived(leadId);
  expect(status).toBe('opportunity');
  expect(clocks.flatMap(({ verdicts }) => verdicts.map(({ verdict }) => verdict))).not.toContain('missed');
  // What the end of the opportunity leaves undone is owed no longer.
  expect(clocks.filter((clock) => clock.status !== 'met').map(({ commitment }) => commitment)).toEqual([
    'cadence.touch',
    'opportunity.no_activity',
    'opportunity.no_next_step',
  ]);
  // Nobody hears of anything but what is theirs; the prospect is reminded of both meetings.
  expect(await story.mails()).toEqual([
    `Tue 09:00:00 ${owner}: New lead: Example (5 min left)`,
    `Wed 10:00:00 ${ae}: SQL for you: Example (4 h left)`,
    'Mon 10:00:00 ada: A reminder of our meeting',
    `Mon 10:00:00 ${ae}: Meeting soon: Example`,
    'Tue 09:00:00 ada: A reminder of our meeting',
    `Tue 09:00:00 ${ae}: Meeting soon: Example`,
    'Tue 14:00:00 ada: A reminder of our meeting',
    `Tue 14:00:00 ${ae}: Meeting soon: Example`,
    'Wed 13:00:00 ada: A reminder of our meeting',
    `Wed 13:00:00 ${ae}: Meeting soon: Example`,
  ]);
  // Every execution came to its end, each of another clock.
  const executions = await life.executions(leadId);
  const ends = /SUCCEEDED (Contacted in time|Met in time|Handed over)$/;
  expect(executions.filter((line) => !ends.test(line))).toEqual([]);
  expect(new Set(executions.map((line) => line.split(' ')[0])).size).toBe(executions.length);
}, 120_000);
