import { readFileSync } from 'node:fs';
import { TABLE } from '../../core/lifecycle/commands/table.ts';
import { MOVES } from '../../core/lifecycle/moves.ts';
import { LEAD_STATUSES } from '../../core/model/lead.ts';
import { lifecycleDocument } from '../../local/lifecycle/document.ts';

const written = readFileSync('docs/lifecycle.md', 'utf8');

it('is checked in as the tables give it (else: npm run lifecycle)', async () => {
  expect(written).toBe(await lifecycleDocument());
});

it('draws every status, and a way into each', () => {
  for (const status of LEAD_STATUSES) expect(written).toMatch(new RegExp(` --> ${status} : `));
});

it('names every command and every other move', () => {
  for (const { command } of TABLE) expect(written).toContain(`| \`${command}\` `);
  for (const { what } of MOVES) expect(written).toContain(`| ${what} `);
});
