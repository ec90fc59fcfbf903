/** A list of words and phrases with their meanings, looked up in a text: the longest phrase wins, from the left. */
import { formsOf } from './title-words.ts';

/** A word of the policy, as it is written there, and what it means. */
export interface Entry<T> {
  word: string;
  meaning: T;
}

export interface Found<T> extends Entry<T> {
  /** The words of the text that it covers: from this one, this many. */
  at: number;
  length: number;
}

export interface Lexicon<T> {
  phrases: ReadonlyMap<string, Entry<T>>;
  /** The number of words of the longest phrase. */
  longest: number;
  /** Words with a star, the longest first. */
  compounds: readonly { fits: (word: string) => boolean; entry: Entry<T> }[];
}

/** Builds a lexicon. Of entries with the same word the first is kept; the policy's checks refuse the others. */
export function lexiconOf<T>(entries: readonly Entry<T>[]): Lexicon<T> {
  const phrases = new Map<string, Entry<T>>();
  const compounds: { size: number; fits: (word: string) => boolean; entry: Entry<T> }[] = [];
  for (const entry of entries) {
    for (const form of formsOf(entry.word)) {
      const [anyStart, anyEnd] = [entry.word.startsWith('*'), entry.word.endsWith('*')];
      if (!anyStart && !anyEnd) {
        if (!phrases.has(form)) phrases.set(form, entry);
        continue;
      }
      const fits = (word: string) =>
        word.length > form.length &&
        ((anyStart && anyEnd && word.includes(form)) ||
          (!anyEnd && word.endsWith(form)) ||
          (!anyStart && word.startsWith(form)));
      compounds.push({ size: form.length, fits, entry });
    }
  }
  compounds.sort((a, b) => b.size - a.size);
  const longest = Math.max(0, ...[...phrases.keys()].map((phrase) => phrase.split(' ').length));
  return { phrases, longest, compounds };
}

/** All entries found in a text's words, from the left; none covers a word of another. */
export function lookUp<T>(lexicon: Lexicon<T>, words: readonly string[]): Found<T>[] {
  const found: Found<T>[] = [];
  for (let at = 0; at < words.length;) {
    const hit = longestAt(lexicon, words, at);
    if (hit) found.push(hit);
    at += hit?.length ?? 1;
  }
  return found;
}

function longestAt<T>(lexicon: Lexicon<T>, words: readonly string[], at: number): Found<T> | undefined {
  for (let length = Math.min(lexicon.longest, words.length - at); length > 0; length--) {
    const entry = lexicon.phrases.get(words.slice(at, at + length).join(' '));
    if (entry) return { ...entry, at, length };
  }
  const word = words[at] ?? '';
  const compound = lexicon.compounds.find(({ fits }) => fits(word));
  return compound && { ...compound.entry, at, length: 1 };
}
