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
import { parseYaml } from './parse.ts';
import { checkCountries, compileZones } from './zones.ts';

export interface Checked {
  /** Null when there are errors; warnings alone do not stop it. */
  policy: CompiledPolicy | null;
  /** Every finding, errors and warnings, in the order of the file. */
  issues: PolicyIssue[];
}

/**
 * Parses, checks and compiles the text of a policy file, and tells every finding at once.
 * @param at now, if known: calendars have to open within 366 days of it, and a warning tells when holidays run out
 */
export async function checkText(text: string, at?: EpochMs): Promise<Checked> {
  const { value, mended, issues, lineOf } = parseYaml(text, policySchema);
  const inLine = (a: PolicyIssue, b: PolicyIssue) => (a.line ?? 0) - (b.line ?? 0);
  if (mended === null) return { policy: null, issues: issues.sort(inLine) };
  const almanac = await loadAlmanac();
  const further = [
    ...checkPolicy(mended.value, at),
    ...checkCountries(mended.value),
    ...checkHolidays(mended.value, almanac),
  ].filter((one) => !mended.touched.some((path) => touches(path, one.path)));
  issues.push(...further.map((one) => ({ ...one, line: lineOf(one.path) })));
  issues.sort(inLine);
  if (value === null || issues.some((one) => one.severity === 'error')) return { policy: null, issues };
  const content = { ...value, publicHolidays: compileHolidays(value, almanac), zones: compileZones(value) };
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 8);
  return { policy: { ...content, policyVersion: `${content.version}+${hash}` }, issues };
}

/**
 * The compiled policy of a text.
 * @param file its name, for the error message
 * @param at now, as for {@link checkText}
 * @throws PolicyError with every finding
 */
export async function compilePolicy(text: string, file: string, at?: EpochMs): Promise<CompiledPolicy> {
  const { policy, issues } = await checkText(text, at);
  if (policy === null) throw new PolicyError(file, issues);
  return policy;
}
