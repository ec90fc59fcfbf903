import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { Story } from '../support/story.ts';

/** The default policy with three minutes for a demo request and without the warning. */
function changedPolicy(): string {
  const policy = parseDocument(readFileSync('policy/default.yaml', 'utf8'));
  const { sources, commitments } = policy.toJS() as {
    sources: { id: string }[];
    commitments: { id: string }[];
  };
  policy.setIn(['sources', sources.findIndex((row) => row.id === 'demo_request'), 'target'], 'PT3M');
  const response = ['commitments', commitments.findIndex((row) => row.id === 'mql.respond'), 'rungs'];
  policy.deleteIn([...response, 1]);
  return policy.toString();
}

describe('restarts', () => {
  test('killed in the middle of a ladder: every wait, lead and mail is there, and nothing is sent twice', async () => {
    const undisturbed = await Story.begin('2026-11-17T09:00:00-05:00');
    const killed = await Story.begin('2026-11-17T09:00:00-05:00');
    for (const story of [undisturbed, killed]) {
      await story.post({
        crm: { system: 'salesforce', recordId: 'kept' },
        qualifiedAt: '2026-11-17T09:00:00-05:00',
      });
      await story.pass('PT4M');
    }
    await killed.kill();
    await killed.start();
    await killed.until('2026-11-17T09:30:00-05:00');
    await killed.kill();
    await killed.start();
    for (const story of [undisturbed, killed]) await story.until('2026-11-17T12:00:00-05:00');
    const subjects = async (story: Story): Promise<string[]> => (await story.mails()).slice(1);
    expect(await subjects(killed)).toEqual(await subjects(undisturbed));
    expect((await killed.mail()).length).toBe((await undisturbed.mail()).length);
    const [lead] = (await killed.call<{ leads: { leadId: string }[] }>('GET', '/v1/leads?status=assigned'))
      .body.leads;
    expect((await killed.states(`${lead!.leadId}-1`)).at(-1)).toBe('Handed over');
    await Promise.all([undisturbed.end(), killed.end()]);
  });

  test('the policy changes while clocks run: they keep their instants, new ones get the new numbers, a rung that is gone is passed over', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lead-sla-policy-'));
    const story = await Story.begin('2026-11-17T09:00:00-05:00');
    const before = await story.post();
    await story.pass('PT1M');
    await story.stop();
    const file = join(folder, 'policy.yaml');
    writeFileSync(file, changedPolicy());
    story.changePolicy(file);
    await story.start();
    const after = await story.post();
    expect((await story.clock(before.leadId)).target).toBe('PT5M');
    expect((await story.clock(after.leadId)).target).toBe('PT3M');
    await story.pass('PT10M');
    const kept = await story.clock(before.leadId);
    expect(kept.rungs.find((rung) => rung.rung === 'warn')?.outcome).toBe('passed_over');
    expect(kept.rungs.find((rung) => rung.rung === 'breach')).toMatchObject({ outcome: 'done' });
    expect((await story.timeline(before.leadId)).map((entry) => entry.what)).toContain('rung_passed_over');
    await story.end();
    rmSync(folder, { recursive: true });
  });
});
