import { checkPolicy } from '../../../core/policy/check.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { issueText } from '../../../core/policy/issue.ts';
import { loadPolicy } from '../../../lib/policy/load.ts';

describe('the checks of what rejections and dispositions suppress by find', () => {
  test.each<[string, (policy: CompiledPolicy) => unknown, string]>([
    [
      'a rejection by a scenario that there is not',
      (p) => (p.rejections[1]!.scenario = 'below_icps'),
      'rejections[1].scenario is "below_icps": no such scenario of recycling (did you mean below_icp?)',
    ],
    [
      'a disposition by a scenario that there is not',
      (p) => (p.dispositions[1]!.recycledAs = { timing: 'never' }),
      'dispositions[1].recycledAs.timing is "never": no such scenario of recycling',
    ],
    [
      'a reason that is recycled and that the disposition does not have',
      (p) => (p.dispositions[1]!.recycledAs = { weather: 'not_ready' }),
      'dispositions[1].recycledAs.weather is "weather": no such reason of the disposition',
    ],
    [
      'a re-engagement that is none: for one of its reasons nothing is said',
      (p) => (p.dispositions[2]!.reasons = ['no_answer', 'moved_away']),
      're_engage needs a row of recycling for moved_away, too',
    ],
  ])('%s', async (_, spoil, expected) => {
    const policy = structuredClone(await loadPolicy('policy/default.yaml'));
    spoil(policy);
    expect(checkPolicy(policy).map(issueText).join('\n')).toContain(expected);
  });
});
