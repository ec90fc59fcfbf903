/** Which pool a lead goes to, and who belongs to it for this lead (policy book §2). */
import type { Lead, Segment } from '../model/lead.ts';
import type { Person, Roster } from '../model/person.ts';
import type { Policy } from '../policy/schema.ts';
import type { Among } from '../policy/schema/lead-kinds.ts';
import type { PoolRow } from '../policy/schema/people.ts';

/** What routing looks at in a lead; null where it is not known. */
export interface LeadTraits {
  segment: Segment | null;
  territory: string | null;
  vertical: string | null;
  partnerId: string | null;
}

/** No pool of the policy takes the lead: the policy lacks its catch-all. */
export class NoPoolForLead extends Error {
  override readonly name = 'NoPoolForLead';
}

/** Verticals come from CRM free text, so that case does not tell them apart. */
function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** What routing looks at in a lead that has been taken in. */
export function traitsOf({ segment, territory, company, partner }: Lead): LeadTraits {
  return { segment, territory, vertical: company.industry ?? null, partnerId: partner?.id ?? null };
}

/** Whether a lead is among those that a row names; a condition on something unknown does not hold. */
export function isAmong(when: Among, lead: LeadTraits & { source: string }): boolean {
  const { segment, territory, vertical, partnerId, source } = lead;
  if (when.territories && (territory === null || !when.territories.includes(territory))) return false;
  if (when.segments && (segment === null || !when.segments.includes(segment))) return false;
  if (when.verticals && (vertical === null || !when.verticals.some((id) => sameText(id, vertical))))
    return false;
  if (
    when.partners &&
    (partnerId === null || (when.partners !== 'any' && !when.partners.includes(partnerId)))
  ) {
    return false;
  }
  return !when.sources || when.sources.includes(source);
}

/**
 * The first pool of its kind of which every condition holds; a condition on something unknown does not hold.
 * @param kind left out: a pool for MQLs
 * @throws NoPoolForLead if none does, which a checked policy excludes by its catch-all
 */
export function choosePool(
  policy: Pick<Policy, 'pools'>,
  lead: LeadTraits & { source: string },
  kind?: PoolRow['for'],
): PoolRow {
  const pool = policy.pools.find(
    (row) => row.for === kind && row.when.never !== true && isAmong(row.when, lead),
  );
  if (!pool)
    throw new NoPoolForLead(
      `No pool takes a lead of source ${lead.source}; the policy needs a pool for all.`,
    );
  return pool;
}

/**
 * The active people with one of the pool's roles whose own lists hold the lead's values, in the roster's order.
 * An empty list holds all, and a value that the lead does not tell shuts nobody out. Partners are stricter: people
 * who name the partner come alone; only when nobody does, people without any partner of their own belong.
 */
export function membersOf(pool: PoolRow, roster: Pick<Roster, 'people'>, lead: LeadTraits): Person[] {
  const { roles, match } = pool.members;
  const fits = (name: (typeof match)[number], list: string[], value: string | null): boolean =>
    !match.includes(name) ||
    value === null ||
    list.length === 0 ||
    list.some((item) => sameText(item, value));
  const people = roster.people.filter(
    (person) =>
      person.active &&
      roles.includes(person.role) &&
      fits('territory', person.territories, lead.territory) &&
      fits('segment', person.segments, lead.segment) &&
      fits('vertical', person.verticals, lead.vertical),
  );
  const { partnerId } = lead;
  if (!match.includes('partner') || partnerId === null) return people;
  const dedicated = people.filter((person) => person.partners.includes(partnerId));
  return dedicated.length > 0 ? dedicated : people.filter((person) => person.partners.length === 0);
}

/** A lead of which nothing is known: with it {@link membersOf} gives everybody with one of the pool's roles. */
export const ANY_LEAD: LeadTraits = { segment: null, territory: null, vertical: null, partnerId: null };
