/** `calibrate sample`: MQLs of the last full quarter for two raters, in one sheet each (001, policy book §15). */
import { randomInt } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contains, lastFullQuarter } from '../../core/reporting/period.ts';
import { HIGHEST_SEED, sampleOf } from '../../core/reporting/sample.ts';
import type { CompiledPolicy } from '../../core/policy/compiled.ts';
import { iso, storedMs } from '../../core/time.ts';
import type { EpochMs } from '../../core/time.ts';
import type { LeadSource } from './leads.ts';
import { sheetText } from './sheet.ts';

export interface SampleOptions {
  policy: Pick<CompiledPolicy, 'calibration' | 'home'>;
  source: LeadSource;
  /** Left out: the time of the system that has the leads. */
  at: EpochMs | undefined;
  /** Left out: one is drawn, and told. */
  seed: number | undefined;
  out: string;
}

/** @returns the exit code: 1 if there is nothing to rate, or a line of the file was bad */
export async function sample(options: SampleOptions, say: (text: string) => void): Promise<number> {
  const { policy, source, out, seed = randomInt(HIGHEST_SEED) } = options;
  const { timeZone } = policy.home;
  const period = lastFullQuarter(options.at ?? (await source.now()), timeZone);
  const { leads, bad } = await source.leads(say);
  const mqls = leads.filter(
    ({ qualifiedAt, erasedAt }) =>
      qualifiedAt !== null && contains(period, storedMs(qualifiedAt)) && erasedAt === null,
  );
  const when = `${period.name}, ${iso(period.from)} to ${iso(period.to)} (${timeZone})`;
  if (mqls.length === 0) {
    say(`No lead became an MQL in the last full quarter: ${when}.`);
    return 1;
  }
  const drawn = sampleOf(mqls, policy.calibration.sample, seed);
  const text = sheetText(await source.rated(drawn.map(({ leadId }) => leadId)));
  say(`${drawn.length} of ${mqls.length} MQLs of ${when}, drawn with seed ${seed}.`);
  if (drawn.length < policy.calibration.sample) {
    say(`The policy asks for ${policy.calibration.sample}; there are no more.`);
  }
  await mkdir(out, { recursive: true });
  for (const rater of policy.calibration.raters) {
    const name = `calibration-${period.name}-seed-${seed}-${drawn.length}-of-${mqls.length}-${rater}.csv`;
    await writeNew(join(out, name), text);
    say(join(out, name));
  }
  say(
    'Each rater fills in yes or no, without asking the other; then: npm run calibrate -- compare A.csv B.csv',
  );
  return bad > 0 ? 1 : 0;
}

/** A sheet that is there may have been filled in. */
async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((cause: unknown) => {
    if (typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'EEXIST') {
      throw new Error(`${file} is there already, and may be filled in; take it away or name another --out.`, {
        cause,
      });
    }
    throw cause;
  });
}
