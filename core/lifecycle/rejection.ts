/** What a rejection by code asks of Marketing, and when that is done (policy book §8; docs/adr/0023-commands.md). */
import type { Lead } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import { iso } from '../time.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry, event } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import { happen } from './happen.ts';

type Effect = CompiledPolicy['rejections'][number]['effect'];

/** Fields of which a change is what the code has asked for. */
const RESOLVED_BY: Readonly<Partial<Record<Effect, readonly string[]>>> = {
  enrich_or_suppress: ['contact.email', 'contact.phone'],
  reroute_or_hold: ['contact.country', 'contact.region', 'contact.timeZone', 'company.industry'],
};

/** Whether the code leaves the lead held for Marketing; with any other it is gone. */
export function isHeldBy(effect: Effect): boolean {
  return RESOLVED_BY[effect] !== undefined;
}

/** Whether nothing brings the lead back to Sales before Marketing has done what a rejection asked for. */
export function isHeldBack({ status, life: { rejection } }: Lead): boolean {
  return status === 'held' && rejection?.holds === true && rejection.resolvedAt === null;
}

/** Whether these changes of a lead are what its rejection has asked for. */
export function isAskedFor(
  { rejections }: Pick<CompiledPolicy, 'rejections'>,
  { life: { rejection } }: Lead,
  fields: readonly string[],
): boolean {
  const row = rejections.find(({ code }) => code === rejection?.code);
  const asked = row === undefined ? [] : (RESOLVED_BY[row.effect] ?? []);
  return fields.some((field) => asked.includes(field));
}

/**
 * Marketing has done what the rejection asked for: its clock is met, and what was held by it may pass the gate again.
 * A lead without an open rejection is left as it is.
 * @param by a person's id; null: a change of the lead says so
 */
export function resolveRejection(world: World, lead: Lead, by: string | null): Decision {
  const { rejection } = lead.life;
  if (lead.erasedAt !== null || rejection === null || rejection.resolvedAt !== null)
    return { lead, effects: [] };
  const { code } = rejection;
  const resolved: Lead = {
    ...lead,
    life: { ...lead.life, rejection: { ...rejection, resolvedAt: iso(world.now) } },
  };
  const key = String(lead.cycle);
  const who = by === null ? 'system' : `person:${by}`;
  const told: Decision = {
    lead: resolved,
    effects: [
      entry(world.now, 'rejection_resolved', `What ${code} asked for is done.`, { key }, who),
      event(resolved, 'RejectionResolved', world.now, {}, { by, code }),
    ],
  };
  return and(told, happen(world, resolved, ['rejection_resolved']));
}
