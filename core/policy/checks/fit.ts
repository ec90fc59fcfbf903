/** Words of titles that mean two things, and bounds of the fit that contradict each other (policy book §6). */
import { formsOf, wordsOf } from '../../qualification/gate/title-words.ts';
import type { IssuePath, PolicyIssue } from '../issue.ts';
import { pathText } from '../issue.ts';
import type { Policy } from '../schema.ts';
import { doubtful, entries, wrong } from './finding.ts';

export function checkFit({ mqlGate: { icpFit, personas, disqualifiers } }: Policy): PolicyIssue[] {
  const path = ['mqlGate', 'personas'];
  return [
    ...checkPoints(icpFit),
    ...checkSize(icpFit),
    ...checkWords([
      listed([...path, 'former'], personas.former),
      listed([...path, 'others'], personas.others),
      listed([...path, 'notARank'], personas.notARank),
      ...personas.seniorities.map((row, i) => listed([...path, 'seniorities', i, 'words'], row.words)),
    ]),
    ...checkWords(personas.functions.map((row, i) => listed([...path, 'functions', i, 'words'], row.words))),
    ...checkScope(icpFit.industries, disqualifiers.outOfScope.industries),
  ];
}

interface Word {
  path: IssuePath;
  value: string;
}

const listed = (path: IssuePath, words: readonly string[]): Word[] => entries(path, words);

/** Each list has a meaning of its own, and a word in two of them would mean two things. */
function checkWords(lists: readonly Word[][]): PolicyIssue[] {
  const seen = new Map<string, { list: Word[]; path: IssuePath }>();
  return lists.flatMap((list) =>
    list.flatMap(({ path, value }) => {
      if (value.includes('*') && wordsOf(value).length > 1) {
        return [wrong(path, value, 'a star goes with a single word, not with a phrase')];
      }
      const twins = formsOf(value).flatMap((form) => {
        const key = value.replace(/[^*]+/, form);
        const before = seen.get(key);
        if (!before) seen.set(key, { list, path });
        return before && before.list !== list ? [before.path] : [];
      });
      const twin = twins[0];
      return twin ? [wrong(path, value, `means two things; it is the same word as ${pathText(twin)}`)] : [];
    }),
  );
}

function checkPoints({ points }: Policy['mqlGate']['icpFit']): PolicyIssue[] {
  const path = ['mqlGate', 'icpFit', 'points'];
  if (Math.max(points.industry, points.companySize, points.economicBuyer, points.influencer) === 0) {
    return [wrong(path, points, 'one of the weights must be above 0')];
  }
  if (points.influencer <= points.economicBuyer) return [];
  return [
    doubtful(
      [...path, 'influencer'],
      points.influencer,
      `an influencer counts for more than an economic buyer, ${points.economicBuyer}`,
    ),
  ];
}

function checkSize({ companySize: { from, below } }: Policy['mqlGate']['icpFit']): PolicyIssue[] {
  if (below === undefined || from < below) return [];
  return [wrong(['mqlGate', 'icpFit', 'companySize', 'below'], below, `must lie above from, ${from}`)];
}

/** An industry cannot be sought and out of scope at once. */
function checkScope(sought: readonly string[], out: readonly string[]): PolicyIssue[] {
  const known = new Set(sought.flatMap(formsOf));
  return entries(['mqlGate', 'disqualifiers', 'outOfScope', 'industries'], out).flatMap(({ path, value }) =>
    formsOf(value).some((form) => known.has(form))
      ? [wrong(path, value, 'is in mqlGate.icpFit.industries as well; an industry is in scope or out of it')]
      : [],
  );
}
