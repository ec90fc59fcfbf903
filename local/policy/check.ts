/** `policy check`: every finding of a policy file and of what it extends, at once. */
import { issueText } from '../../core/policy/issue.ts';
import { systemClock } from '../../lambdas/shared/clock.ts';
import { checkLayers } from '../../lib/policy/compile.ts';
import { readLayers } from '../../lib/policy/layers.ts';

/** @returns the exit code: 1 if there are errors; warnings alone give 0 */
export async function check(file: string, say: (text: string) => void): Promise<number> {
  const { policy, issues } = await checkLayers(await readLayers(file), systemClock.now());
  for (const issue of issues) say(issueText(issue));
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const warnings = counted(issues.length - errors, 'warning');
  if (policy === null) {
    say(`${file}: ${counted(errors, 'error')}, ${warnings}`);
    return 1;
  }
  const enforced = policy.commitments.filter((row) => row.enforced).length;
  say(
    `${file}: good, ${warnings}. Version ${policy.policyVersion}, ` +
      `${policy.commitments.length} commitments (${enforced} enforced), ${policy.sources.length} sources, ` +
      `${policy.pools.length} pools, holidays of ${Object.keys(policy.publicHolidays).length} countries and regions.`,
  );
  return 0;
}

function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
