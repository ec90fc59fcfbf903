/** Drawing an AE for an SQL: the pure choice over a pool state that is written under a condition on its version (§11). */
import { aePoolOf, aeTicket, chooseAe } from '../../core/lifecycle/choose-ae.ts';
import type { AeDraw } from '../../core/lifecycle/choose-ae.ts';
import { handOver, needsAe, openHandoff } from '../../core/lifecycle/handoff.ts';
import type { Decision } from '../../core/ladder/facts.ts';
import { and } from '../../core/ladder/facts.ts';
import type { World } from '../../core/ladder/tell.ts';
import type { Lead } from '../../core/model/lead.ts';
import { handoffsOf } from '../../core/model/life.ts';
import { credit } from '../../core/routing/index.ts';
import { countingConflicts } from './measure.ts';
import { inLine, withPatience } from './patience.ts';
import type { Services } from './services.ts';

/** Drawing is contended: many SQLs may want an AE at the same moment. */
const ATTEMPTS = 60;

/** Hands the lead over if it waits for an AE and there is one; the reconciler asks again for one that waits on. */
export async function withAe(services: Services, world: World, decision: Decision): Promise<Decision> {
  if (!needsAe(decision.lead)) return decision;
  const draw = await drawAe(services, world, decision.lead);
  return draw === null ? decision : and(decision, handOver(world, decision.lead, draw));
}

/** Owes the turn back to an AE who gives an SQL back as somebody else's fault (policy book §2), once per handoff. */
export async function creditAe(services: Services, world: World, lead: Lead, reason: string): Promise<void> {
  const open = openHandoff(lead);
  if (open?.ae.via !== 'round_robin') return;
  const { policy, now } = world;
  const pool = aePoolOf(policy, lead);
  const ticket = aeTicket(lead, open.n);
  const creditOnce = async (): Promise<void> => {
    const state = await services.pools.get(pool.id);
    const credited = credit({ policy, state, personId: open.ae.personId, reason, ticket, now });
    if (credited.version !== state.version) await services.pools.save(credited);
  };
  await inLine(pool.id, () => withPatience(ATTEMPTS, creditOnce));
}

async function drawAe(services: Services, world: World, lead: Lead): Promise<AeDraw | null> {
  const pool = aePoolOf(world.policy, lead);
  const ticket = aeTicket(lead, handoffsOf(lead).length + 1);
  const drawOnce = async (): Promise<AeDraw | null> => {
    const state = await services.pools.get(pool.id);
    const choice = chooseAe(world, lead, state, ticket);
    if (choice.kind === 'nobody') return null;
    if (choice.state.version !== state.version) {
      await countingConflicts(services.metrics, () => services.pools.save(choice.state));
    }
    return choice.draw;
  };
  return inLine(pool.id, () => withPatience(ATTEMPTS, drawOnce));
}
