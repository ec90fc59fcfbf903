/** Somebody tells what has come to pass with a lead (policy book §5: what is typed in afterwards turns no verdict). */
import { wallMs } from '../calendar/index.ts';
import type { Lead } from '../model/lead.ts';
import type { ToldFact } from '../model/life.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry, event } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import { isActivity, workedOn } from '../pipeline/activity.ts';
import type { EpochMs } from '../time.ts';
import { iso, storedMs } from '../time.ts';
import type { Asked, Outcome, Refused } from './commands/command.ts';
import { withLife } from './commands/command.ts';
import { refusedFor } from './commands/table.ts';
import { happen } from './happen.ts';
import { isOfMeetings, makerOf, toldIn, wordsOf } from './told-facts.ts';
import { countsFrom } from './typed-in.ts';

export interface Telling extends Asked {
  /** A word of the policy. */
  fact: string;
  /** When it was; left out: now. */
  occurredAt?: EpochMs | undefined;
  /** The meeting that it is about. */
  about?: string | undefined;
}

/**
 * The fact meets and opens the clocks of its rows. With an instant it is known by it, and told again it changes nothing;
 * without one, told again by the same person, it changes nothing where no clock is stopped or started by it any more.
 */
export function tellFact(world: World, lead: Lead, telling: Telling): Outcome {
  const refused = notTold(world, lead, telling) ?? notInItsTime(world, lead, telling);
  if (refused !== null) return refused;
  const known = lead.life.told.filter((other) => isSame(other, telling));
  if (telling.occurredAt !== undefined && known.length > 0) return { lead, effects: [] };
  const { fact, occurredAt = world.now, about } = telling;
  const countsAt = countsFrom(world, lead, fact, occurredAt, 'manual', about);
  const happened = makeHappen(world, lead, telling, countsAt);
  const isQuiet = happened.lead.clocks.every((clock) => lead.clocks.includes(clock));
  if (known.length > 0 && isQuiet) return { lead, effects: [] };
  return and(noted(world, lead, telling, countsAt), {
    ...happened,
    lead: withLife(happened.lead, { told: [...lead.life.told, toldBy(world, telling)] }),
  });
}

function makeHappen(world: World, lead: Lead, { fact, about }: Telling, at: EpochMs): Decision {
  const meeting = lead.life.meetings.find(({ meetingId }) => meetingId === about);
  const happened = happen(world, lead, [fact], at, {
    meetingId: meeting?.meetingId,
    appointed: meeting?.startsAt,
  });
  return isActivity(world.policy, [fact]) ? and(happened, workedOn(world, happened.lead, at)) : happened;
}

function noted(
  { now }: World,
  lead: Lead,
  { by, fact, occurredAt = now, about }: Telling,
  at: EpochMs,
): Decision {
  const key = `${fact}/${lead.version}`;
  const counts = at > occurredAt ? `, back-dated: it counts from ${iso(at)}` : '';
  const why = `${fact} at ${iso(occurredAt)}, typed in by hand${counts}.`;
  const data = { by, fact, occurredAt: iso(occurredAt), countsAt: iso(at), meetingId: about ?? null };
  return {
    lead,
    effects: [
      entry(now, 'fact_told', why, { key }, `person:${by}`),
      event(lead, 'FactTold', now, { key }, data),
    ],
  };
}

function toldBy({ now }: World, { by, fact, occurredAt, about }: Telling): ToldFact {
  return {
    ...{ by, fact, at: iso(now) },
    occurredAt: occurredAt === undefined ? null : iso(occurredAt),
    about: about ?? null,
  };
}

function isSame(known: ToldFact, { by, fact, occurredAt, about }: Telling): boolean {
  if (known.fact !== fact || known.about !== (about ?? null)) return false;
  return occurredAt === undefined
    ? known.by === by && known.occurredAt === null
    : known.occurredAt === iso(occurredAt);
}

/** A word that nobody tells, or one of which nobody knows what it is about. */
function notTold({ policy }: World, lead: Lead, { fact, about }: Telling): Refused | null {
  const told = toldIn(policy);
  const maker = wordsOf(policy).includes(fact) ? makerOf(policy, fact) : null;
  if (maker !== null) {
    return refuse(lead, 'made-otherwise', 'fact', `${fact} is brought about by ${maker}, and is not told.`);
  }
  if (!told.includes(fact)) {
    return refuse(lead, 'unknown-fact', 'fact', `Those that can be told are ${told.join(', ')}.`);
  }
  const ids = lead.life.meetings.map(({ meetingId }) => meetingId);
  if (about !== undefined && !ids.includes(about)) {
    const which = ids.length === 0 ? 'it has none' : `it has ${ids.join(', ')}`;
    return refuse(lead, 'no-meeting', 'about', `The lead has no such meeting: ${which}.`);
  }
  if (about !== undefined || !isOfMeetings(policy, fact)) return null;
  return refuse(lead, 'no-meeting', 'about', `${fact} is about a meeting: send its meetingId.`);
}

/** A fact of the future, or from before there was the lead. */
function notInItsTime({ policy, now }: World, lead: Lead, { occurredAt = now }: Telling): Refused | null {
  if (occurredAt > now + wallMs(policy.activities.futureTolerance)) {
    return refuse(lead, 'not-in-its-time', 'occurredAt', `It lies in the future: it is ${iso(now)} now.`);
  }
  const since = lead.cycleStartedAt ?? lead.receivedAt;
  // A CRM may have had the lead before it was posted here.
  const first = since < lead.qualifiedAt ? since : lead.qualifiedAt;
  if (occurredAt >= storedMs(first)) return null;
  const message = `It is before the lead began at ${first}; it belongs to something else.`;
  return refuse(lead, 'not-in-its-time', 'occurredAt', message);
}

function refuse(lead: Lead, refused: string, path: string, message: string): Refused {
  return refusedFor(lead, { refused, detail: message, missing: [{ path, message }] });
}
