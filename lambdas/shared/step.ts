/** One step of an execution: look at the lead as it is, decide, save under its version, perform; and again if it moved. */
import { z } from 'zod';
import { RUNGS } from '../../core/policy/schema/commitments.ts';
import type { Effect, RunState, TicketState, WorkflowState } from '../../core/model/effects.ts';
import type { Lead } from '../../core/model/lead.ts';
import type { Ticket } from '../../core/model/ticket.ts';
import type { Roster } from '../../core/model/person.ts';
import type { Step } from '../../core/ladder/step.ts';
import { climb, wantsNewOwner } from '../../core/ladder/climb.ts';
import { climbTicket } from '../../core/support/ladder.ts';
import type { World } from '../../core/ladder/tell.ts';
import type { RungName } from '../../core/policy/schema/commitments.ts';
import { drawSuccessor } from './draw.ts';
import { LeadNotFound } from './errors.ts';
import { withPatience } from './patience.ts';
import { saveAndPerform, saveTicketAndPerform } from './perform.ts';
import type { Services } from './services.ts';
import { services as current } from './services.ts';

const ATTEMPTS = 12;

/** What a state machine hands to a step. Fields that an engine adds of its own are dropped. */
const waitingSchema = z.object({
  clockId: z.string().min(1),
  run: z.int().positive(),
  outcome: z.enum(['climb', 'assigned', 'nobody', 'paused', 'met_in_time', 'met_late', 'handed_over']),
  next: z.object({ rung: z.enum([...RUNGS, 'assign', 'tell', 'look', 'none']), at: z.string() }),
});
const leadStateSchema = waitingSchema.extend({ leadId: z.string().min(1), cycle: z.int().positive() });
const ticketStateSchema = waitingSchema.extend({ ticketId: z.string().min(1) });
export const runStateSchema = z.union([leadStateSchema, ticketStateSchema]);

export type Decide = (
  world: World,
  lead: Lead,
  state: WorkflowState,
  services: Services,
) => Step | Promise<Step>;

/** What the step does with a ticket. Left out: it is of the machine that only leads have. */
export type DecideTicket = (world: World, ticket: Ticket, state: TicketState) => Step<Ticket>;

/** The handler of a workflow step. Its errors keep their names: the state machine retries by them. */
export function workflowHandler(
  decide: Decide,
  decideTicket?: DecideTicket,
): (event: unknown) => Promise<RunState> {
  return async (event) => takeStep(await current(), runStateSchema.parse(event), decide, decideTicket);
}

/** The handler of a rung's step. */
export function rungHandler(rung: RungName): (event: unknown) => Promise<RunState> {
  const decideTicket: DecideTicket = (world, ticket, { clockId, run }) =>
    climbTicket(world, ticket, { clockId, run, rung });
  return workflowHandler(async (world, lead, state, services) => {
    const on = { clockId: state.clockId, run: state.run, rung };
    const exclude = lead.owner === null ? [] : [lead.owner.personId];
    const draw = wantsNewOwner(world, lead, on.clockId, on.run, rung)
      ? await drawSuccessor(services, world, lead, exclude)
      : null;
    return climb(world, lead, on, draw);
  }, decideTicket);
}

/**
 * @throws LeadNotFound if there is no such lead or ticket
 * @throws VersionConflict if others kept writing in between
 */
export async function takeStep(
  all: Services,
  state: RunState,
  decide: Decide,
  decideTicket?: DecideTicket,
): Promise<RunState> {
  try {
    if (!('ticketId' in state)) return await tryStep(all, state, decide);
    if (decideTicket === undefined) throw new TypeError('this step is of leads alone');
    return await tryTicketStep(all, state, decideTicket);
  } finally {
    all.metrics.flush();
  }
}

function tryTicketStep(all: Services, state: TicketState, decide: DecideTicket): Promise<RunState> {
  return withPatience(ATTEMPTS, async () => {
    const services = readingRosterOnce(all);
    const ticket = await services.tickets.get(state.ticketId);
    if (ticket === undefined) throw new LeadNotFound(`there is no ticket ${state.ticketId}`);
    const step = decide(await worldOf(services), ticket, state);
    const changed = JSON.stringify(step.lead) !== JSON.stringify(ticket);
    if (step.effects.length > 0 || changed) await saveTicketAndPerform(services, step.lead, step.effects);
    return step.state;
  });
}

function tryStep(all: Services, state: WorkflowState, decide: Decide): Promise<RunState> {
  return withPatience(ATTEMPTS, async () => {
    const services = readingRosterOnce(all);
    const lead = await services.leads.get(state.leadId);
    if (lead === undefined) throw new LeadNotFound(`there is no lead ${state.leadId}`);
    // Another cycle has begun, or the personal data was removed: nothing is left to this execution.
    if (lead.cycle !== state.cycle || lead.erasedAt !== null)
      return { ...state, outcome: 'handed_over', next: { rung: 'none', at: state.next.at } };
    const world = await worldOf(services);
    const found = inherit(lead, state);
    const step = await decide(world, found.lead, state, services);
    const inherited = found.owed;
    const changed = JSON.stringify(step.lead) !== JSON.stringify(lead);
    if (step.effects.length > 0 || inherited.length > 0 || changed) {
      await saveAndPerform(services, step.lead, step.effects, inherited);
    }
    return step.state;
  });
}

/**
 * What the first step of a new lead finds still owed, and the lead without the start of the very execution that takes
 * this step: it has evidently been performed.
 */
function inherit(lead: Lead, state: WorkflowState): { lead: Lead; owed: Effect[] } {
  if (lead.version > 1) return { lead, owed: [] };
  const isOwn = (effect: Effect): boolean =>
    effect.kind === 'start' && effect.input.clockId === state.clockId && effect.input.run === state.run;
  const owed = lead.owed.filter((effect) => !isOwn(effect));
  return { lead: { ...lead, owed }, owed };
}

/** What decisions are made with: the policy, the people as they are now, and the instant. */
export async function worldOf(services: Services): Promise<World> {
  return { policy: services.policy, roster: await services.roster.load(), now: services.clock.now() };
}

/** The services with the roster as it is at its first reading: for one decision and the mails that follow from it. */
export function readingRosterOnce(services: Services): Services {
  let reading: Promise<Roster> | undefined;
  const load = (): Promise<Roster> => (reading ??= services.roster.load());
  return { ...services, roster: { ...services.roster, load } };
}
