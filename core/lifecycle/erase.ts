/** Removing a person's data (docs/runbook/erase-a-person.md): what names them goes, what is counted stays. */
import type { Clock } from '../model/clock.ts';
import type { Effect } from '../model/effects.ts';
import type { GateState } from '../model/gate.ts';
import type { Company, Contact, Lead, LeadStatus, Owner } from '../model/lead.ts';
import type { Iso } from '../time.ts';
import { iso } from '../time.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry, event } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import { cancelClocks } from './cancel.ts';
import { withoutCrm } from './crm-fields.ts';
import { untypedLife } from './erase-life.ts';
import { REMOVED, withoutTyped } from './typed.ts';

/** Statuses in which somebody has to do something about a lead. */
const SOMEBODYS_WORK: readonly LeadStatus[] = ['held', 'unassigned', 'assigned', 'contacted', 'sal', 'sql'];

/**
 * The lead without anything that tells who the prospect is, and without anything left to be done about it: open clocks
 * are cancelled, messages that wait are dropped. Owners, attempts, clocks and verdicts stay, as figures are made of
 * them. An erased lead is returned as it is.
 */
export function eraseLead(world: Pick<World, 'now'>, lead: Lead): Decision {
  if (lead.erasedAt !== null) return { lead, effects: [] };
  const why = 'The personal data was removed: nobody has to do anything about the lead any more.';
  const cancelled = cancelClocks(world, withoutPerson(lead, iso(world.now)), () => true, why);
  const told = 'On request: contact, company, signals and what somebody had typed. The figures stay.';
  return and(cancelled, {
    lead: cancelled.lead,
    effects: [
      entry(world.now, 'personal_data_erased', told, {}, 'api'),
      event(cancelled.lead, 'PersonalDataErased', world.now),
      { kind: 'forget', id: 'forget' },
    ],
  });
}

function withoutPerson(lead: Lead, now: Iso): Lead {
  return {
    ...lead,
    // Without the id of the record no event can be written back to a record of somebody.
    crm: { system: lead.crm.system, recordId: '' },
    contact: whereabouts(lead.contact),
    company: size(lead.company),
    signals: [],
    status: SOMEBODYS_WORK.includes(lead.status) ? 'disqualified' : lead.status,
    owner: lead.owner === null ? null : unsaid(lead.owner),
    previousOwners: lead.previousOwners.map(unsaid),
    unassignedSince: null,
    retryAssignAt: null,
    flags: { ...lead.flags, atRisk: false, urgent: false, escalated: false, backupQueue: false },
    clocks: lead.clocks.map(withoutNotes),
    held: [],
    gate: lead.gate === null ? null : unreviewed(lead.gate),
    life: untypedLife(lead.life, now),
    owed: stillOwed(lead.owed),
    erasedAt: now,
  };
}

/** What territories and time zones are made of. */
function whereabouts({ country, region, timeZone }: Contact): Contact {
  return {
    ...(country !== undefined && { country }),
    ...(region !== undefined && { region }),
    ...(timeZone !== undefined && { timeZone }),
  };
}

/** What segments are made of. */
function size({ employees, annualRevenueUsd, industry }: Company): Company {
  return {
    ...(employees !== undefined && { employees }),
    ...(annualRevenueUsd !== undefined && { annualRevenueUsd }),
    ...(industry !== undefined && { industry }),
  };
}

/** An owner to whom somebody has moved the lead got it for a reason that was typed. */
function unsaid(owner: Owner): Owner {
  const { moved } = owner;
  if (moved !== undefined) return { ...owner, reason: REMOVED, moved: { ...moved, reason: REMOVED } };
  return owner.via === 'by_hand' ? { ...owner, reason: REMOVED } : owner;
}

function withoutNotes(clock: Clock): Clock {
  return {
    ...clock,
    pauses: clock.pauses.map((pause) => (pause.note === undefined ? pause : { ...pause, note: REMOVED })),
    extensions: clock.extensions.map((extension) => ({ ...extension, reason: REMOVED })),
  };
}

/** An offer that nobody has answered is over. */
function unreviewed(gate: GateState): GateState {
  const { review } = gate;
  if (review === null) return gate;
  const state = review.state === 'offered' ? ('lapsed' as const) : review.state;
  return { ...gate, review: { ...review, state, reason: review.reason === null ? null : REMOVED } };
}

/** Facts of earlier changes are still told, without the record's id; nobody is written to, and nothing is started. */
function stillOwed(owed: readonly Effect[]): Effect[] {
  return withoutCrm(owed).flatMap((effect): Effect[] => {
    switch (effect.kind) {
      case 'notice':
      case 'start':
      case 'suppress':
        // Whoever is to be suppressed was, before the address went (lambdas/shared/suppress.ts).
        return [];
      case 'timeline':
        return [{ ...effect, entry: withoutTyped(effect.entry) }];
      case 'event': {
        const fields = Object.entries(effect.data).filter(([field]) => field !== 'crmRecordId');
        return [{ ...effect, data: Object.fromEntries(fields) }];
      }
      case 'record':
      case 'forget':
        return [effect];
    }
  });
}
