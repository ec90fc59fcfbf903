/** How things stand: what the reconciler measures each minute, because no single invocation could say it. */
import { storedMs } from '../../core/time.ts';
import type { EpochMs } from '../../core/time.ts';
import type { MetricName } from './metric-names.ts';
import type { Services } from './services.ts';

/** Of the leads without an owner, those with the soonest deadlines are looked at. */
const LOOKED_AT = 25;
const SECOND_MS = 1000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;

export interface Gauge {
  name: MetricName;
  value: number;
}

/** @param waiting leads that the reconciler has found, as many as it takes at a time */
export async function gauges(services: Services, waiting: readonly string[]): Promise<Gauge[]> {
  const now = services.clock.now();
  const [oldestWaiting, unassigned] = await Promise.all([
    services.leads.nextAttention(),
    services.leads.unassigned(),
  ]);
  const leads = await Promise.all(unassigned.slice(0, LOOKED_AT).map((id) => services.leads.get(id)));
  const since = leads.flatMap((lead) =>
    lead === undefined || lead.owner !== null ? [] : [storedMs(lead.unassignedSince ?? lead.receivedAt)],
  );
  return [
    { name: 'LeadsWaiting', value: waiting.length },
    { name: 'OldestWaiting', value: age(now, oldestWaiting === null ? [] : [storedMs(oldestWaiting)]) },
    { name: 'UnassignedLeads', value: unassigned.length },
    { name: 'OldestUnassigned', value: age(now, since) },
    { name: 'HolidayDaysLeft', value: holidayDaysLeft(services, now) },
  ];
}

/** How long ago the first of these instants was, in whole seconds; 0 if none has passed. */
function age(now: EpochMs, instants: EpochMs[]): number {
  return Math.floor(Math.max(0, ...instants.map((instant) => now - instant)) / SECOND_MS);
}

/** Days until the end of the last year for which the policy's public holidays were compiled (policy book §4). */
function holidayDaysLeft({ policy }: Services, now: EpochMs): number {
  const [, last] = policy.holidays.years;
  return Math.floor((Date.UTC(last + 1, 0, 1) - now) / DAY_MS);
}
