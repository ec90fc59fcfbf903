import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Story } from '../support/story.ts';
import type { StoryLead } from '../support/story.ts';

/** Whatever tells who the prospect is, in words that stand nowhere else. */
const PERSONAL = [
  ...['Zdenka', 'Quixwort', 'zq@obscure-works.example', '+1 617 555 0199', 'Chief Zymurgist'],
  ...['Obscure Works', 'https://crm.example/z4711'],
  ...['dentist until ten', 'travels to Gdynia', 'wants Kim of all people', 'rang back from Gdynia'],
];
const CONTACT = {
  ...{ firstName: 'Zdenka', lastName: 'Quixwort', email: 'zq@obscure-works.example' },
  ...{ phone: '+1 617 555 0199', title: 'Chief Zymurgist', country: 'US', region: 'MA' },
};
const COMPANY = {
  name: 'Obscure Works',
  domain: 'obscure-works.example',
  employees: 1200,
  industry: 'software',
};

describe('erasure', () => {
  let story: Story;
  let lead: StoryLead;
  let other: StoryLead;
  const crm = { system: 'salesforce', recordId: '00Q-z4711', url: 'https://crm.example/z4711' };
  beforeAll(async () => {
    // A Friday afternoon: everybody is at work, and what comes of it goes on until Monday.
    story = await Story.begin('2026-11-20T16:30:00-05:00');
    lead = await story.post({ crm, contact: CONTACT, company: COMPANY });
    other = await story.post();
    await work();
  });
  afterAll(async () => {
    await story.end();
  });

  const path = (rest: string) => `/v1/leads/${lead.leadId}/${rest}`;
  async function ask(rest: string, body: unknown): Promise<void> {
    const answer = await story.call('POST', path(rest), body);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer));
  }

  /** Reminded, breached and moved on; typed about wherever something can be typed; attempted once. */
  async function work(): Promise<void> {
    await story.pass('PT1M');
    await ask('pause', { reason: 'prospect_asked_for_later', note: 'dentist until ten', personId: 'sam' });
    await story.pass('PT1M');
    await ask('resume', { reason: 'Zdenka rang back from Gdynia', personId: 'sam' });
    await ask('extend', { reason: 'Zdenka travels to Gdynia', duration: 'PT2M', personId: 'mona' });
    await story.pass('PT10M');
    await ask('reassign', { reason: 'wants Kim of all people', by: 'mona', personId: 'kim' });
    await story.pass('PT5M');
    const recordedBy = { kind: 'manual', name: 'Zdenka Quixwort' };
    expect((await story.attempt(lead.leadId, { outcome: 'bounced', recordedBy })).status).toBe(200);
  }

  const DELETE = () => story.call<StoryLead>('DELETE', path('personal-data'));
  const valuesIn = (text: string) => PERSONAL.filter((value) => text.includes(value));

  /** What the API and the local routes tell, whole. */
  async function told(): Promise<string> {
    const paths = [`/v1/leads/${lead.leadId}`, path('timeline'), '/v1/leads'];
    const names = (await story.executions()).map(({ name }) => `/local/executions/${name}`);
    const all = [...paths, '/local/mail', '/local/events', '/local/executions', ...names];
    return JSON.stringify(await Promise.all(all.map((one) => story.call('GET', one))));
  }

  /** Files of the data folder in which a value stands, with the value. */
  function inFiles(): string[] {
    const names = readdirSync(story.data, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => statSync(join(story.data, name)).isFile());
    expect(files.length).toBeGreaterThan(5);
    return files.flatMap((name) => {
      const content = readFileSync(join(story.data, name));
      return PERSONAL.filter((value) => content.includes(value)).map((value) => `${name}: ${value}`);
    });
  }

  async function figures(): Promise<unknown> {
    const one = await story.lead(lead.leadId);
    const clocks = one.clocks.map(({ clockId, target, dueAt, metAt, verdicts, rungs }) => [
      ...[clockId, target, dueAt, metAt, verdicts],
      rungs,
    ]);
    const { attempts, firstAttemptAt, firstContactAt, backDatedActivities, previousOwners } = one;
    const owners = [...previousOwners, one.owner].map((owner) => owner?.personId);
    const what = (await story.timeline(lead.leadId)).map((entry) => `${entry.at} ${entry.what}`);
    const before = what.filter((entry) => !/clock_cancelled|personal_data_erased/.test(entry));
    return { attempts, firstAttemptAt, firstContactAt, backDatedActivities, owners, clocks, before };
  }

  test('what this story is about stands everywhere before: in the API, in mails, in files', async () => {
    expect(valuesIn(await told())).toEqual(PERSONAL);
    expect(new Set(inFiles().map((one) => one.split('/')[0]?.split(':')[0]))).toEqual(
      new Set(['database', 'mail.jsonl']),
    );
    expect((await story.executions()).filter(({ status }) => status === 'RUNNING').length).toBeGreaterThan(1);
  });

  test('afterwards nothing of it is left anywhere, and every figure is', async () => {
    const before = await figures();
    const mails = (await story.mail()).filter(({ text }) => valuesIn(text).length === 0).length;
    const { status, body } = await DELETE();
    expect([status, body.status, body['erasedAt']]).toEqual([200, 'disqualified', await story.now()]);
    expect(inFiles()).toEqual([]);
    expect(valuesIn(await told())).toEqual([]);
    expect(await figures()).toEqual(before);
    // Mails about others stay, and no mail says which lead it is about.
    expect((await story.mail()).length).toBeGreaterThanOrEqual(1);
    expect((await story.mail()).length).toBeLessThanOrEqual(mails);
    for (const mail of await story.mail()) expect(mail).not.toHaveProperty('leadId');
    expect((await story.events()).map(({ detailType }) => detailType)).toContain('PersonalDataErased');
  });

  test('its executions end by themselves, and nobody is told any more', async () => {
    const mails = (await story.mail()).map(({ text }) => text);
    await story.until('2026-11-24T09:00:00-05:00');
    const mine = (await story.executions()).filter(({ name }) => name.startsWith(lead.leadId));
    expect(mine.length).toBeGreaterThan(0);
    expect(new Set(mine.map(({ status }) => status))).toEqual(new Set(['SUCCEEDED']));
    const since = (await story.mail()).slice(mails.length);
    expect(since.filter(({ text }) => text.includes(lead.leadId))).toEqual([]);
    expect((await story.lead(other.leadId)).status).not.toBe('disqualified');
    expect(inFiles()).toEqual([]);
  });

  test('the same again answers the same and changes nothing', async () => {
    const [events, timeline] = [await story.events(), await story.timeline(lead.leadId)];
    const before = await story.lead(lead.leadId);
    expect((await DELETE()).status).toBe(200);
    expect(await story.lead(lead.leadId)).toEqual(before);
    expect(await story.events()).toEqual(events);
    expect(await story.timeline(lead.leadId)).toEqual(timeline);
  });

  test('the same record is refused from now on, also after a restart', async () => {
    await story.kill();
    await story.start();
    const again = await story.postRaw({ crm, contact: CONTACT, company: COMPANY });
    expect([again.status, again.body['type']]).toEqual([409, 'urn:lead-sla:problem:erased']);
    expect(valuesIn(await told())).toEqual([]);
    expect(inFiles()).toEqual([]);
  });
});
