/** Somebody of Marketing or RevOps says that what a rejection asked for is done (policy book §8). */
import type { Lead } from '../../model/lead.ts';
import type { CompiledPolicy } from '../../policy/compiled.ts';
import type { World } from '../../ladder/tell.ts';
import type { Known } from '../gate-state.ts';
import { and } from '../../ladder/facts.ts';
import { lookAtGate } from '../inquiry.ts';
import { isHeldBack, resolveRejection } from '../rejection.ts';
import type { Asked, Outcome } from './command.ts';
import { refusedFor } from './table.ts';

const RESOLVED = 'rejection_resolved';

/** The lead with its rejection resolved; what was held by it passes the gate again. The same again changes nothing. */
export function resolveByHand(world: World, lead: Lead, { by }: Asked, known: Known): Outcome {
  const { rejection } = lead.life;
  if (rejection === null || lead.erasedAt !== null) {
    const detail = 'There is nothing to resolve: nobody has rejected the lead in its present cycle.';
    return refusedFor(lead, { refused: 'nothing-to-resolve', detail, missing: [] });
  }
  if (rejection.resolvedAt !== null) return { lead, effects: [] };
  const role = world.roster.people.find(({ personId }) => personId === by)?.role ?? 'not on the roster';
  const roles = rolesOf(world.policy);
  if (!roles.includes(role)) {
    const detail = `Only ${[...new Set(roles)].join(', ')} resolve a rejection; ${by} is ${role}.`;
    const gap = { path: 'by', message: detail };
    return refusedFor(lead, { refused: 'not-marketing', detail, missing: [gap] });
  }
  const resolved = resolveRejection(world, lead, by);
  return isHeldBack(lead) ? and(resolved, lookAtGate(world, resolved.lead, known)) : resolved;
}

/** Who has the tasks of the codes, who owes that they are done, and to whom it is escalated when they are not. */
function rolesOf({ rejections, commitments }: CompiledPolicy): string[] {
  const rows = commitments.filter(({ stop }) => stop.includes(RESOLVED));
  const told = rows.flatMap(({ rungs }) => rungs.flatMap(({ tell }) => tell));
  return [
    ...rejections.map(({ task }) => task.owner),
    ...rows.map(({ owes }) => owes),
    ...told.flatMap((recipient) => (recipient.startsWith('role:') ? [recipient.slice('role:'.length)] : [])),
  ];
}
