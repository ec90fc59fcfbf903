/**
 * What is stored outlives the version that stored it. An item lacks the fields that a later version has added: here is
 * what they are then. A new field of a lead, a ticket, a clock, a person or a pool gets its line here; fields that this version
 * does not know are kept as they are.
 */
import type { Clock, Rung } from './clock.ts';
import type { Lead } from './lead.ts';
import { NEW_LIFE } from './life.ts';
import { NEW_DEAL } from './pipeline.ts';
import type { Person, PoolState } from './person.ts';
import type { Ticket } from './ticket.ts';

const LEAD = {
  ...{ signals: [], contact: {}, company: {}, explanation: [] },
  ...{ segment: null, territory: null, afterHours: null, owner: null, previousOwners: [] },
  ...{ unassignedSince: null, retryAssignAt: null, firstAttemptAt: null, firstContactAt: null },
  ...{ attempts: 0, backDatedActivities: 0, judged: [], clocks: [], held: [], owed: [] },
  ...{ cycleStartedAt: null, gate: null, life: NEW_LIFE, erasedAt: null },
} satisfies Partial<Lead>;

const FLAGS: Lead['flags'] = {
  atRisk: false,
  urgent: false,
  breachReview: false,
  escalated: false,
  backupQueue: false,
};

const CLOCK = {
  ...{ owes: null, targetFrom: '', explanation: '', metAt: null, metBy: null, wakeAt: null },
  ...{ verdicts: [], pauses: [], extensions: [], rungs: [] },
} satisfies Partial<Clock>;

const RUNG = { doneAt: null, outcome: null, reason: null } satisfies Partial<Rung>;

const PERSON = {
  ...{ managerId: null, territories: [], segments: [], verticals: [], partners: [], availability: [] },
  ...{ weight: 1, openLeadCap: null, onCall: false, active: true },
} satisfies Partial<Person>;

/** A lead as it is stored, with what it lacks. */
export function completeLead(stored: Lead): Lead {
  const lead = { ...LEAD, ...stored };
  return {
    ...lead,
    flags: { ...FLAGS, ...stored.flags },
    life: completeLife(stored),
    clocks: lead.clocks.map(completeClock),
  };
}

function completeLife(stored: Pick<Partial<Lead>, 'life'>): Lead['life'] {
  const life = { ...NEW_LIFE, ...stored.life };
  return {
    ...life,
    opportunity: life.opportunity === null ? null : { ...NEW_DEAL, ...life.opportunity },
  };
}

/** A ticket as it is stored, with what it lacks. */
export function completeTicket(stored: Ticket): Ticket {
  return { ...stored, clocks: stored.clocks.map(completeClock) };
}

function completeClock(stored: Clock): Clock {
  const clock = { ...CLOCK, ...stored };
  return { ...clock, rungs: clock.rungs.map((rung) => ({ ...RUNG, ...rung })) };
}

/** A person as they are stored, with what they lack. */
export function completePerson(stored: Person): Person {
  return { ...PERSON, ...stored };
}

/** A pool as it is stored, with what it lacks. */
export function completePool(stored: PoolState): PoolState {
  return { ...{ entries: {}, tickets: {} }, ...stored };
}
