/** Breaches per person and week, from stored facts alone (policy book §13): the same facts give the same breaches. */
import type { Policy } from '../policy/schema.ts';
import type { Period } from '../reporting/period.ts';
import { weekOf } from '../reporting/week.ts';
import { storedMs } from '../time.ts';
import type { Iso } from '../time.ts';
import type { JudgedLead } from './facts.ts';
import { loggedBreach, verdictOf, whoseClock } from './facts.ts';
import { isDiagnostic } from './launch.ts';

export interface Breach {
  /** `<leadId>/<clockId>`, or the record's id where no clock has brought it about. */
  breachId: string;
  personId: string;
  leadId: string;
  poolId: string;
  /** Null for what no clock has brought about. */
  commitment: string | null;
  /** The deadline that passed. A verdict that is reached later belongs to the same week. */
  at: Iso;
  diagnostic: boolean;
}

/** The breaches of one person in one week, Monday to Sunday in the policy's home zone. */
export interface PersonWeek {
  personId: string;
  week: Period;
  /** Oldest first. */
  breaches: Breach[];
  /** Those of a diagnostic time, which count for nothing; oldest first. */
  diagnostic: Breach[];
}

type Rules = Pick<Policy, 'consequences' | 'home'>;

/** Every breach that is somebody's and has not been overturned, by person, oldest first. */
export function breachesOf(policy: Rules, leads: readonly JudgedLead[]): Breach[] {
  return leads
    .flatMap((lead) => [...ofClocks(policy, lead), ...ofRecords(policy, lead)])
    .sort(
      (a, b) => compare(a.personId, b.personId) || compare(a.at, b.at) || compare(a.breachId, b.breachId),
    );
}

/** Weeks in which a person has breached anything, by person, oldest first. */
export function personWeeks(policy: Rules, leads: readonly JudgedLead[]): PersonWeek[] {
  const weeks = new Map<string, PersonWeek>();
  for (const breach of breachesOf(policy, leads)) {
    const week = weekOf(storedMs(breach.at), policy.home.timeZone);
    const key = `${breach.personId}/${week.name}`;
    const found = weeks.get(key) ?? { personId: breach.personId, week, breaches: [], diagnostic: [] };
    (breach.diagnostic ? found.diagnostic : found.breaches).push(breach);
    weeks.set(key, found);
  }
  return [...weeks.values()];
}

/** The lead of a breach, and the clock or record behind it; of a review's lead alone there is neither. */
export function partsOfBreach(breachId: string): { leadId: string; clockId: string | null } {
  const slash = breachId.indexOf('/');
  return slash === -1
    ? { leadId: breachId, clockId: null }
    : { leadId: breachId.slice(0, slash), clockId: breachId.slice(slash + 1) };
}

function ofClocks(policy: Rules, lead: JudgedLead): Breach[] {
  const { leadId, poolId } = lead;
  return lead.clocks.flatMap((clock) => {
    if (verdictOf(clock) !== 'missed' || loggedBreach(lead, clock)?.state === 'overturned') return [];
    const personId = whoseClock(lead, clock);
    if (personId === null) return [];
    const { commitment, dueAt: at } = clock;
    const diagnostic = isDiagnostic(policy, commitment, storedMs(at));
    return [{ breachId: `${leadId}/${clock.clockId}`, personId, leadId, poolId, commitment, at, diagnostic }];
  });
}

/** Breaches without a clock that could say more. */
function ofRecords(policy: Rules, lead: JudgedLead): Breach[] {
  const { leadId, poolId } = lead;
  const known = new Set(lead.clocks.map(({ clockId }) => clockId));
  return lead.records.flatMap(({ type, state, personId, clockId, recordId, at }) => {
    if (type !== 'breach' || state === 'overturned' || personId === null) return [];
    if (clockId !== null && known.has(clockId)) return [];
    const commitment = clockId === null ? null : clockId.replace(/-\d+$/, '');
    const diagnostic = isDiagnostic(policy, commitment, storedMs(at));
    return [{ breachId: `${leadId}/${recordId}`, personId, leadId, poolId, commitment, at, diagnostic }];
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
