import type { LifeStory } from './life-story.ts';

/** The instant in New York in winter, where everybody of this story sits. */
const at = (text: string): string => `${text}-05:00`;

/** Eight weeks from the demo request to won, with everything in time, and a month after it (policy book §4 to §12). */
export async function eightWeeks(life: LifeStory): Promise<{ leadId: string; owner: string; ae: string }> {
  const { story } = life;
  // The first day: a call, a mail, and the prospect answers.
  const { leadId, owner } = await life.attempted();
  await story.until(at('2026-11-17T09:06:00'));
  await life.does('accept', leadId, owner);
  await story.until(at('2026-11-17T10:00:00'));
  await story.attempt(leadId, { personId: owner, type: 'email', outcome: 'sent' });
  await story.until(at('2026-11-17T14:00:00'));
  await story.attempt(leadId, { personId: owner, type: 'email', outcome: 'replied' });
  // Qualified on the second day, handed over on the same.
  await story.until(at('2026-11-18T10:00:00'));
  await story.attempt(leadId, { personId: owner });
  const sql = await life.promoted(leadId, owner, at('2026-11-24T10:00:00'));
  const { meetingId } = sql.life.meetings[0]!;
  await story.until(at('2026-11-18T10:30:00'));
  await life.meets(meetingId, owner, { invitedAt: await story.now() });
  await life.does('introduce', leadId, owner, { recordedBy: 'system' });
  await story.until(at('2026-11-18T12:00:00'));
  const ae = (await life.lived(leadId)).life.handoff!.ae.personId;
  const { life: lived } = await life.does('aeAccept', leadId, ae, { briefingRead: true });
  const { opportunityId } = lived.opportunity!;
  await story.until(at('2026-11-18T15:00:00'));
  await story.attempt(leadId, { personId: ae });
  await life.dealt(opportunityId, ae, { amount: 120_000, closeDate: '2027-01-12' });
  // The first meeting: prepared, held, noted down.
  await story.until(at('2026-11-20T11:00:00'));
  await life.meets(meetingId, owner, { debriefedAt: await story.now() });
  await life.meets(meetingId, ae, { researchedAt: await story.now() });
  await story.until(at('2026-11-24T10:50:00'));
  await life.meets(meetingId, ae, { state: 'held', notes: 'Their CISO has to agree.' });
  const step = (what: string, due: string) => ({ nextStep: { what, due } });
  await life.dealt(opportunityId, ae, step('Security questionnaire to their CISO', '2026-12-02'));
  // Stages 2 to 5, each with what it asks for.
  await story.until(at('2026-12-02T11:00:00'));
  await life.dealt(opportunityId, ae, { ...step('Demo for the CISO and the buyer', '2026-12-09'), stage: 2 });
  const second = await life.books(leadId, ae, 'economic_buyer', at('2026-12-09T14:00:00'));
  await life.meets(second.meetingId, ae, { invitedAt: await story.now() });
  await story.until(at('2026-12-07T10:00:00'));
  await life.meets(second.meetingId, ae, { researchedAt: await story.now() });
  await story.until(at('2026-12-09T15:00:00'));
  await life.meets(second.meetingId, ae, { state: 'held', notes: 'She has the budget.' });
  await life.dealt(opportunityId, ae, step('Agree on the mutual plan with Zdenka', '2026-12-14'));
  await story.until(at('2026-12-11T10:00:00'));
  await life.dealt(opportunityId, ae, { stage: 3 });
  await story.until(at('2026-12-14T10:00:00'));
  await life.dealt(opportunityId, ae, { mutualPlanAgreedAt: await story.now() });
  await life.dealt(opportunityId, ae, step('Send the proposal to Zdenka and the CISO', '2026-12-21'));
  await story.until(at('2026-12-21T10:00:00'));
  await story.attempt(leadId, { personId: ae });
  await life.dealt(opportunityId, ae, { ...step('Walk them through the proposal', '2026-12-28'), stage: 4 });
  await story.until(at('2026-12-22T09:00:00'));
  await life.dealt(opportunityId, ae, { followedUpAt: await story.now() });
  await story.until(at('2026-12-30T10:00:00'));
  await story.attempt(leadId, { personId: ae });
  await life.dealt(opportunityId, ae, { ...step('Legal review with their counsel', '2027-01-08'), stage: 5 });
  for (const day of [
    '2026-12-31',
    '2027-01-04',
    '2027-01-05',
    '2027-01-06',
    '2027-01-07',
    '2027-01-08',
    '2027-01-11',
  ]) {
    await story.until(at(`${day}T09:30:00`));
    await life.dealt(opportunityId, ae, { checkedInAt: await story.now() });
  }
  await story.until(at('2027-01-12T09:00:00'));
  await life.dealt(opportunityId, ae, { closed: { outcome: 'won' } });
  await story.until(at('2027-02-12T09:00:00'));
  return { leadId, owner, ae };
}
