/** Leads with judged clocks in the table, and the schedule that reckons with them on a policy that is live. */
import type { Settled } from '../../lambdas/shared/settle-consequences.ts';
import type { KeptItem } from '../../core/consequences/kept.ts';
import type { Clock } from '../../core/model/clock.ts';
import type { Lead } from '../../core/model/lead.ts';
import { settleConsequences } from '../../lambdas/shared/settle-consequences.ts';
import { useServices } from '../../lambdas/shared/services.ts';
import { clock, livePolicy } from '../core/consequences/leads.ts';
import { sampleLead } from '../lambdas/support/sample.ts';
import type { Backend } from './services.ts';

let made = 0;

/** A lead that is decided about, with these clocks. */
export async function leadWith(
  { services }: Backend,
  clocks: Clock[],
  change: Partial<Lead> = {},
): Promise<Lead> {
  made += 1;
  const lead: Lead = { ...sampleLead, leadId: `lead-missed-${made}`, status: 'sal', clocks, ...change };
  await services.leads.create(lead);
  return lead;
}

/** So many leads of a person, each with a clock that was due then and missed. */
export async function missedLeads(
  backend: Backend,
  count: number,
  personId: string,
  dueAt: string,
): Promise<Lead[]> {
  return Promise.all(
    Array.from({ length: count }, () => leadWith(backend, [clock(personId, dueAt, 'missed')])),
  );
}

/** An activity of a system of record that was delivered late has turned the verdict. */
export async function turned({ services }: Backend, lead: Lead): Promise<void> {
  const current = (await services.leads.get(lead.leadId)) ?? lead;
  const clocks = current.clocks.map((one): Clock => {
    const met = { at: one.dueAt, verdict: 'met' as const, of: one.startedAt, because: 'Delivered late.' };
    return { ...one, status: 'met', metAt: one.startedAt, verdicts: [...one.verdicts, met] };
  });
  await services.leads.save({ ...current, clocks, version: current.version + 1 });
}

/** A fresh container, on a policy whose launches lie in the past. */
export async function live(backend: Backend): Promise<void> {
  await backend.restart();
  backend.services = { ...backend.services, policy: await livePolicy() };
  useServices(backend.services);
}

/** A run of the schedule. */
export function settleNow(backend: Backend): Promise<Settled> {
  return settleConsequences(backend.services);
}

/** What is stored of a person, as `state item period: who has been told`. */
export async function itemsOf(backend: Backend, personId: string): Promise<string[]> {
  const items = await backend.services.consequences.of(personId);
  return items.map(textOf).sort();
}

function textOf({ state, item, period, told }: KeptItem): string {
  return `${state} ${item} ${period}${told.length === 0 ? '' : `: ${told.join(', ')}`}`;
}
