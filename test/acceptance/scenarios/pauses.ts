/** Clocks that stand still, and deadlines that are moved (policy book §4). */
import type { Scenario } from '../scene.ts';

const ms = (instant: string | null | undefined): number => Date.parse(instant ?? '');

export const pauses: Scenario[] = [
  {
    name: 'A paused clock climbs no rung, and its deadline moves by the pause',
    async play(scene) {
      const { leadId } = await scene.assigned('p-pause');
      const before = await scene.clock(leadId);
      // Its execution waits for the first rung by now, however slow the system is.
      await scene.secondsAfter(before.startedAt, 5);
      expect(await scene.act(leadId, 'pause', { reason: 'prospect_asked_for_later' })).toBe(200);
      // The reminder was due twelve seconds after the start.
      await scene.secondsAfter(before.startedAt, 15);
      const standing = await scene.clock(leadId);
      expect([standing.status, standing.rungs.every(({ doneAt }) => doneAt === null)]).toEqual([
        'paused',
        true,
      ]);
      expect((await scene.outcome()).mails).toEqual({ 'A: New lead: … → owner 1': 1 });
      expect(await scene.act(leadId, 'resume', { reason: 'The prospect called back.' })).toBe(200);
      const after = await scene.clock(leadId);
      const [pause] = after.pauses;
      expect(ms(after.dueAt) - ms(before.dueAt)).toBe(ms(pause?.to) - ms(pause?.from));
      expect((await scene.climbed(leadId, 'remind')).status).toBe('at_risk');
      expect((await scene.contact(leadId)).clocksMet[0]?.verdict).toBe('met');
      await scene.ended(leadId);
      expect((await scene.outcome()).mails).toEqual({
        'A: New lead: … → owner 1': 1,
        'A: Reminder: … → owner 1': 1,
      });
    },
  },
  {
    name: 'A manager extends a clock, nobody else does, and every open rung moves',
    async play(scene) {
      const { leadId } = await scene.assigned('p-extension');
      const before = await scene.clock(leadId);
      const extend = { reason: 'The prospect travels until noon.', duration: 'PT24S' };
      expect(await scene.act(leadId, 'extend', { ...extend, personId: 'emil' })).toBe(422);
      expect(await scene.act(leadId, 'extend', { ...extend, personId: 'mia' })).toBe(200);
      const after = await scene.clock(leadId);
      expect(ms(after.dueAt) - ms(before.dueAt)).toBe(24_000);
      // The reminder had been due twelve seconds after the start; it is at half of the longer target now.
      await scene.secondsAfter(before.startedAt, 16);
      expect((await scene.clock(leadId)).status).toBe('within_sla');
      expect((await scene.climbed(leadId, 'remind')).status).toBe('at_risk');
      expect((await scene.contact(leadId)).clocksMet[0]?.verdict).toBe('met');
      await scene.ended(leadId);
      expect((await scene.outcome()).mails).toEqual({
        'A: New lead: … → owner 1': 1,
        'A: Reminder: … → owner 1': 1,
      });
    },
  },
];
