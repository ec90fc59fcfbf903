import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Story } from '../support/story.ts';

describe('many at once', () => {
  let story: Story;
  const folder = mkdtempSync(join(tmpdir(), 'lead-sla-people-'));
  beforeAll(async () => {
    // The sample people without their caps of open leads, which 200 leads would reach.
    const people = join(folder, 'people.yaml');
    writeFileSync(people, readFileSync('policy/people.yaml', 'utf8').replaceAll(/^ *openLeadCap:.*\n/gm, ''));
    story = await Story.begin('2026-11-17T09:00:00-05:00', { people });
  });
  afterAll(async () => {
    await story.end();
    rmSync(folder, { recursive: true });
  });

  test('the same request 50 times at once gives one lead and one execution', async () => {
    const crm = { system: 'salesforce', recordId: 'the-same' };
    const qualifiedAt = await story.now();
    const answers = await Promise.all(Array.from({ length: 50 }, () => story.postRaw({ crm, qualifiedAt })));
    expect(answers.filter((answer) => answer.status === 202)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(49);
    const ids = new Set(answers.map((answer) => answer.body.leadId));
    expect(ids.size).toBe(1);
    await story.pass('PT1S');
    const [leadId] = [...ids];
    expect((await story.executions()).filter((execution) => execution.name.startsWith(leadId!))).toHaveLength(
      1,
    );
    expect((await story.mails()).filter((mail) => mail.includes('New lead'))).toHaveLength(1);
  });

  test('two leads of the same company at once are two leads, each with an owner', async () => {
    const [one, two] = await Promise.all([
      story.post({ company: { name: 'Acme', employees: 5000 } }),
      story.post({ company: { name: 'Acme', employees: 5000 } }),
    ]);
    await story.pass('PT1S');
    expect(one.leadId).not.toBe(two.leadId);
    const owners = await Promise.all(
      [one, two].map(async ({ leadId }) => (await story.lead(leadId)).owner?.personId),
    );
    expect(new Set(owners).size).toBe(2);
  });

  test('200 leads at once into one pool: counts of owners with the same availability differ by at most one', async () => {
    const leads = await Promise.all(
      Array.from({ length: 200 }, () =>
        story.post({ company: { name: 'Small', employees: 10 }, source: 'webinar_attendee' }),
      ),
    );
    await story.pass('PT1S');
    const counts = new Map<string, number>();
    for (const { leadId } of leads) {
      const owner = (await story.lead(leadId)).owner?.personId ?? 'nobody';
      counts.set(owner, (counts.get(owner) ?? 0) + 1);
    }
    expect(counts.has('nobody')).toBe(false);
    const numbers = [...counts.values()];
    expect(numbers.reduce((sum, count) => sum + count, 0)).toBe(200);
    expect(Math.max(...numbers) - Math.min(...numbers)).toBeLessThanOrEqual(1);
  });
});
