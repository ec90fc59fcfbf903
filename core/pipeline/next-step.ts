/** What is no next step (policy book §12): "follow up" and its like, however they are written. */
import type { CompiledPolicy } from '../policy/compiled.ts';

/**
 * Whether a text says no next step: nothing at all, or one of the policy's phrases with nothing but filling words
 * around it. Case, accents, punctuation and spaces do not matter: `Follow-up!` is `follow up`.
 */
export function isNoNextStep({ nextSteps }: Pick<CompiledPolicy, 'nextSteps'>, text: string): boolean {
  const fillers = new Set(nextSteps.fillers.map(plain));
  const said = [plain(text), ...without(fillers, plain(text))].map(joined);
  return said.includes('') || nextSteps.notANextStep.some((phrase) => said.includes(joined(plain(phrase))));
}

/** The text without filling words: all of them, and those around the rest alone, as a phrase may hold one. */
function without(fillers: ReadonlySet<string>, text: string): string[] {
  const words = text.split(' ');
  const kept = words.filter((word) => !fillers.has(word));
  const first = words.findIndex((word) => !fillers.has(word));
  const last = words.findLastIndex((word) => !fillers.has(word));
  return [kept.join(' '), first === -1 ? '' : words.slice(first, last + 1).join(' ')];
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function joined(text: string): string {
  return text.replaceAll(' ', '');
}
