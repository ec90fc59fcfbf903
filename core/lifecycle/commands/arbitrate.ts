/** RevOps decides whose an SQL is that an AE has given back for a conflict of territories (policy book §11). */
import type { Lead } from '../../model/lead.ts';
import type { Person } from '../../model/person.ts';
import type { World } from '../../ladder/tell.ts';
import { namedOwner } from '../../ladder/move.ts';
import { aePoolOf } from '../choose-ae.ts';
import { awaitsArbitration, giveTo, openHandoff } from '../handoff.ts';
import type { Asked, Outcome, Refused } from './command.ts';
import { isAllowed, notAllowed, refusedFor } from './table.ts';

interface ArbitrationAsked extends Asked {
  /** The AE whose it is. */
  personId: string;
  reason: string;
}

/** Hands the SQL over to a named AE. The same decision again changes nothing. */
export function arbitrate(world: World, lead: Lead, { by, personId, reason }: ArbitrationAsked): Outcome {
  const given = openHandoff(lead)?.ae;
  const { moved } = given ?? {};
  if (given?.personId === personId && moved?.by === by && moved.reason === reason) {
    return { lead, effects: [] };
  }
  if (!isAllowed(lead, 'arbitrate')) return notAllowed(lead, 'arbitrate');
  if (!awaitsArbitration(lead)) {
    const detail = 'There is nothing to decide: no AE has given the SQL back for a conflict of territories.';
    return refusedFor(lead, { refused: 'nothing-to-decide', detail, missing: [] });
  }
  const refused = notTheArbiter(world, lead, by);
  if (refused !== null) return refused;
  const ae = aeOf(world, lead, personId);
  if (ae === null) {
    const detail = `${personId} is no active AE: name somebody who can accept the SQL.`;
    const gap = { path: 'personId', message: 'must be the id of an active AE' };
    return refusedFor(lead, { refused: 'not-an-ae', detail, missing: [gap] });
  }
  return giveTo(world, lead, namedOwner(world, ae, { by, reason }, 0));
}

/** Only the role that the policy names for this code decides. */
function notTheArbiter({ policy, roster }: World, lead: Lead, by: string): Refused | null {
  const code = lead.life.handoff?.rejected?.code;
  const arbiter = policy.aeRejections.find((row) => row.code === code)?.reviewedBy ?? 'revops';
  const role = roster.people.find((person) => person.personId === by && person.active)?.role;
  if (role === arbiter) return null;
  const detail = `Only ${arbiter} decides whose the SQL is; ${by} is ${role ?? 'not on the roster'}.`;
  return refusedFor(lead, { refused: 'not-the-arbiter', detail, missing: [{ path: 'by', message: detail }] });
}

function aeOf({ policy, roster }: World, lead: Lead, personId: string): Person | null {
  const { roles } = aePoolOf(policy, lead).members;
  const found = roster.people.find((person) => person.personId === personId && person.active);
  return found !== undefined && roles.includes(found.role) ? found : null;
}
