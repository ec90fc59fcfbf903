/** Who may call, and how often: what is refused for its key stores nothing. */
import { ROUTES } from '../../lambdas/api/routes.ts';
import { Story } from '../support/story.ts';
import { INTERNALS, send } from './client.ts';
import type { Got } from './client.ts';
import { storedBy } from './stored.ts';

const NOW = '2026-11-20T15:00:00Z';
const lead = (recordId: string): string =>
  JSON.stringify({ crm: { system: 'keys', recordId }, qualifiedAt: NOW, source: 'demo_request' });

let story: Story;
afterEach(() => story.end());

function expectRefusal(got: Got, status: number, type: string): void {
  expect([got.status, got.problem.type]).toEqual([status, `urn:lead-sla:problem:${type}`]);
  expect(got.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(got.problem).toMatchObject({ status, title: expect.any(String) as unknown });
  expect(got.text).not.toMatch(INTERNALS);
}

it('without a key or with a wrong one every route answers 403 and stores nothing', async () => {
  story = await Story.begin(NOW);
  const { apiKey } = story.endpoint;
  const wrong = [undefined, '', 'x', `${apiKey}x`, apiKey.slice(1), apiKey.toUpperCase(), 'é'.repeat(32)];
  const before = await storedBy(story);
  const places = [...ROUTES.map(({ method, path }) => ({ method, path: `/v1${path}` }))];
  for (const { method, path } of [...places, { method: 'GET', path: '/v1/nothing' }]) {
    for (const key of wrong) {
      const body = method === 'GET' ? {} : { body: lead('no-key') };
      const sent = { method, path: path.replace(/\{\w+\}/, 'sam'), headers: { 'x-api-key': key }, ...body };
      expectRefusal(await send(story, sent), 403, 'forbidden');
    }
  }
  expectRefusal(
    await send(story, {
      path: `/v1/leads?x-api-key=${apiKey}`,
      headers: { 'x-api-key': undefined },
      body: lead('query'),
    }),
    403,
    'forbidden',
  );
  expect(await storedBy(story)).toEqual(before);
});

it('a key over its daily quota gets 429 until the next day, and nothing is stored of what it sent', async () => {
  story = await Story.begin(NOW, { args: ['--requests-per-day', '3'] });
  for (const n of ['1', '2']) expect((await send(story, { body: lead(n) })).status).toBe(202);
  expect((await send(story, { body: lead('2') })).status).toBe(200);
  const over = await send(story, { body: lead('3') });
  expectRefusal(over, 429, 'quota-exceeded');
  expect(over.headers['retry-after']).toMatch(/^\d+$/);
  expectRefusal(await send(story, { method: 'GET' }), 429, 'quota-exceeded');
  // A wrong key is told nothing of the quota of the right one.
  expectRefusal(await send(story, { headers: { 'x-api-key': 'x' } }), 403, 'forbidden');

  await story.pass('PT9H');
  const listed = await send(story, { method: 'GET' });
  expect(recordIds(listed)).toEqual(['1', '2']);
  expect((await send(story, { body: lead('3') })).status).toBe(202);
});

it('a key over its rate gets 429, and exactly what was accepted is stored', async () => {
  story = await Story.begin(NOW, { args: ['--requests-per-second', '5'] });
  const names = Array.from({ length: 40 }, (_, n) => `burst-${String(n).padStart(2, '0')}`);
  const answers = await Promise.all(
    names.map(async (name) => ({ name, got: await send(story, { body: lead(name) }) })),
  );
  const accepted = answers.filter(({ got }) => got.status === 202).map(({ name }) => name);
  const refused = answers.filter(({ got }) => got.status !== 202);
  expect(accepted.length).toBeGreaterThanOrEqual(5);
  expect(refused.length).toBeGreaterThan(10);
  for (const { got } of refused) {
    expectRefusal(got, 429, 'too-many-requests');
    expect(Number(got.headers['retry-after'])).toBeGreaterThan(0);
  }
  const { items } = await storedBy(story);
  const kept = names.filter((name) => JSON.stringify(items).includes(`"${name}"`));
  expect(kept.sort()).toEqual(accepted.sort());
  // Whoever waits as told is served again.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect((await send(story, { method: 'GET' })).status).toBe(200);
});

function recordIds({ text }: Got): string[] {
  const { leads } = JSON.parse(text) as { leads: { crm: { recordId: string } }[] };
  return leads.map(({ crm }) => crm.recordId).sort();
}
