import { readFileSync } from 'node:fs';
import { costPage, measuredCosts } from '../../bench/cost-page.ts';
import { ENVIRONMENTS } from '../../lib/environments.ts';

const page = readFileSync('docs/costs.md', 'utf8');

test('docs/costs.md says what the bench has measured, at the prices of the bench', () => {
  expect(costPage(page, measuredCosts())).toBe(page);
});

test('a price that changes changes the page', () => {
  const costs = measuredCosts();
  costs.scenarios[0]!.perLead.mail += 1;
  expect(costPage(page, costs)).not.toBe(page);
});

test('every environment that is not for tests has its costs', () => {
  const names = ENVIRONMENTS.map(({ name }) => name).filter((name) => name !== 'e2e');
  expect(Object.keys(measuredCosts().fixed)).toEqual(names);
});
