import { viewLead } from '../../../lambdas/api/views/lead.ts';
import { demoRequest, owned, worldAt } from '../../support/world.ts';

const AT = '2026-11-17T09:00:00-05:00';
const services = {
  executions: {
    start: () => Promise.resolve(''),
    arn: (machine: string, name: string) => `${machine}:${name}`,
  },
};

test.each([
  [1, 'mql-response:lead-1-1'],
  [2, 'mql-response:lead-1-1-r2'],
])('the answer names run %i of the execution while that run waits', async (run, arn) => {
  const lead = owned(await worldAt(AT), demoRequest(AT), 'sam');
  const clocks = lead.clocks.map((clock) => (clock.commitment === 'mql.respond' ? { ...clock, run } : clock));
  expect(viewLead({ ...lead, clocks }, services).executionArn).toBe(arn);
});
