/** A lead leaves Sales: the facts of it meet their clocks, all that Sales still owed is over. */
import type { Lead } from '../../model/lead.ts';
import type { Decision } from '../../ladder/facts.ts';
import { and } from '../../ladder/facts.ts';
import type { World } from '../../ladder/tell.ts';
import { closeLead } from '../close.ts';
import { happen } from '../happen.ts';

/**
 * The facts happen, and nobody in Sales has to work on the lead in this cycle any more. Clocks that one of the facts
 * starts, like that of Marketing's task, are opened after those of Sales are closed.
 * @param facts words of the policy's rows
 */
export function leave(world: World, lead: Lead, facts: readonly string[], why: string): Decision {
  const happened = happen(world, lead, facts);
  return and(happened, closeLead(world, happened.lead, why));
}
