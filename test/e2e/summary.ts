/** What a run has measured, each figure beside that of the other engine. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { builtSizes, bundleLimit } from '../../lib/bundle.ts';
import { FUNCTIONS } from '../../lib/functions.ts';
import { differences } from '../acceptance/compare.ts';
import type { Outcome } from '../acceptance/outcome.ts';
import { kept } from '../acceptance/report.ts';
import { table } from '../../bench/table.ts';
import { DEPLOY_FOLDER } from '../../tools/shared/cdk.ts';

/** The policy of the environment that was deployed, as its bundles are filed. */
const POLICY = 'e2e';
const ASSEMBLY = path.join(DEPLOY_FOLDER, 'e2e.assembly');

/**
 * Prints the comparison of the two engines and the figures of the run.
 * @param took milliseconds of each phase, in their order
 * @returns whether the engines did the same, but for differences that are explained
 */
export function printSummary(took: ReadonlyMap<string, number>): boolean {
  const engines = [kept('embedded'), kept('deployed')] as const;
  const phases = [...took].map(([phase, ms]) => [phase, `${(ms / 1000).toFixed(1)} s`]);
  console.log(table('\nWall time', ['phase', 'took'], phases));
  console.log(
    table(
      'How quick the engines were: median, slowest (how many)',
      ['', 'embedded', 'deployed'],
      speeds(...engines),
      [
        'The embedded clock stands still while rungs are handled; the deployed engine shares two or more cores with the suite.',
      ],
    ),
  );
  console.log(table('What was deployed', ['', 'size', 'limit'], sizes()));
  const found = differences(...engines);
  const unexplained = found.filter(({ explained }) => explained === undefined);
  console.log(
    `\n${engines[1].length} scenarios on both engines: ${found.length} differences, ${unexplained.length} of them unexplained.`,
  );
  for (const { scenario, what, embedded, deployed, explained } of found) {
    console.log(`  ${scenario}: ${what}\n    embedded ${embedded}\n    deployed ${deployed}`);
    console.log(`    ${explained ?? 'NOT EXPLAINED'}`);
  }
  return unexplained.length === 0 && engines[1].length > 0 && engines[0].length === engines[1].length;
}

function speeds(embedded: Outcome[], deployed: Outcome[]): string[][] {
  const rungs = [
    ...new Set([...embedded, ...deployed].flatMap(({ figures }) => figures.lateness.map(({ rung }) => rung))),
  ];
  const late = (outcomes: Outcome[], rung: string): number[] =>
    outcomes.flatMap(({ figures }) =>
      figures.lateness.filter((one) => one.rung === rung).map(({ ms }) => ms),
    );
  const owner = (outcomes: Outcome[]): number[] => outcomes.flatMap(({ figures }) => figures.toOwnerMs);
  return [
    ['from POST to owner', middleAndMost(owner(embedded)), middleAndMost(owner(deployed))],
    ...rungs.map((rung) => [
      `lateness of ${rung}`,
      middleAndMost(late(embedded, rung)),
      middleAndMost(late(deployed, rung)),
    ]),
  ];
}

function middleAndMost(values: number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  const most = sorted.at(-1);
  if (middle === undefined || most === undefined) return 'none';
  return `${Math.round(middle)} ms, ${Math.round(most)} ms (${values.length})`;
}

function sizes(): string[][] {
  const templates = readdirSync(ASSEMBLY).filter(
    (file) => file.startsWith('lead-sla-e2e-') && file.endsWith('.template.json'),
  );
  return [
    ...templates.map((file) => [
      `template ${file.replace('.template.json', '')}`,
      kilobytes(statSync(path.join(ASSEMBLY, file)).size),
      '1,000 kB',
    ]),
    ...Object.entries(builtSizes()[POLICY] ?? {}).map(([name, bytes]) => [
      `function ${name}`,
      kilobytes(bytes),
      limitOf(name),
    ]),
  ];
}

/** Bytes in kilobytes, in words. */
function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}

/** What a function of this name may have, by what it does. */
function limitOf(name: string): string {
  const spec = FUNCTIONS.find(({ folder }) => folder === name);
  return spec === undefined ? '' : kilobytes(bundleLimit(spec));
}
