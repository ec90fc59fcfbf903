/**
 * The share of an AE's SQLs that were rejected for want of pain or time, and whether it has to be looked into (policy
 * book §11). The figures do not tell whether weak leads were promoted or good ones declined: nobody is blamed.
 */
import type { Lead } from '../model/lead.ts';
import { handoffsOf } from '../model/life.ts';
import type { Handoff } from '../model/life.ts';
import type { Person, Roster } from '../model/person.ts';
import type { Policy } from '../policy/schema.ts';
import type { Role } from '../policy/schema/basics.ts';
import { storedMs } from '../time.ts';
import { contains } from './period.ts';
import type { Period } from './period.ts';

/** What is looked at of a lead. */
export type HandedOver = Pick<Lead, 'leadId' | 'life'>;

export interface AeRejections {
  aeId: string;
  /** SQLs that the AE has accepted or rejected in the period. */
  decided: number;
  /** Those of them rejected under the policy's codes. */
  rejected: number;
  /** 0 to 100; null below the policy's minimum. */
  percent: number | null;
  /** Leads rejected under the codes, by id. */
  leadIds: string[];
  review: Review | null;
}

/** A conversation that is due. */
export interface Review {
  /** The same for the same AE and period, whenever it is reckoned. */
  reviewId: string;
  /** Who sits down together, by role in the policy's order; a role that nobody has is left empty. */
  attendees: { role: Role; people: string[] }[];
  explanation: string;
}

interface Decided {
  leadId: string;
  handoff: Handoff;
}

/**
 * Each AE who has decided about an SQL in the period, by id. All of it follows from stored facts: reckoned again, it is
 * the same.
 * @param leads all leads, in any order
 */
export function aeRejections(
  policy: Pick<Policy, 'aeRejectionReview'>,
  roster: Pick<Roster, 'people'>,
  leads: readonly HandedOver[],
  period: Period,
): AeRejections[] {
  const decided = leads.flatMap(({ leadId, life }) =>
    handoffsOf({ life })
      .filter((handoff) => isDecidedIn(handoff, period))
      .map((handoff): Decided => ({ leadId, handoff })),
  );
  return [...Map.groupBy(decided, ({ handoff }) => handoff.ae.personId)]
    .map(([aeId, all]) => figuresOf(policy, roster, aeId, all, period))
    .sort((a, b) => (a.aeId < b.aeId ? -1 : 1));
}

function isDecidedIn({ accepted, rejected }: Handoff, period: Period): boolean {
  const act = rejected ?? accepted;
  return act !== null && contains(period, storedMs(act.at));
}

function figuresOf(
  { aeRejectionReview: bar }: Pick<Policy, 'aeRejectionReview'>,
  roster: Pick<Roster, 'people'>,
  aeId: string,
  all: Decided[],
  period: Period,
): AeRejections {
  const under = all.filter(
    ({ handoff: { rejected } }) => rejected !== null && bar.codes.includes(rejected.code),
  );
  const [decided, rejected] = [all.length, under.length];
  const percent = decided < bar.minimum ? null : (rejected / decided) * 100;
  // By whole numbers, so that exactly the bar is not above it.
  const isDue = percent !== null && rejected * 100 > bar.abovePercent * decided;
  const leadIds = [...new Set(under.map(({ leadId }) => leadId))].sort();
  const review: Review | null = isDue
    ? {
        reviewId: `ae-review/${aeId}/${period.name}`,
        attendees: attendeesOf(bar.attendees, roster, aeId, under),
        explanation: `${rejected} of ${decided} SQLs that ${aeId} decided about were rejected under ${bar.codes.join(' or ')}, more than ${bar.abovePercent} percent. The figures do not say why: look at the briefings and calls together before anybody draws a conclusion.`,
      }
    : null;
  return { aeId, decided, rejected, percent, leadIds, review };
}

/** The AE, the SDRs who had promoted those leads, and the managers of both. */
function attendeesOf(
  roles: readonly Role[],
  { people }: Pick<Roster, 'people'>,
  aeId: string,
  under: readonly Decided[],
): Review['attendees'] {
  const sdrs = under.flatMap(({ handoff }) => handoff.sdr ?? []);
  const concerned = people.filter(({ personId }) => personId === aeId || sdrs.includes(personId));
  const managers = new Set(concerned.map(({ managerId }) => managerId));
  return roles.map((role) => {
    const isMeant = (person: Person): boolean =>
      person.role === role && (concerned.includes(person) || managers.has(person.personId));
    return { role, people: people.filter(isMeant).map(({ personId }) => personId) };
  });
}
