import { LifeStory } from '../support/life-story.ts';
import { Story } from '../support/story.ts';

/** A Tuesday; the week is over on Monday the 23rd, 00:00 in New York. */
const TUESDAY_NINE = '2026-11-17T09:00:00-05:00';
const LIVE = 'test/support/live.yaml';
const SMB = { company: { name: 'Example', employees: 20 } };

interface Item {
  itemId: string;
  item: string;
  period: string;
  state: string;
  diagnostic: boolean;
  told: string[];
  explanation: string;
  breaches: { leadId: string; clockId: string }[];
  closed: { by: string } | null;
}
interface OfPerson {
  items: Item[];
  compliance: { counted: { judged: number; met: number }; band: { id: string } | null } | null;
}

let story: Story;
afterEach(async () => {
  await story.end();
});

const of = async (personId: string): Promise<OfPerson> =>
  (await story.call<OfPerson>('GET', `/v1/people/${personId}/consequences`)).body;
/** What counts, as `state item: who knows`. */
const items = async (personId: string): Promise<string[]> =>
  (await of(personId)).items
    .filter(({ diagnostic }) => !diagnostic)
    .map(({ state, item, told }) => [`${state} ${item}`, ...told].join(': '))
    .sort();
async function isThere(personId: string, available: boolean): Promise<void> {
  const body = { available, from: await story.now(), reason: 'a story' };
  const { status } = await story.call('POST', `/v1/people/${personId}/availability`, body);
  expect(status).toBe(200);
}
/** So many leads that nobody calls in their five minutes. */
async function missedBy(
  personId: string,
  count: number,
  change: Record<string, unknown> = {},
): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push((await story.post(change)).leadId);
  await story.pass('PT1M');
  for (const leadId of ids) expect((await story.lead(leadId)).owner?.personId).toBe(personId);
  await story.pass('PT5M');
  return ids;
}
/** Mails about items, in the time of New York. */
const told = async (): Promise<string[]> =>
  (await story.mails()).filter((mail) => /Please decide|No longer due|Pattern|Please meet/.test(mail));

/** Sam misses one, Jo two, Pat four. */
async function aBadTuesday(): Promise<{ sam: string[]; jo: string[]; pat: string[] }> {
  for (const away of ['jo', 'lee']) await isThere(away, false);
  const sam = await missedBy('sam', 1);
  const pat = await missedBy('pat', 4, SMB);
  await isThere('jo', true);
  await isThere('sam', false);
  const jo = await missedBy('jo', 2);
  await isThere('sam', true);
  return { sam, jo, pat };
}

test('a week of 1, 2 and 4 misses: told to the manager once, on Monday in their hours; and turned by a late delivery', async () => {
  story = await Story.begin(TUESDAY_NINE, { policy: LIVE });
  const { sam, jo } = await aBadTuesday();
  await story.until('2026-11-22T23:00:00-05:00');
  expect([await items('sam'), await told()]).toEqual([[], []]);

  await story.until('2026-11-23T07:00:00-05:00');
  expect(await items('sam')).toEqual(['open coaching']);
  expect(await told()).toEqual([]);
  await story.until('2026-11-23T12:00:00-05:00');
  expect((await told()).sort()).toEqual([
    'Mon 08:05:00 mona: Please decide: a written warning and training for Jo Marsh (2026-W47)',
    'Mon 08:05:00 mona: Please decide: an improvement plan for Pat Quinn (2026-W47)',
    'Mon 08:05:00 mona: Please decide: coaching for Sam Porter (2026-W47)',
  ]);
  expect([await items('sam'), await items('jo'), await items('pat')]).toEqual([
    ['open coaching: mona'],
    ['open written_warning_and_training: mona'],
    ['open improvement_plan: mona'],
  ]);
  const {
    items: [coaching],
    compliance,
  } = await of('sam');
  expect(coaching?.breaches).toEqual([{ leadId: sam[0], clockId: 'mql.respond-1' }]);
  expect(coaching?.explanation).toContain('nothing follows by itself');
  expect(compliance).toMatchObject({ counted: { judged: 1, met: 0 }, band: { id: 'reduction' } });
  const week = await story.call<{ items: Item[] }>('GET', '/v1/consequences?week=2026-W47');
  expect(week.body.items.filter(({ diagnostic }) => !diagnostic)).toHaveLength(3);

  // The dialler delivers a call of Tuesday that was in time.
  const startedAt = Date.parse((await story.clock(jo[0]!)).dueAt) - 120_000;
  await story.attempt(jo[0]!, { personId: 'jo', occurredAt: new Date(startedAt).toISOString() });
  await story.pass('PT1H');
  expect(await items('jo')).toEqual(['open coaching: mona', 'taken_back written_warning_and_training']);
  expect((await told()).slice(3).sort()).toEqual([
    'Mon 12:05:00 mona: No longer due: a written warning and training for Jo Marsh (2026-W47)',
    'Mon 12:05:00 mona: Please decide: coaching for Jo Marsh (2026-W47)',
  ]);

  // Closed by the manager; every later run finds nothing to do.
  const close = (by: string) =>
    story.call<Item>('POST', '/v1/people/sam/consequences/2026-W47/coaching/close', {
      by,
      reason: 'Settled.',
    });
  expect((await close('sam')).status).toBe(422);
  expect((await close('mona')).body).toMatchObject({ state: 'closed', closed: { by: 'mona' } });
  const before = [await of('sam'), await of('jo'), await of('pat')].map((one) => one.items);
  for (let day = 0; day < 5; day += 1) await story.pass('P1D');
  expect([await of('sam'), await of('jo'), await of('pat')].map((one) => one.items)).toEqual(before);
  expect(await told()).toHaveLength(5);
  const facts = (await story.events()).map(({ detailType }) => detailType);
  const count = (type: string) => facts.filter((fact) => fact === type).length;
  expect(['ConsequenceOpened', 'ConsequenceTakenBack', 'ConsequenceClosed'].map(count)).toEqual([4, 1, 1]);
}, 120_000);

