/** The last line of a run, from the report that schemathesis writes in the form of JUnit. */

/**
 * @param report the XML text; empty if there is none
 * @param survived whether the runner still ran at the end
 * @returns `N passed, N failed` with what was left out, and how many failed; no report is a failure
 */
export function summaryOf(report: string, survived: boolean): { line: string; failed: number } {
  const count = (name: string): number =>
    Number(new RegExp(`<testsuites [^>]*\\b${name}="(\\d+)"`).exec(report)?.[1] ?? 0);
  const [tests, skipped] = [count('tests'), count('skipped')];
  const failed = count('failures') + count('errors') + (survived ? 0 : 1) + (tests === 0 ? 1 : 0);
  const passed = Math.max(0, tests - count('failures') - count('errors') - skipped);
  const left = skipped === 0 ? '' : `, ${skipped} skipped`;
  return { line: `${passed} passed, ${failed} failed${left}`, failed };
}
