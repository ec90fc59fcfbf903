import { checkPolicy } from '../../../core/policy/check.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { issueText } from '../../../core/policy/issue.ts';
import { loadPolicy } from '../../../lib/policy/load.ts';

describe('the checks of consequences and remedies find', () => {
  test.each<[string, (policy: CompiledPolicy) => unknown, string]>([
    [
      'a launch of a commitment that there is not',
      (p) => (p.consequences.launches = [{ on: '2026-11-02', of: ['mql.reply'] }]),
      'consequences.launches[0].of[0] is "mql.reply": no such commitment',
    ],
    [
      'an exclusion of an unknown kind of customer',
      (p) => (p.exclusions.find(({ id }) => id === 'free_tier')!.customers = ['trial']),
      'exclusions[4].customers[0] is "trial": no such kind of customer; allowed: enterprise, smb, free',
    ],
    [
      'an exclusion that pauses for a reason of which the pauses know nothing',
      (p) => (p.pauses.reasons = p.pauses.reasons.filter((reason) => reason !== 'force_majeure')),
      'exclusions[3].id is "force_majeure": no such reason of a pause',
    ],
    [
      'an analysis on an unknown calendar',
      (p) => (p.remedies.find(({ id }) => id === 'root_cause')!.analysis!.calendar = 'moon'),
      'remedies[1].analysis.calendar is "moon": no such calendar',
    ],
    [
      'an analysis of an unknown severity',
      (p) => (p.remedies.find(({ id }) => id === 'root_cause')!.analysis!.severities = ['urgent']),
      'remedies[1].analysis.severities[0] is "urgent": no such severity; allowed: critical, high, medium, low',
    ],
    [
      'an availability without a budget',
      (p) => (p.support.customers[0]!.availabilityPercent = 99.95),
      'support.customers[0].availabilityPercent is 99.95: has no budget in availability; allowed: 99.9, 99.99, 99.999',
    ],
  ])('%s', async (_, change, finding) => {
    const policy = structuredClone(await loadPolicy('policy/default.yaml'));
    change(policy);
    const found = checkPolicy(policy).map(issueText);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(finding);
  });
});
