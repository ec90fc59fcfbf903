/** The opportunity or the meeting that a path names, read or changed: both live in the item of their lead. */
import type { Outcome } from '../../core/lifecycle/commands/command.ts';
import type { World } from '../../core/ladder/tell.ts';
import type { Lead } from '../../core/model/lead.ts';
import type { Opportunity } from '../../core/model/life.ts';
import type { Meeting } from '../../core/model/pipeline.ts';
import { leadOfMeeting, leadOfOpportunity } from '../../core/pipeline/ids.ts';
import { carryOut } from './command.ts';
import { Problem } from './errors.ts';
import type { Services } from './services.ts';

/** Something that belongs to a lead and has an id of its own. */
interface Part<T> {
  /** What it is called, and where its id is to be found. */
  name: string;
  found: string;
  leadOf: (id: string) => string | null;
  /** In the lead's present cycle. */
  of: (lead: Lead, id: string) => T | undefined;
}

export const OPPORTUNITY: Part<Opportunity> = {
  name: 'opportunity',
  found: 'opportunityId is in the lead, under life.opportunity',
  leadOf: leadOfOpportunity,
  of: ({ life: { opportunity } }, id) => (opportunity?.opportunityId === id ? opportunity : undefined),
};

export const MEETING: Part<Meeting> = {
  name: 'meeting',
  found: 'meetingId is in the answer of POST /meetings, and in the lead, under life.meetings',
  leadOf: leadOfMeeting,
  of: ({ life: { meetings } }, id) => meetings.find(({ meetingId }) => meetingId === id),
};

export interface Found<T> {
  lead: Lead;
  part: T;
}

/** @throws Problem 404 if there is no such part in the lead's present cycle */
export async function readPart<T>(services: Services, kind: Part<T>, id: string): Promise<Found<T>> {
  const leadId = kind.leadOf(id);
  const lead = leadId === null ? undefined : await services.leads.get(leadId);
  if (lead === undefined) throw none(kind, id);
  return found(kind, lead, id);
}

/** @throws Problem as {@link readPart} and {@link carryOut} */
export async function changePart<T>(
  services: Services,
  kind: Part<T>,
  id: string,
  by: string,
  decide: (world: World, lead: Lead) => Outcome,
): Promise<Found<T>> {
  const { leadId } = (await readPart(services, kind, id)).lead;
  const lead = await carryOut(services, leadId, by, (world, before) => {
    found(kind, before, id);
    return decide(world, before);
  });
  return found(kind, lead, id);
}

function found<T>(kind: Part<T>, lead: Lead, id: string): Found<T> {
  const part = kind.of(lead, id);
  if (part === undefined) throw none(kind, id);
  return { lead, part };
}

function none<T>({ name, found: where }: Part<T>, id: string): Problem {
  return new Problem(404, 'not-found', `No such ${name}`, `There is no ${name} ${id}; ${where}.`);
}
