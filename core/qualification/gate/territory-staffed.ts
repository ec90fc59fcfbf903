/** Whether somebody works the place where an inquiry comes from (policy book §6, 001: "active territory only"). */
import type { Person, Roster } from '../../model/person.ts';
import type { CompiledPolicy } from '../../policy/compiled.ts';
import { choosePool, membersOf, nextAvailable } from '../../routing/index.ts';
import { storedMs } from '../../time.ts';
import type { EpochMs } from '../../time.ts';
import { segmentOf } from '../segment.ts';
import { territoryOf } from '../territory.ts';
import { placeOf } from '../zone.ts';
import type { Criterion, InquiryFacts } from './types.ts';

const CRITERION = 'territory_staffed';
const WOULD_PASS = 'A place in a territory of the policy that is staffed, with an active member of its pool.';

/**
 * Whether the inquiry's territory is staffed and the pool that would get its lead has an active member for it who is
 * not away for good. A country that lies in no territory is not staffed; where no country is known the pool decides.
 * @param now whose leave has an end is looked at from here on
 */
export function territoryStaffed(
  policy: CompiledPolicy,
  roster: Pick<Roster, 'people'>,
  facts: InquiryFacts,
  now: EpochMs,
): Criterion {
  const verdict = (met: boolean, valueClass: string, note: string): Criterion => {
    return { criterion: CRITERION, met, field: 'contact.country', valueClass, wouldPass: WOULD_PASS, note };
  };
  if (!policy.mqlGate.territory.staffed) return verdict(true, 'not_asked', 'The policy does not ask for it.');
  const { country, region } = placeOf(policy, facts.contact);
  const territory = territoryOf(policy, country, region);
  if (country !== null && territory === null) {
    return verdict(false, 'no_territory', 'The country lies in no territory of the policy.');
  }
  if (territory?.staffed === false) {
    return verdict(false, 'not_staffed', `Territory ${territory.id} is not staffed.`);
  }
  const { pool, members } = poolOf(policy, roster, facts, territory?.id ?? null);
  const where = territory === null ? 'The country is not known' : `Territory ${territory.id}`;
  if (members.length === 0) {
    return verdict(false, 'no_active_member', `${where}; pool ${pool} has no active member for the lead.`);
  }
  const there = members.filter((person) => nextAvailable(person, now) !== null).length;
  if (there === 0) {
    return verdict(false, 'all_away', `${where}; everybody of pool ${pool} is away until further notice.`);
  }
  const valueClass = territory === null ? 'not_known' : 'staffed';
  return verdict(true, valueClass, `${where}; pool ${pool} has ${there} active.`);
}

/** The pool that the lead would go to, and its active members for it. */
function poolOf(
  policy: CompiledPolicy,
  roster: Pick<Roster, 'people'>,
  facts: InquiryFacts,
  territory: string | null,
): { pool: string; members: Person[] } {
  const traits = {
    segment: segmentOf(policy, facts.company)?.row.id ?? null,
    territory,
    vertical: facts.company.industry ?? null,
    partnerId: facts.partner?.id ?? null,
  };
  const pool = choosePool(policy, { ...traits, source: sourceOf(policy, facts.signals) });
  return { pool: pool.id, members: membersOf(pool, roster, traits) };
}

/** The latest act that is a source of the policy; empty while there is none, which no condition on sources holds. */
function sourceOf({ sources }: CompiledPolicy, signals: InquiryFacts['signals']): string {
  const known = signals.filter(({ type }) => sources.some(({ id }) => id === type));
  const latest = known.toSorted(
    (a, b) => storedMs(b.at) - storedMs(a.at) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  return latest[0]?.type ?? '';
}
