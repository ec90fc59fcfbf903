/**
 * `npm run calibrate -- sample|compare|figures`: whether Marketing and Sales mean the same by an MQL, and whether
 * Marketing has kept its half (001; policy book §7, §15).
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPolicy } from '../lib/policy/load.ts';
import { compare } from './calibrate/compare.ts';
import { figures } from './calibrate/figures.ts';
import { instantOption, openSource } from './calibrate/leads.ts';
import { sample } from './calibrate/sample.ts';

const DEFAULT = join(import.meta.dirname, '..', 'policy', 'default.yaml');

const USAGE = `usage: npm run calibrate -- COMMAND
  sample --out DIR [--seed N] [--at INSTANT] SOURCE   MQLs of the last full quarter, drawn at random: one sheet per rater
  compare A.csv B.csv                                 agreement of two sheets, Cohen's kappa, where the raters part;
                                                      exit 1 if something in them cannot be compared
  figures [--month 2026-11] [--at INSTANT] SOURCE     volume, quality, scoring and enrichment of a month; the one that runs
SOURCE: --url URL --api-key KEY   a system that runs
        --data DIR                a system that runs on this machine, by its data folder
        --from FILE.jsonl         leads as GET /v1/leads/{leadId} answers them, one a line
--policy FILE: how many to draw, who rates, targets, home zone (policy/default.yaml).`;

const text = { type: 'string' } as const;
const OPTIONS = {
  ...{ out: text, seed: text, at: text, month: text, policy: text },
  ...{ url: text, 'api-key': text, data: text, from: text, help: { type: 'boolean' as const } },
} as const;

/** Runs a command; returns its exit code: 0, 1 for what was read, 2 for a command that is wrong. */
async function run(args: string[], say: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [command, ...files] = positionals;
  const [first, second] = files;
  if (command === 'compare' && first !== undefined && second !== undefined && files.length === 2) {
    return compare([first, second], say);
  }
  if (files.length > 0 || (command !== 'sample' && command !== 'figures') || values.help === true) {
    say(USAGE);
    return values.help === true ? 0 : 2;
  }
  const { out, seed, month, from, url, data, 'api-key': apiKey } = values;
  const at = values.at === undefined ? undefined : instantOption('--at', values.at);
  const source = await openSource({ from, url, data, apiKey });
  const policy = await loadPolicy(values.policy ?? DEFAULT);
  if (command === 'figures') return figures({ policy, source, at, month }, say);
  if (out === undefined) throw new TypeError('sample needs --out DIR: the folder for the sheets.');
  return sample({ policy, source, at, out, seed: seed === undefined ? undefined : seedOf(seed) }, say);
}

function seedOf(value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw new TypeError(`--seed must be a whole number, not ${value}.`);
}

// A reader that has seen enough (`| head`) closes the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await run(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`));
} catch (error) {
  // A file that cannot be read, a flag that does not exist: the message tells, a stack would not.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
