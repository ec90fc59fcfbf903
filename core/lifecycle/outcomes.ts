/** What becomes of a lead that the gate does not let pass (policy book §6, §7, §13). */
import type { GateState, Review } from '../model/gate.ts';
import type { Lead, LeadStatus } from '../model/lead.ts';
import { isInTheWay } from '../qualification/gate/verdict.ts';
import { qualify } from '../qualification/index.ts';
import { iso } from '../time.ts';
import type { Recipient } from '../policy/schema/basics.ts';
import { CHECK_IN } from '../ladder/appointed.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry, event, task } from '../ladder/facts.ts';
import { peopleFor, tellPeople } from '../ladder/tell.ts';
import type { World } from '../ladder/tell.ts';
import type { Clock } from '../model/clock.ts';
import type { NoticeKind } from '../model/effects.ts';
import { cancelClocks } from './cancel.ts';
import { openClocks } from './clocks.ts';
import { wasMql } from './cycle.ts';
import { gateFacts } from './gate-state.ts';
import { startNow } from './start-now.ts';

/** The event that opens Marketing's clock for what is missing. */
const HELD = 'lead_held';

/** Criteria that speak for the account team: it is no lead of Sales' at all. */
const THE_ACCOUNT_TEAMS = ['not_customer', 'no_open_opportunity'];

/**
 * Holds a lead for Marketing: it is told what is missing and its own clock runs; that of Sales does not.
 * @param because what the history says; left out: the fields that the gate finds missing
 */
export function hold(world: World, lead: Lead, because?: string): Decision {
  const { gate } = lead;
  if (gate === null || lead.status === 'held') return { lead, effects: [] };
  const now = iso(world.now);
  const held: Lead = { ...lead, status: 'held', gate: { ...gate, heldAt: now, completedAt: null } };
  const strictest = { ...qualify(world.policy, held, world.now), startedAt: now };
  const opened = openClocks(world, held, HELD, strictest);
  const clock = opened.lead.clocks.slice(held.clocks.length)[0] ?? null;
  const told = tell(world, opened.lead, 'role:marketing_ops', 'held', clock, `held-${lead.version}`);
  const fields = gate.failing.map(({ field, criterion }) => field ?? criterion);
  const half = `Marketing's half is undone: ${[...new Set(fields)].join(', ')}. The clock of Sales does not start before.`;
  const why = because ?? half;
  const facts: Decision = {
    lead: told.lead,
    effects: [
      entry(world.now, 'lead_held', why, { key: String(lead.version) }),
      event(held, 'LeadHeld', world.now, { key: String(lead.version) }, gateFacts(gate)),
      ...opened.effects,
      ...told.effects,
    ],
  };
  return startNow(world, facts);
}

/** Offers an inquiry of the review band to somebody, once each time that it enters the band. Nothing happens by itself. */
export function offer(world: World, before: Lead): Decision {
  const released = letGo(world, { ...before, status: inNurture(before) }, 'It is offered for review now.');
  const { lead } = released;
  const { gate } = lead;
  if (gate === null || gate.review?.state === 'offered' || wasLeft(gate)) return released;
  const review: Review = {
    n: (gate.review?.n ?? 0) + 1,
    state: 'offered',
    offeredAt: iso(world.now),
    decidedAt: null,
    by: null,
    reason: null,
  };
  const offered: Lead = { ...lead, gate: { ...gate, review } };
  const key = String(review.n);
  const { offeredTo } = world.policy.scoring.review;
  const told = tell(world, offered, offeredTo, 'review_offer', null, `review-${key}`);
  const people = peopleFor(world, offered, offeredTo, null).people.map(({ personId }) => personId);
  return and(released, {
    lead: told.lead,
    effects: [
      entry(world.now, 'review_offered', gate.explanation.join(' '), { key }),
      event(offered, 'ReviewOffered', world.now, { key }, { ...gateFacts(gate), n: review.n }),
      task(
        world.now,
        `review-${key}`,
        `Accept lead ${lead.leadId} as an MQL, or leave it`,
        people[0] ?? null,
      ),
      ...told.effects,
    ],
  });
}

/** Somebody has left it where it is, and the score has not left the band since. */
function wasLeft({ review }: GateState): boolean {
  return review?.state === 'left';
}

/** An offer that nobody has answered is over when the score leaves the band; so is the answer that it had. */
export function lapse(world: World, lead: Lead): Decision {
  const { gate } = lead;
  const review = gate?.review;
  if (gate == null || review == null || (review.state !== 'offered' && review.state !== 'left')) {
    return { lead, effects: [] };
  }
  const lapsed: Lead = { ...lead, gate: { ...gate, review: { ...review, state: 'lapsed' } } };
  const why = `The score is ${gate.score.total} now; there is nothing to decide any more.`;
  const key = `${review.n}/${lead.version}`;
  return { lead: lapsed, effects: [entry(world.now, 'review_lapsed', why, { key })] };
}

