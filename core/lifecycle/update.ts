/** Facts about a lead that were missing or wrong (policy book §7). Left out: stays; null: is taken away. */
import type { Company, Contact, Lead } from '../model/lead.ts';
import type { Relations } from '../model/gate.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import type { Known } from './gate-state.ts';
import { lookAtGate } from './inquiry.ts';
import { isAskedFor, isHeldBack, resolveRejection } from './rejection.ts';

type Nullable<T> = { [K in keyof T]?: T[K] | null };

export interface Changes {
  contact?: Nullable<Contact> | undefined;
  company?: Nullable<Company> | undefined;
  relations?: Relations | undefined;
}

/** The lead with other facts, and the names of the fields that are different now; the gate has not looked at it. */
export function withFacts(
  lead: Lead,
  { contact, company, relations }: Changes,
): { lead: Lead; fields: string[] } {
  const changed: Lead = {
    ...lead,
    contact: contactWith(lead.contact, contact),
    company: companyWith(lead.company, company),
    ...(relations !== undefined && { relations: { ...lead.relations, ...relations } }),
  };
  const fields = [
    ...different('contact', lead.contact, changed.contact),
    ...different('company', lead.company, changed.company),
    ...different('relations', lead.relations ?? {}, changed.relations ?? {}),
  ];
  return { lead: changed, fields };
}

/** Takes in the facts and looks at the gate again. Changing nothing is no change. */
export function updateLead(world: World, before: Lead, changes: Changes, by: string, known: Known): Decision {
  const { lead, fields } = withFacts(before, changes);
  if (fields.length === 0) return lookAtGate(world, before, known);
  const why = `Now given or corrected: ${fields.join(', ')}.`;
  const told: Decision = {
    lead,
    effects: [entry(world.now, 'lead_updated', why, { key: String(lead.version) }, by)],
  };
  const asked = isHeldBack(lead) && isAskedFor(world.policy, lead, fields);
  const resolved = asked ? and(told, resolveRejection(world, lead, null)) : told;
  return and(resolved, lookAtGate(world, resolved.lead, known));
}

function contactWith(before: Contact, changes: Nullable<Contact> = {}): Contact {
  const take = (field: keyof Contact) => taken(before[field], changes[field]);
  return {
    firstName: take('firstName'),
    lastName: take('lastName'),
    email: take('email'),
    phone: take('phone'),
    title: take('title'),
    timeZone: take('timeZone'),
    country: take('country'),
    region: take('region'),
  };
}

function companyWith(before: Company, changes: Nullable<Company> = {}): Company {
  return {
    name: taken(before.name, changes.name),
    domain: taken(before.domain, changes.domain),
    employees: taken(before.employees, changes.employees),
    annualRevenueUsd: taken(before.annualRevenueUsd, changes.annualRevenueUsd),
    industry: taken(before.industry, changes.industry),
  };
}

function taken<T>(before: T | undefined, change: T | null | undefined): T | undefined {
  return change === undefined ? before : (change ?? undefined);
}

function different(name: string, before: object, after: object): string[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const keys = new Set([...old.keys(), ...now.keys()]);
  return [...keys].filter((key) => old.get(key) !== now.get(key)).map((key) => `${name}.${key}`);
}
