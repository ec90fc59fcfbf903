/** Compliance of people and the band that it falls in (policy book §13); what a band means for pay, people decide. */
import type { Policy } from '../policy/schema.ts';
import { contains } from '../reporting/period.ts';
import type { Period } from '../reporting/period.ts';
import { storedMs } from '../time.ts';
import type { JudgedLead } from './facts.ts';
import { loggedBreach, verdictOf, whoseClock } from './facts.ts';
import { isDiagnostic } from './launch.ts';
import type { Tally } from './tally.ts';
import { isAbove, isBelow, tallyOf } from './tally.ts';

type Band = Policy['complianceBands'][number];

export interface Compliance {
  personId: string;
  /** Clocks that the person owed, were judged, and count. */
  counted: Tally;
  /** Those of a time of diagnosis, which are left out of the band. */
  diagnostic: Tally;
  /** All of them. */
  all: Tally;
  /** Null where nothing counts. */
  band: { id: string; title: string; reductionPercent: { from: number; to: number } | null } | null;
}

export interface ComplianceFigures {
  period: Period;
  /** At least one clock of the period belongs to a time of diagnosis. */
  diagnostic: boolean;
  /** By person. */
  people: Compliance[];
  /** Standard deviation of the people's percentages of all clocks, in points; null without anybody. */
  spread: number | null;
}

/**
 * Met of all judged clocks that each person owed. A clock belongs to the period in which its deadline lies, so that a
 * verdict that turns stays in its period.
 * @param leads all leads, in any order
 * @param isRep whose compliance is looked at; without it, of everybody who owed anything
 */
export function complianceOf(
  policy: Pick<Policy, 'consequences' | 'complianceBands' | 'home'>,
  leads: readonly JudgedLead[],
  period: Period,
  isRep: (personId: string) => boolean = () => true,
): ComplianceFigures {
  const judged = leads
    .flatMap((lead) => judgedClocks(policy, lead, period))
    .filter(({ personId }) => isRep(personId))
    .sort((a, b) => (a.personId < b.personId ? -1 : Number(a.personId > b.personId)));
  const people = [...Map.groupBy(judged, ({ personId }) => personId)].map(([personId, clocks]) => {
    const tally = (some: readonly JudgedClock[]): Tally => tallyOf(some.map(({ verdict }) => verdict));
    const counted = tally(clocks.filter(({ diagnostic }) => !diagnostic));
    const inDiagnosis = tally(clocks.filter(({ diagnostic }) => diagnostic));
    const band = bandOf(policy.complianceBands, counted);
    return { personId, counted, diagnostic: inDiagnosis, all: tally(clocks), band };
  });
  return {
    period,
    diagnostic: judged.some(({ diagnostic }) => diagnostic),
    people,
    spread: standardDeviation(people.flatMap(({ all }) => all.percent ?? [])),
  };
}

interface JudgedClock {
  personId: string;
  verdict: 'met' | 'missed';
  diagnostic: boolean;
}

function judgedClocks(
  policy: Pick<Policy, 'consequences' | 'home'>,
  lead: JudgedLead,
  period: Period,
): JudgedClock[] {
  return lead.clocks.flatMap((clock) => {
    const [personId, last, due] = [whoseClock(lead, clock), verdictOf(clock), storedMs(clock.dueAt)];
    if (personId === null || last === undefined || !contains(period, due)) return [];
    const verdict = loggedBreach(lead, clock)?.state === 'overturned' ? 'met' : last;
    return [{ personId, verdict, diagnostic: isDiagnostic(policy, clock.commitment, due) }];
  });
}

/** The first band, from the best one down, whose floor is reached. */
function bandOf(bands: readonly Band[], tally: Tally): Compliance['band'] {
  if (tally.judged === 0) return null;
  const band = bands.find(({ above, atLeast = 0 }) =>
    above === undefined ? !isBelow(tally, atLeast) : isAbove(tally, above),
  );
  if (band === undefined) return null;
  return { id: band.id, title: band.title, reductionPercent: band.reductionPercent ?? null };
}

/** Of all of them, not of a sample. */
function standardDeviation(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
