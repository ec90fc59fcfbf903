/** A verdict that is turned by what is known only now: it was met in time (policy book §5). */
import type { Clock } from '../model/clock.ts';
import type { Effect } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import type { Iso } from '../time.ts';
import { storedMs } from '../time.ts';
import { entry, event, record } from '../ladder/facts.ts';
import { RESPONSE } from '../ladder/next.ts';
import { goesWithLead } from '../ladder/owes.ts';
import type { World } from '../ladder/tell.ts';

/** Whether a clock that was missed is met in time after all. */
export function isTurned({ verdicts }: Clock, met: Clock): boolean {
  return met.status === 'met' && verdicts.at(-1)?.verdict === 'missed';
}

/** The breach that had been logged no longer counts. */
export function overturn(world: World, lead: Lead, clock: Clock, key: string, why: string): Effect[] {
  const breach = clock.rungs.find((rung) => rung.rung === 'breach' && rung.outcome === 'done');
  const facts: Effect[] = [
    entry(world.now, 'verdict_turned', why, { clock, key }),
    event(lead, 'SlaVerdictTurned', world.now, { clock, key }, { verdict: clock.status, metAt: clock.metAt }),
  ];
  if (breach?.doneAt == null) return facts;
  const title = `Missed ${clock.commitment} of lead ${lead.leadId}: overturned`;
  const personId = whoWasNamed(world, lead, clock, breach.doneAt);
  const text = { title, assignee: null, personId, state: 'overturned' as const };
  return [...facts, record(storedMs(breach.doneAt), 'breach', { clock, rung: 'breach' }, text)];
}

/** The person whom the breach had named: who had the lead then, if they had had it from before its first rung on. */
function whoWasNamed({ policy }: World, lead: Lead, clock: Clock, breachedAt: Iso): string | null {
  if (clock.commitment !== RESPONSE && !goesWithLead(policy, clock)) return clock.owes;
  const owners = lead.owner === null ? lead.previousOwners : [...lead.previousOwners, lead.owner];
  const holder = owners.findLast((owner) => owner.assignedAt < breachedAt);
  const first = clock.rungs[0];
  return holder === undefined || first === undefined || holder.assignedAt > first.at ? null : holder.personId;
}
