/** The briefing for the AE: complete before anybody is notified (policy book §11). */
import { iso } from '../../time.ts';
import type { Lead } from '../../model/lead.ts';
import { handoffsOf } from '../../model/life.ts';
import type { Briefing } from '../../model/life.ts';
import type { CompiledPolicy } from '../../policy/compiled.ts';
import type { Decision } from '../../ladder/facts.ts';
import { and, entry, event } from '../../ladder/facts.ts';
import type { World } from '../../ladder/tell.ts';
import { happen } from '../happen.ts';
import type { Asked, Outcome, Refused } from './command.ts';
import { withLife } from './command.ts';
import { says } from './said.ts';
import { isAllowed, notAllowed, refusedFor } from './table.ts';

interface BriefingAsked extends Asked {
  /** Texts by the policy's parts; those left out stay as they are. */
  parts: Readonly<Record<string, string>>;
}

const EMPTY: Briefing = { parts: {}, completed: null, read: null };

/** The parts of the policy that say nothing yet, or a placeholder, by `parts.<part>`. */
export function briefingGaps(
  policy: Pick<CompiledPolicy, 'briefing' | 'mqlGate'>,
  parts: Readonly<Record<string, string>>,
): Refused['missing'] {
  return policy.briefing.parts
    .filter((part) => !says(policy, parts[part]))
    .map((part) => ({
      path: `parts.${part}`,
      message: `${part.replaceAll('_', ' ')} is empty or a placeholder`,
    }));
}

/**
 * Takes in parts of the briefing; partial writes add up. When none is missing any more the briefing is complete, and an
 * AE is needed. A complete one may be corrected, never emptied. What is missing still is told by {@link briefingGaps}.
 */
export function completeBriefing(world: World, lead: Lead, { by, parts }: BriefingAsked): Outcome {
  if (!isAllowed(lead, 'complete_briefing')) return notAllowed(lead, 'complete_briefing');
  const unknown = Object.keys(parts).filter((part) => !world.policy.briefing.parts.includes(part));
  if (unknown.length > 0) return unknownParts(world, lead, unknown);
  const before = lead.life.briefing ?? EMPTY;
  const merged = { ...before.parts, ...trimmed(parts) };
  const gaps = briefingGaps(world.policy, merged);
  if (before.completed !== null && gaps.length > 0) {
    const detail =
      'The briefing is complete, and an AE may have read it: a part can be corrected, not taken away.';
    return refusedFor(lead, { refused: 'briefing-incomplete', detail, missing: gaps });
  }
  const changed = Object.keys(merged).filter((part) => merged[part] !== before.parts[part]);
  const isCompletedNow = before.completed === null && gaps.length === 0;
  if (changed.length === 0 && !isCompletedNow) return { lead, effects: [] };
  const completed = isCompletedNow ? { at: iso(world.now), by } : before.completed;
  const written = withLife(lead, { briefing: { ...before, parts: merged, completed } });
  const told: Decision = { lead: written, effects: writtenFacts(world, written, by, changed, gaps.length) };
  return isCompletedNow ? and(told, complete(world, written, by)) : told;
}

function writtenFacts(
  { now }: World,
  lead: Lead,
  by: string,
  changed: readonly string[],
  gaps: number,
): Decision['effects'] {
  if (changed.length === 0) return [];
  const rest = gaps === 0 ? 'nothing is missing' : `${gaps} ${gaps === 1 ? 'part is' : 'parts are'} missing`;
  const why = `Written: ${changed.join(', ')}; ${rest}.`;
  return [entry(now, 'briefing_written', why, { key: String(lead.version) }, `person:${by}`)];
}

function complete(world: World, lead: Lead, by: string): Decision {
  const key = String(handoffsOf(lead).length + 1);
  const told: Decision = {
    lead,
    effects: [
      entry(
        world.now,
        'briefing_completed',
        'No part is missing: an AE can be notified.',
        { key },
        `person:${by}`,
      ),
      event(lead, 'BriefingCompleted', world.now, { key }, { by }),
    ],
  };
  return and(told, happen(world, lead, ['briefing_completed']));
}

function unknownParts({ policy }: World, lead: Lead, unknown: readonly string[]): Refused {
  const known = policy.briefing.parts.join(', ');
  return refusedFor(lead, {
    refused: 'unknown-part',
    detail: `The briefing has the parts ${known}.`,
    missing: unknown.map((part) => ({ path: `parts.${part}`, message: `no such part; allowed: ${known}` })),
  });
}

function trimmed(parts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parts).map(([part, text]) => [part, text.trim()]));
}
