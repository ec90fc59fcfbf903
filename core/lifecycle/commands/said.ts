/** What somebody has typed where the policy asks for something specific. */
import { textFault } from '../../qualification/gate/completeness.ts';
import { wordsOf } from '../../qualification/gate/title-words.ts';
import type { CompiledPolicy } from '../../policy/compiled.ts';

/** Whether a text says something: blanks, punctuation and the policy's placeholders (`n/a`, `tbd`) do not. */
export function says(policy: Pick<CompiledPolicy, 'mqlGate'>, text: string | undefined): text is string {
  return textFault(policy.mqlGate.completeness, text) === null;
}

/**
 * Whether a text says more than these words do, and more than the policy's vague ones (policy book §13: each with a
 * specific reason).
 * @param words those that are known already: of a reason, of its disposition
 */
export function saysMore(
  policy: Pick<CompiledPolicy, 'mqlGate' | 'vagueDetails'>,
  text: string | undefined,
  words: readonly string[],
): boolean {
  if (!says(policy, text)) return false;
  const said = wordsOf(text);
  const vague = policy.vagueDetails.phrases.map((phrase) => wordsOf(phrase).join(' '));
  if (vague.includes(said.join(' '))) return false;
  const known = new Set(words.flatMap((word) => wordsOf(word.replaceAll('_', ' '))));
  return said.some((word) => !known.has(word));
}