test('four weeks in a row at the highest step: the executive is told, once', async () => {
  story = await Story.begin(TUESDAY_NINE, { policy: LIVE });
  await isThere('lee', false);
  for (const tuesday of ['2026-11-17', '2026-11-24', '2026-12-01', '2026-12-08']) {
    await story.until(`${tuesday}T10:00:00-05:00`);
    await missedBy('pat', 4, SMB);
  }
  await story.until('2026-12-21T12:00:00-05:00');
  expect((await told()).filter((mail) => !mail.includes('improvement plan'))).toEqual([
    'Mon 08:05:00 vera: Pattern to look into: Pat Quinn (2026-W50)',
  ]);
  expect((await told()).filter((mail) => mail.includes('improvement plan'))).toHaveLength(4);
  expect(await items('pat')).toContain('open role_review: vera');
}, 120_000);

test('within the first 30 days after the launch items are marked, and nobody is told', async () => {
  story = await Story.begin(TUESDAY_NINE, { policy: 'test/support/launched.yaml' });
  const { pat } = await aBadTuesday();
  await story.pass('P7D');
  const [item, ...others] = (await of('pat')).items;
  expect(others).toEqual([]);
  expect(item).toMatchObject({ item: 'improvement_plan', diagnostic: true, told: [] });
  expect(item?.breaches.map(({ leadId }) => leadId)).toEqual(expect.arrayContaining(pat));
  expect((await of('pat')).compliance).toMatchObject({ band: null });
  expect(await told()).toEqual([]);
  const facts = (await story.events()).map(({ detailType }) => detailType);
  expect(facts.filter((fact) => /Consequence|Pattern/.test(fact))).toEqual([]);
}, 120_000);

test('what was told survives a crash: the clock goes on, and nobody is told again', async () => {
  story = await Story.begin(TUESDAY_NINE, { policy: LIVE });
  await isThere('jo', false);
  await missedBy('sam', 1);
  await story.until('2026-11-23T07:00:00-05:00');
  await story.kill();
  await story.start(['--speed', '0.000001']);
  await story.until('2026-11-23T09:00:00-05:00');
  expect(await told()).toEqual(['Mon 08:05:00 mona: Please decide: coaching for Sam Porter (2026-W47)']);
  await story.kill();
  await story.start(['--speed', '0.000001']);
  await story.until('2026-11-25T09:00:00-05:00');
  expect(await told()).toHaveLength(1);
}, 120_000);

test('two of an AE’s five SQLs rejected for want of pain: all who took part are asked to meet, and nobody is blamed', async () => {
  const life = await LifeStory.begin(TUESDAY_NINE);
  story = life.story;
  await isThere('ben', false);
  for (let n = 0; n < 5; n += 1) {
    const { leadId, owner } = await life.attempted();
    await life.does('accept', leadId, owner);
    await life.promoted(leadId, owner, '2026-11-25T15:00:00Z');
    await story.pass('PT1M');
    await (n < 2
      ? life.does('aeReject', leadId, 'alice', { code: 'AE-REJ-01' })
      : life.does('aeAccept', leadId, 'alice', { briefingRead: true }));
  }
  await story.until('2026-11-30T23:00:00-05:00');
  expect(await told()).toEqual([]);
  await story.until('2026-12-01T12:00:00-05:00');
  const asked = (await told()).filter((mail) => mail.includes('Please meet'));
  const subject = 'Please meet: rejected SQLs of 2026-11, with Alice';
  expect(asked.map((mail) => mail.split(' ')[2]).sort()).toEqual(
    expect.arrayContaining(['aaron:', 'alice:', 'mona:']),
  );
  for (const mail of asked) expect(mail).toContain(subject);
  const review = (await of('alice')).items.find(({ item }) => item === 'three_way_review');
  expect(review).toMatchObject({ itemId: 'alice/2026-11/three_way_review', state: 'open' });
  expect(review?.explanation).toContain('2 of 5 SQLs');
  expect(review?.explanation).not.toMatch(/fault|blame/i);
  const mail = (await story.mail()).find((one) => one.subject.startsWith(subject));
  expect(mail?.text).not.toMatch(/fault|blame|warning/i);
}, 120_000);
