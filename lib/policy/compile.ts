/** A policy file to what the functions hold: checked, with holidays and zones looked up, and a version of its content. */
import { createHash } from 'node:crypto';
import { checkPolicy } from '../../core/policy/check.ts';
import type { CompiledPolicy } from '../../core/policy/compiled.ts';
import type { PolicyIssue } from '../../core/policy/issue.ts';
import { PolicyError } from '../../core/policy/issue.ts';
import { touches } from '../../core/policy/mend.ts';
import { policySchema } from '../../core/policy/schema.ts';
import type { EpochMs } from '../../core/time.ts';
import { loadAlmanac } from './almanac.ts';
import { checkHolidays, compileHolidays } from './holidays.ts';
import { readLayers } from './layers.ts';
import type { Layers } from './layers.ts';
import { mergeFiles } from './overlay.ts';
import { validate } from './parse.ts';
import { checkCountries, compileZones } from './zones.ts';

export interface Checked {
  /** Null when there are errors; warnings alone do not stop it. */
  policy: CompiledPolicy | null;
  /** Every finding, errors and warnings, in the order of the file, then of the files that it extends. */
  issues: PolicyIssue[];
}

/**
 * Checks and compiles a policy that was read with all that it extends, and tells every finding at once.
 * @param at now, if known: calendars have to open within 366 days of it, and a warning tells when holidays run out
 */
export async function checkLayers(read: Layers, at?: EpochMs): Promise<Checked> {
  const { content, issues: unread, locate, report } = mergeFiles(read);
  if (content === null) return { policy: null, issues: report(unread) };
  const { value, mended, issues: shape } = validate(content, policySchema);
  const issues = [...unread, ...shape.map(locate)];
  if (mended === null) return { policy: null, issues: report(issues) };
  const almanac = await loadAlmanac();
  const further = [
    ...checkPolicy(mended.value, at),
    ...checkCountries(mended.value),
    ...checkHolidays(mended.value, almanac),
  ].filter((one) => !mended.touched.some((path) => touches(path, one.path)));
  const all = report([...issues, ...further.map(locate)]);
  if (value === null || all.some((one) => one.severity === 'error')) return { policy: null, issues: all };
  const whole = { ...value, publicHolidays: compileHolidays(value, almanac), zones: compileZones(value) };
  const hash = createHash('sha256').update(JSON.stringify(whole)).digest('hex').slice(0, 8);
  return { policy: { ...whole, policyVersion: `${whole.version}+${hash}` }, issues: all };
}

/**
 * Checks the text of a policy file; what it extends is looked up from the working directory.
 * @param at now, as for {@link checkLayers}
 */
export async function checkText(text: string, at?: EpochMs): Promise<Checked> {
  return checkLayers(await readLayers('', text), at);
}

/**
 * The compiled policy of files.
 * @param at now, as for {@link checkLayers}
 * @throws PolicyError with every finding
 */
export async function compilePolicy(read: Layers, at?: EpochMs): Promise<CompiledPolicy> {
  const { policy, issues } = await checkLayers(read, at);
  if (policy === null) throw new PolicyError(read.layers[0].file, issues);
  return policy;
}
