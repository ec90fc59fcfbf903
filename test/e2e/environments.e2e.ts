/** Environments beside each other, and one that moves up a version while its clocks run. */
import { readFileSync } from 'node:fs';
import { moveUp } from './move-up.ts';
import { secondEnvironment } from './second-environment.ts';
import type { Target } from './target.ts';

const { endpoint } = JSON.parse(readFileSync(process.env['ACCEPTANCE_TARGET']!, 'utf8')) as Target;

test('a second environment in the same account sees nothing of the first, and goes without a trace', async () => {
  const { apart, deployedIn } = await secondEnvironment(endpoint);
  console.info(
    `A second environment was deployed in ${deployedIn.toFixed(1)} s:\n${apart.map((line) => `  ${line}`).join('\n')}`,
  );
  expect(apart.length).toBeGreaterThanOrEqual(10);
});

test('moving up a version and down again, who waits finishes once, with the numbers that were promised', async () => {
  const { leads, deployedIn } = await moveUp(endpoint);
  console.info(`Deployed again in ${deployedIn.map((seconds) => `${seconds.toFixed(1)} s`).join(' and ')}.`);
  expect(new Set(leads.map(({ policyVersion }) => policyVersion)).size).toBe(2);
  for (const { rungs, executions } of leads) {
    expect(new Set(rungs).size).toBe(rungs.length);
    expect(executions).toBeGreaterThan(0);
  }
});
