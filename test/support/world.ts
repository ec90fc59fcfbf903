/** The default policy, the sample people, and leads to try them on. */
import { loadPeople } from '../../lib/policy/people.ts';
import { loadPolicy } from '../../lib/policy/load.ts';
import { assign } from '../../core/ladder/assign.ts';
import type { Decision } from '../../core/ladder/facts.ts';
import { ownerKnows } from '../../core/ladder/tell-owner.ts';
import type { World } from '../../core/ladder/tell.ts';
import { takeIn } from '../../core/lifecycle/intake.ts';
import type { Effect } from '../../core/model/effects.ts';
import type { Lead, LeadFacts } from '../../core/model/lead.ts';
import type { Person } from '../../core/model/person.ts';
import { epochMs, iso } from '../../core/time.ts';

/** The world at an instant: default policy, sample people (or those given). */
export async function worldAt(at: string, people?: Person[]): Promise<World> {
  const policy = await loadPolicy('policy/default.yaml');
  const roster = { version: 1, people: people ?? (await loadPeople('policy/people.yaml')) };
  return { policy, roster, now: epochMs(at) };
}

/** The same world later. */
export function later(world: World, at: string): World {
  return { ...world, now: epochMs(at) };
}

/** A demo request of an enterprise in Massachusetts. */
export function demoRequest(qualifiedAt: string, change: Partial<LeadFacts> = {}): LeadFacts {
  return {
    crm: { system: 'salesforce', recordId: '00Q1' },
    qualifiedAt: iso(epochMs(qualifiedAt)),
    source: 'demo_request',
    score: 70,
    contact: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', country: 'US', region: 'MA' },
    company: { name: 'Example', employees: 1200, industry: 'software' },
    signals: [],
    ...change,
  };
}

/** A lead that has just come in. */
export function arrived(world: World, facts: LeadFacts): Decision {
  return takeIn(world, 'lead-1', facts);
}

/** A lead that has come in and has an owner, who knows it. */
export function owned(world: World, facts: LeadFacts, personId: string): Lead {
  const { lead } = arrived(world, facts);
  const draw = { personId, reason: 'Next in the round robin.', via: 'round_robin' } as const;
  return ownerKnows(world, assign(world, lead, draw).lead).lead;
}

/** Mails of a decision as `kind → recipient`. */
export function mails(effects: Effect[]): string[] {
  return effects.flatMap((effect) =>
    effect.kind === 'notice' ? [`${effect.notice} → ${effect.recipient}`] : [],
  );
}

/** Detail types of the events of a decision. */
export function events(effects: Effect[]): string[] {
  return effects.flatMap((effect) => (effect.kind === 'event' ? [effect.detailType] : []));
}

/** What the timeline gets, in order. */
export function timeline(effects: Effect[]): string[] {
  return effects.flatMap((effect) => (effect.kind === 'timeline' ? [effect.entry.what] : []));
}
