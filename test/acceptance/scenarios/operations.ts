/** What operators do, and what the system makes of it. */
import type { Scenario } from '../scene.ts';

export const operations: Scenario[] = [
  {
    name: 'An execution that an operator has stopped is found, and another one goes on where it was',
    async play(scene) {
      const { leadId } = await scene.assigned('p-stopped');
      await scene.eventually('the wait for the first rung', async () => {
        const [execution] = await scene.engine.executions(leadId);
        return execution?.states.at(-1) === 'Wait until 50 percent' ? true : undefined;
      });
      await scene.engine.stopExecution(`${leadId}-1`);
      // The reconciler looks once a minute, after the policy's patience with an execution that should have woken.
      const clock = await scene.climbed(leadId, 'threshold', 'mql.respond', 150);
      expect(clock.rungs.every(({ outcome }) => outcome === 'done')).toBe(true);
      const executions = await scene.ended(leadId);
      expect(executions.map(({ name, status }) => [name.slice(leadId.length), status]).sort()).toEqual([
        ['-1', 'ABORTED'],
        ['-1-r2', 'SUCCEEDED'],
        ['-owner-respond-1', 'SUCCEEDED'],
      ]);
      const { events } = await scene.outcome();
      expect(events).toMatchObject({ 'A: SlaBreached mql.respond': 1, 'A: IncidentOpened mql.respond': 1 });
    },
  },
];