/** To Marketing's nurture, with the track and the reasons. */
export function nurture(world: World, before: Lead, gateBefore: GateState | null): Decision {
  const released = letGo(world, { ...before, status: inNurture(before) }, 'Fit or intent is missing now.');
  const { lead } = released;
  const { gate } = lead;
  const isNews = gate !== null && (gateBefore?.verdict !== 'nurture' || gateBefore.track !== gate.track);
  if (!isNews) return released;
  const key = String(lead.version);
  return and(released, {
    lead,
    effects: [
      entry(world.now, 'lead_nurtured', gate.explanation.join(' '), { key }),
      event(lead, 'LeadNurtured', world.now, { key }, { ...gateFacts(gate), track: gate.track }),
    ],
  });
}

const DISQUALIFIED = { what: 'lead_disqualified', detailType: 'LeadDisqualified' } as const;
const SUPPRESSED = { what: 'lead_suppressed', detailType: 'LeadSuppressed' } as const;

/** A disqualifier holds. Who is only suppressed waits for the return; customers go to the account team. */
export function refuse(world: World, before: Lead, gateBefore: GateState | null): Decision {
  const failing = before.gate?.failing ?? [];
  const inTheWay = failing.filter(isInTheWay);
  const status = inTheWay.every(({ criterion }) => criterion === 'not_suppressed')
    ? 'recycled'
    : 'disqualified';
  const released = letGo(world, { ...before, status }, 'A disqualifier holds.', status === 'disqualified');
  const { lead } = released;
  if (lead.gate === null || (gateBefore?.verdict === 'refused' && sameReasons(gateBefore, lead.gate))) {
    return released;
  }
  const key = String(lead.version);
  const fact = status === 'recycled' ? SUPPRESSED : DISQUALIFIED;
  const refused = and(released, {
    lead,
    effects: [
      entry(world.now, fact.what, lead.gate.explanation.join(' '), { key }),
      event(lead, fact.detailType, world.now, { key }, gateFacts(lead.gate)),
    ],
  });
  const isTheirs = failing.some(({ criterion }) => THE_ACCOUNT_TEAMS.includes(criterion));
  if (!isTheirs) return refused;
  const why = 'A customer or an open opportunity: the account team has it.';
  const to = peopleFor(world, lead, 'role:revops', null).people[0]?.personId ?? null;
  const title = `Hand lead ${lead.leadId} over to the account team`;
  const sent = and(refused, toAccountTeam(world, lead, key, why));
  return { ...sent, effects: [...sent.effects, task(world.now, `account-team-${key}`, title, to)] };
}

function sameReasons(a: GateState, b: GateState): boolean {
  const names = ({ failing }: GateState) =>
    failing
      .filter(isInTheWay)
      .map(({ criterion }) => criterion)
      .join();
  return names(a) === names(b);
}

/** Existing customers and open opportunities are not a matter of recycling: the account team has them (policy book §13). */
export function toAccountTeam(world: World, lead: Lead, key: string, why: string): Decision {
  const told = tell(world, lead, 'role:revops', 'account_team', null, `account-team-${key}`);
  return {
    lead: told.lead,
    effects: [
      entry(world.now, 'sent_to_account_team', why, { key }),
      event(lead, 'SentToAccountTeam', world.now, { key }),
      ...told.effects,
    ],
  };
}

/** Who has been an MQL keeps the disposition with which that ended. */
function inNurture(lead: Lead): LeadStatus {
  return wasMql(lead) && lead.status !== 'held' ? lead.status : 'nurture';
}

/**
 * A lead that is held no longer: Marketing's clock is not due any more.
 * @param forGood nobody looks in on it again either
 */
function letGo(world: World, lead: Lead, why: string, forGood = false): Decision {
  const over = forGood ? [HELD, CHECK_IN] : [HELD];
  const isOver = (clock: Clock): boolean =>
    world.policy.commitments.some((row) => row.id === clock.commitment && over.includes(row.start));
  return cancelClocks(world, lead, isOver, why);
}

/** The lead with what its recipients are told, or are told in their hours. */
export function tell(
  world: World,
  lead: Lead,
  recipient: Recipient,
  kind: NoticeKind,
  clock: Clock | null,
  key: string,
): Decision {
  const { people } = peopleFor(world, lead, recipient, null);
  const told = tellPeople(world, people, kind, { clock, key }, 'wait', lead.held);
  return { lead: { ...lead, held: [...lead.held, ...told.held] }, effects: told.effects };
}
