/** How well somebody fits the ideal customer, 0 to 100 (policy book §6, 001 appendix B). */
import type { Policy } from '../../policy/schema.ts';
import { personaOf } from './persona.ts';
import { sameWords } from './title-words.ts';
import type { Contribution, InquiryFacts } from './types.ts';

export { disqualifiersOf } from './disqualifiers.ts';
export { territoryStaffed } from './territory-staffed.ts';

export interface Fit {
  /** 0 to 100, to one decimal. */
  score: number;
  /** Industry, company size and persona, each with its share of the score; the shares add up to it. */
  contributions: Contribution[];
  /** Whether the score, as it is shown, reaches the policy's minimum. */
  meets: boolean;
  /** The same in the policy's own points, as they count towards the score of the lead (001 appendix B). */
  points: Contribution[];
}

type IcpFit = Policy['mqlGate']['icpFit'];

interface Part {
  what: string;
  /** Weight of the policy, before the scaling. */
  weight: number;
  because: string;
}

/**
 * Scores the fit by the policy's weights, scaled so that a perfect fit has 100: a person is a buyer or an influencer,
 * so only the greater of the two weights counts towards it. What is not known gives nothing.
 */
export function fitOf(
  policy: { mqlGate: Pick<Policy['mqlGate'], 'icpFit' | 'personas'> },
  facts: Pick<InquiryFacts, 'contact' | 'company'>,
): Fit {
  const { icpFit } = policy.mqlGate;
  const { industry, companySize, economicBuyer, influencer } = icpFit.points;
  const perfect = industry + companySize + Math.max(economicBuyer, influencer);
  const parts = [
    industryPart(icpFit, facts.company.industry),
    sizePart(icpFit, facts.company.employees),
    personaPart(policy, facts.contact.title),
  ];
  let weight = 0;
  let score = 0;
  const contributions = parts.map((part): Contribution => {
    weight += part.weight;
    const before = score;
    score = perfect === 0 ? 0 : tenths((weight / perfect) * 100);
    return { what: part.what, points: tenths(score - before), because: part.because };
  });
  const points = parts.map((part): Contribution => ({
    what: part.what,
    points: part.weight,
    because: part.because,
  }));
  return { score, contributions, meets: score >= icpFit.minimum, points };
}

function industryPart({ industries, points }: IcpFit, industry: string | undefined): Part {
  const what = 'industry';
  if (industries.length === 0) {
    return { what, weight: points.industry, because: 'Every industry is in scope.' };
  }
  if (industry === undefined || industry.trim() === '') {
    return { what, weight: 0, because: 'The industry of the company is not known.' };
  }
  const inScope = industries.some((one) => sameWords(one, industry));
  return inScope
    ? { what, weight: points.industry, because: 'The industry is one of those sought.' }
    : { what, weight: 0, because: 'The industry is none of those sought.' };
}

function sizePart({ companySize: { from, below }, points }: IcpFit, employees: number | undefined): Part {
  const what = 'company_size';
  const range = below === undefined ? `${from} employees or more` : `${from} to ${below - 1} employees`;
  if (employees === undefined) {
    return { what, weight: 0, because: `The size of the company is not known; ${range} would count.` };
  }
  return employees >= from && (below === undefined || employees < below)
    ? { what, weight: points.companySize, because: `${employees} employees are in range (${range}).` }
    : { what, weight: 0, because: `${employees} employees are out of range (${range}).` };
}

function personaPart(policy: Parameters<typeof fitOf>[0], title: string | undefined): Part {
  const { economicBuyer, influencer } = policy.mqlGate.icpFit.points;
  const { persona, because } = personaOf(policy, title);
  return {
    what: 'persona',
    weight: { economic_buyer: economicBuyer, influencer, none: 0 }[persona],
    because,
  };
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
