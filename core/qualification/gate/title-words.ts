/** Titles as words: without case, accents and punctuation, so that one spelling in the policy finds all of them. */

/** Letters that do not fall apart into a letter and an accent. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ı: 'i',
};
const SPELT_OUT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' };

/** Lower case, without accents and invisible characters; `V.P.` is `vp`. */
function plain(text: string): string {
  return text
    .replace(/[\u2018\u2019\u00b4`]/g, "'")
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[ßøæœłđı]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/(?<![\p{L}\p{N}])(?:\p{L}\.)+\p{L}(?![\p{L}\p{N}])/gu, (dotted) => dotted.replaceAll('.', ''));
}

/** The words of a text in order; a genitive (`'s`) and `@` are words of their own. */
export function wordsOf(text: string): string[] {
  return plain(text).match(/'s(?![\p{L}\p{N}])|[\p{L}\p{N}]+|@/gu) ?? [];
}

/** Whether two texts say the same, without regard to case, accents and punctuation. */
export function sameWords(a: string, b: string): boolean {
  return wordsOf(a).join(' ') === wordsOf(b).join(' ');
}

/** The words of each part of a title; parts are set off by commas, bars, slashes, brackets, dashes between blanks. */
export function partsOf(title: string): string[][] {
  return title
    .split(/[,;|/\\•·:()[\]{}\r\n–—]|\s[-~]+\s/u)
    .map(wordsOf)
    .filter((words) => words.length > 0);
}

/** The forms in which a word of the policy is looked up, its stars left out: an umlaut is found in either spelling. */
export function formsOf(word: string): string[] {
  const composed = word.normalize('NFC').toLowerCase();
  const spelt = composed.replace(/[äöü]/g, (letter) => SPELT_OUT[letter] ?? letter);
  return [...new Set([composed, spelt].map((form) => wordsOf(form).join(' ')))];
}
