/** An SDR accepts an MQL: from here on the lead is worked, and the time for qualifying it runs (policy book §8). */
import { iso } from '../../time.ts';
import type { Lead } from '../../model/lead.ts';
import { and, entry, event } from '../../ladder/facts.ts';
import type { World } from '../../ladder/tell.ts';
import { happen } from '../happen.ts';
import type { Asked, Outcome, Refused } from './command.ts';
import { withLife } from './command.ts';
import { isAllowed, notAllowed, refusedFor } from './table.ts';

/** The lead as SAL. Accepting again what one has accepted in this cycle changes nothing. */
export function accept(world: World, lead: Lead, { by }: Asked): Outcome {
  if (lead.erasedAt === null && lead.life.accepted?.by === by) return { lead, effects: [] };
  if (!isAllowed(lead, 'accept')) return notAllowed(lead, 'accept');
  if (lead.owner === null) return unowned(lead);
  const accepted = withLife({ ...lead, status: 'sal' }, { accepted: { at: iso(world.now), by } });
  const key = String(lead.cycle);
  const why = `Accepted after ${lead.attempts} ${lead.attempts === 1 ? 'attempt' : 'attempts'}.`;
  const told = {
    lead: accepted,
    effects: [
      entry(world.now, 'lead_accepted', why, { key }, `person:${by}`),
      event(accepted, 'LeadAccepted', world.now, {}, { by }),
    ],
  };
  return and(told, happen(world, accepted, ['lead_reviewed', 'lead_accepted']));
}

/** Somebody may have talked to the prospect before anybody was available: a SAL is its owner's to work on. */
function unowned(lead: Lead): Refused {
  const detail = 'Nobody owns the lead yet: it is accepted when it has been assigned, or moved to somebody.';
  const missing = [{ path: 'owner', message: 'nobody owns the lead' }];
  return refusedFor(lead, { refused: 'no-owner', detail, missing });
}
