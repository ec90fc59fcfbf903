/**
 * How far two raters agree, and whether that is more than chance (policy book §15: both sides rate the same MQLs).
 *
 * Cohen's kappa is (p_o − p_e) / (1 − p_e): p_o is the share of subjects on which the raters agree, p_e the share on
 * which they would agree by chance, each with the frequencies of their own answers. Source: J. Cohen, "A coefficient of
 * agreement for nominal scales", Educational and Psychological Measurement 20 (1960), pages 37 to 46.
 */

/** What two raters said of one subject. */
export type Pair = readonly [first: string, second: string];

export interface Agreement {
  /** Subjects that both have rated. */
  rated: number;
  agreed: number;
  /** 0 to 1; null where nothing was rated. */
  share: number | null;
  /** −1 to 1, or null where it is not defined: nothing was rated, or both gave one and the same answer throughout. */
  kappa: number | null;
  /** Kappa in words, or why there is none. */
  inWords: string;
}

/** Agreement and kappa over any set of answers. Neither the order of pairs nor that of the raters matters. */
export function agreementOf(pairs: readonly Pair[]): Agreement {
  const rated = pairs.length;
  if (rated === 0) {
    return { rated, agreed: 0, share: null, kappa: null, inWords: 'not defined: nothing was rated by both' };
  }
  const agreed = pairs.filter(([first, second]) => first === second).length;
  const firsts = counted(pairs.map(([first]) => first));
  const seconds = counted(pairs.map(([, second]) => second));
  // Both shares times the square of the count: whole numbers, so that "the same" is not a matter of rounding.
  const byChance = [...firsts].reduce((sum, [answer, count]) => sum + count * (seconds.get(answer) ?? 0), 0);
  const whole = rated * rated;
  const share = agreed / rated;
  if (byChance === whole) {
    const inWords = 'not defined: both gave the same answer throughout, which chance would have given, too';
    return { rated, agreed, share, kappa: null, inWords };
  }
  const kappa = (rated * agreed - byChance) / (whole - byChance);
  return { rated, agreed, share, kappa, inWords: strengthOf(kappa) };
}

/**
 * Upper ends of the ranges, each within its range. Source: J. R. Landis and G. G. Koch, "The measurement of observer
 * agreement for categorical data", Biometrics 33 (1977), page 165; they call the ranges arbitrary, useful as a measure.
 */
const STRENGTHS = [
  { upTo: 0.2, words: 'slight' },
  { upTo: 0.4, words: 'fair' },
  { upTo: 0.6, words: 'moderate' },
  { upTo: 0.8, words: 'substantial' },
] as const;

/** The words of Landis and Koch for a kappa; their table gives two decimals, and so the kappa is taken. */
export function strengthOf(kappa: number): string {
  if (kappa < 0) return 'poor';
  const shown = Math.round(kappa * 100) / 100;
  return STRENGTHS.find(({ upTo }) => shown <= upTo)?.words ?? 'almost perfect';
}

/** The answers of one rater by question, for each lead; a question without an answer is left out. */
export type Ratings = ReadonlyMap<string, Readonly<Partial<Record<string, string>>>>;

export interface Comparison {
  /** In the order of the questions asked. */
  questions: { question: string; agreement: Agreement }[];
  /** Leads on which the raters part, those with most questions first, then by id. */
  parted: { leadId: string; questions: string[] }[];
}

/** Question by question, over the leads that both have rated in it. */
export function compareRatings(questions: readonly string[], first: Ratings, second: Ratings): Comparison {
  const pairsOf = (question: string): { leadId: string; pair: Pair }[] =>
    [...first].flatMap(([leadId, answers]) => {
      const [one, other] = [answers[question], second.get(leadId)?.[question]];
      return one === undefined || other === undefined ? [] : [{ leadId, pair: [one, other] as const }];
    });
  const rated = questions.map((question) => ({ question, pairs: pairsOf(question) }));
  const parted = new Map<string, string[]>();
  for (const { question, pairs } of rated) {
    for (const { leadId, pair } of pairs) {
      if (pair[0] !== pair[1]) parted.set(leadId, [...(parted.get(leadId) ?? []), question]);
    }
  }
  return {
    questions: rated.map(({ question, pairs }) => ({
      question,
      agreement: agreementOf(pairs.map(({ pair }) => pair)),
    })),
    parted: [...parted]
      .map(([leadId, on]) => ({ leadId, questions: on }))
      .sort((a, b) => b.questions.length - a.questions.length || (a.leadId < b.leadId ? -1 : 1)),
  };
}

function counted(answers: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return counts;
}
