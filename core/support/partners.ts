/** What partners were promised, and what they owe, in figures of a month (policy book §3, §16). */
import { calendarOf, deadline, parseSpan } from '../calendar/index.ts';
import type { Tally } from '../consequences/tally.ts';
import { isBelow, tallyOf } from '../consequences/tally.ts';
import type { Clock } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import { completenessOf } from '../qualification/gate/completeness.ts';
import { contains } from '../reporting/period.ts';
import type { Period } from '../reporting/period.ts';
import type { EpochMs } from '../time.ts';
import { storedMs } from '../time.ts';

export type PartnerLead = Pick<Lead, 'leadId' | 'partner' | 'contact' | 'company' | 'clocks' | 'erasedAt'>;

export interface PromiseKept extends Tally {
  commitment: string;
  within: string;
  promisedPercent: number;
  /** Still within the time: neither kept nor broken. */
  running: number;
  /** Null where nothing was judged. */
  kept: boolean | null;
  /** Of the month's credits; 0 where none follows. */
  creditPercent: number;
}

export interface PartnerMonth {
  partnerId: string;
  month: Period;
  /** False while the month runs or a promise of it still does. */
  complete: boolean;
  /** Leads of the partner with a promised clock that started in the month. */
  leads: number;
  promises: PromiseKept[];
  /** How many of these leads, erased ones left out, have every field that the partner owes. */
  completeness: Tally;
  creditPercent: number;
}

/** One row a partner, by name; a clock belongs to the month in which it started. */
export function partnerMonths(
  policy: CompiledPolicy,
  leads: readonly PartnerLead[],
  month: Period,
  now: EpochMs,
): PartnerMonth[] {
  const named = leads.flatMap((lead) => {
    const clocks = promisedClocks(policy, lead, month);
    const id = lead.partner?.id;
    return id === undefined || clocks.length === 0 ? [] : [{ id, lead, clocks }];
  });
  return [...Map.groupBy(named, ({ id }) => id)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([partnerId, some]) => {
      const clocks = some.flatMap((one) => one.clocks);
      const promises = policy.partners.promises.map((promise) => promiseKept(policy, promise, clocks, now));
      return {
        partnerId,
        month,
        complete: month.to <= now && promises.every(({ running }) => running === 0),
        leads: some.length,
        promises,
        completeness: completeness(
          policy,
          some.map(({ lead }) => lead),
        ),
        creditPercent: promises.reduce((sum, { creditPercent }) => sum + creditPercent, 0),
      };
    });
}

function promisedClocks(policy: CompiledPolicy, lead: PartnerLead, month: Period): Clock[] {
  const promised = policy.partners.promises.map(({ of }) => of);
  return lead.clocks.filter(
    ({ commitment, startedAt }) => promised.includes(commitment) && contains(month, storedMs(startedAt)),
  );
}

function promiseKept(
  policy: CompiledPolicy,
  promise: CompiledPolicy['partners']['promises'][number],
  clocks: readonly Clock[],
  now: EpochMs,
): PromiseKept {
  const { of: commitment, within, percent: promisedPercent } = promise;
  // What fell away before anybody had to do it was neither kept nor broken.
  const meant = clocks.filter(
    (clock) =>
      clock.commitment === commitment && !(clock.status === 'cancelled' && clock.verdicts.length === 0),
  );
  const verdicts = meant.flatMap((clock) => withinTime(policy, clock, within, now) ?? []);
  const tally = tallyOf(verdicts);
  const short = policy.partners.credits.filter(
    ({ shortByMoreThan }) => tally.judged > 0 && isBelow(tally, promisedPercent - shortByMoreThan),
  );
  const credit = policy.partners.creditsFollowCompliance
    ? Math.max(0, ...short.map(({ percent }) => percent))
    : 0;
  return {
    ...tally,
    commitment,
    within,
    promisedPercent,
    running: meant.length - verdicts.length,
    kept: tally.judged === 0 ? null : !isBelow(tally, promisedPercent),
    creditPercent: credit,
  };
}

/** By the promise's own time, on the clock's calendar, pauses left out; null while it can still be kept. */
function withinTime(
  policy: CompiledPolicy,
  clock: Clock,
  within: string,
  now: EpochMs,
): 'met' | 'missed' | null {
  const pauses = clock.pauses.map(({ from, to }) => ({
    from: storedMs(from),
    to: to === null ? Math.max(now, storedMs(from)) : storedMs(to),
  }));
  const calendar = calendarOf(policy, clock.calendar);
  const end = deadline(calendar, storedMs(clock.countsFrom), parseSpan(within), pauses);
  if (clock.metAt !== null) return storedMs(clock.metAt) <= end ? 'met' : 'missed';
  return end < now ? 'missed' : null;
}

function completeness(policy: CompiledPolicy, leads: readonly PartnerLead[]): Tally {
  const rules = { ...policy.mqlGate.completeness, fields: policy.partners.owes };
  const asked = { mqlGate: { ...policy.mqlGate, completeness: rules } };
  return tallyOf(
    leads
      .filter(({ erasedAt }) => erasedAt === null)
      .map((lead) => (completenessOf(asked, lead).every(({ met }) => met) ? 'met' : 'missed')),
  );
}
