/** Carrying out a command of a lead's life: decide, save, perform; or say why not and what would be right. */
import type { Outcome, Refused } from '../../core/lifecycle/commands/command.ts';
import { isRefused } from '../../core/lifecycle/commands/command.ts';
import { and } from '../../core/ladder/facts.ts';
import type { Decision } from '../../core/ladder/facts.ts';
import { endDuePauses } from '../../core/ladder/pause.ts';
import type { World } from '../../core/ladder/tell.ts';
import type { Lead } from '../../core/model/lead.ts';
import { changeLead } from './change-lead.ts';
import { Problem } from './errors.ts';
import { mustBeOnRoster } from './on-roster.ts';
import type { Services } from './services.ts';

/**
 * @param by who asks for it
 * @param command decides on the lead as it is
 * @throws Problem 409 if the lead's status does not allow it, 422 if something is missing or wrong
 */
export function carryOut(
  services: Services,
  leadId: string,
  by: string,
  command: (world: World, lead: Lead, services: Services) => Outcome | Promise<Outcome>,
): Promise<Lead> {
  return changeLead(services, leadId, async (world, before, current) => {
    mustBeOnRoster(world.roster, by);
    const ended = endDuePauses(world.policy, before, world.now);
    return afterwards(before, ended, await command(world, ended.lead, current));
  });
}

/**
 * What a command comes to that is decided together with something else, by whom it is asked for.
 * @throws Problem as {@link carryOut}
 */
export function decided(world: World, before: Lead, by: string, command: (lead: Lead) => Outcome): Decision {
  mustBeOnRoster(world.roster, by);
  const ended = endDuePauses(world.policy, before, world.now);
  return afterwards(before, ended, command(ended.lead));
}

function afterwards(before: Lead, ended: Decision, outcome: Outcome): Decision {
  if (isRefused(outcome)) throw problemOf(outcome);
  // Nothing has changed: a repetition.
  return outcome.lead === ended.lead && outcome.effects.length === 0
    ? { lead: before, effects: [] }
    : and(ended, outcome);
}

const NOT_NOW = [
  ...['not-allowed', 'no-ae', 'not-the-ae'],
  ...['nothing-to-decide', 'nothing-to-resolve', 'opportunity-closed'],
];

function problemOf({ refused, detail, missing, allowed }: Refused): Problem {
  const status = NOT_NOW.includes(refused) ? 409 : 422;
  const title = status === 409 ? 'The lead does not allow it now' : 'Something is missing or wrong';
  const errors = missing.map(({ path, message }) => ({ path, message }));
  return new Problem(status, refused, title, detail, { allowed, ...(errors.length > 0 && { errors }) });
}
