/** Whom a rung tells, and when: nobody is written to outside their own hours unless they are on call (policy book §4). */
import type { Clock } from '../model/clock.ts';
import type { Effect, NoticeKind } from '../model/effects.ts';
import type { HeldNotice } from '../model/lead.ts';
import type { Subject } from '../model/subject.ts';
import { isTicket } from '../model/subject.ts';
import type { Person, Roster } from '../model/person.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { Recipient } from '../policy/schema/basics.ts';
import type { RungName, RungRow } from '../policy/schema/commitments.ts';
import { deliverAt, resolveRecipient } from '../routing/index.ts';
import type { RecipientContext } from '../routing/recipients.ts';
import type { EpochMs } from '../time.ts';
import { iso } from '../time.ts';
import { entry, notice, onceMore } from './facts.ts';
import { answerable } from './owes.ts';

export interface Told {
  effects: Effect[];
  held: HeldNotice[];
}

/** What a decision about people is made with. */
export interface World {
  policy: CompiledPolicy;
  roster: Roster;
  now: EpochMs;
}

/** The messages of a rung: to be sent now, or held until their recipient's next opening. */
export function tellRung(
  world: World,
  subject: Subject,
  clock: Clock,
  row: RungRow,
  previousOwner: string | null,
): Told {
  const told: Told = { effects: [], held: [] };
  const times = onceMore(clock, row.rung);
  for (const recipient of row.tell) {
    const { people, note } = peopleFor(world, subject, recipient, previousOwner, clock);
    if (note !== null)
      told.effects.push(
        entry(world.now, 'recipient_replaced', note, {
          clock,
          rung: row.rung,
          key: times === undefined ? recipient : `${recipient}/${times}`,
        }),
      );
    const reached = recipient === 'pool.backup' ? whoIsThere(world, people, row) : people;
    for (const person of reached) {
      const kind = noticeKind(row, recipient, previousOwner, clock);
      const key = times === undefined ? undefined : `${row.rung}-${times}`;
      add(world, told, person, kind, { clock, rung: row.rung, key }, row.outsideHours);
    }
  }
  return told;
}

/** A call for help goes to those who are there; with nobody there, to the one who is back first. */
function whoIsThere(world: World, people: Person[], row: RungRow): Person[] {
  const deliveries = people.map((person) => ({
    person,
    at: deliverAt(world.policy, world.roster, person, world.now, row.outsideHours).at,
  }));
  const there = deliveries.filter((delivery) => delivery.at <= world.now);
  const soonest = deliveries.toSorted((a, b) => a.at - b.at).slice(0, 1);
  return (there.length > 0 ? there : soonest).map((delivery) => delivery.person);
}

/**
 * One message outside the rungs (an assignment, nobody available), with the same rule about hours.
 * @param waiting messages that are held already: a step that is taken again does not hold them twice
 */
export function tellPeople(
  world: World,
  people: Person[],
  kind: NoticeKind,
  on: { clock: Clock | null; key: string },
  outsideHours: 'wait' | 'next_up',
  waiting: HeldNotice[] = [],
): Told {
  const told: Told = { effects: [], held: [...waiting] };
  for (const person of people) add(world, told, person, kind, { ...on, rung: null }, outsideHours);
  return { ...told, held: told.held.slice(waiting.length) };
}

/**
 * People whom a policy's recipient stands for; while nobody owns the lead, the pool's manager stands in for the owner.
 * A ticket has no pool: the policy names who stands in for its owner and for their manager (decision 0029).
 * @param clock what they are told about: what an AE owes, they and their manager hear
 */
export function peopleFor(
  world: World,
  subject: Subject,
  recipient: Recipient,
  previousOwner: string | null,
  clock: Clock | null = null,
): { people: Person[]; note: string | null } {
  const pool = poolOf(world.policy, subject);
  if (pool === undefined) return { people: [], note: 'The policy has no pool.' };
  const ownerId = isTicket(subject) ? subject.ownerId : answerable(world.policy, subject, clock);
  if (recipient === 'previous_owner' && previousOwner === null) return { people: [], note: null };
  const related =
    recipient === 'previous_owner.manager' && previousOwner === null ? 'owner.manager' : recipient;
  const effective = related.startsWith('owner') && ownerId === null ? 'pool.manager' : related;
  const before = isTicket(subject) ? null : (subject.previousOwners.at(-1)?.personId ?? null);
  const ctx = { pool, ownerId, previousOwnerId: previousOwner ?? before };
  return resolveRecipient(world.policy, world.roster, effective, ctx, world.now);
}

function poolOf(policy: CompiledPolicy, subject: Subject): RecipientContext['pool'] | undefined {
  if (isTicket(subject)) return { manager: policy.support.manager, backup: null };
  return policy.pools.find(({ id }) => id === subject.poolId) ?? policy.pools[0];
}

function add(
  world: World,
  told: Told,
  person: Person,
  kind: NoticeKind,
  on: { clock: Clock | null; rung: RungName | null; key?: string | undefined },
  outsideHours: 'wait' | 'next_up',
): void {
  const delivery = deliverAt(world.policy, world.roster, person, world.now, outsideHours);
  const mail = notice(world.now, kind, delivery.person.personId, on);
  const known = [...told.effects, ...told.held.map((held) => held.notice)].some(
    (other) => other.id === mail.id,
  );
  if (known) return;
  if (delivery.at <= world.now) {
    told.effects.push(mail);
    return;
  }
  const until = iso(delivery.at);
  told.held.push({ notice: mail, until });
  const why = `Outside the hours of ${delivery.person.personId}; held until ${until}.`;
  const key = on.key ?? kind;
  told.effects.push(
    entry(world.now, 'message_held', why, {
      clock: on.clock ?? undefined,
      rung: on.rung ?? undefined,
      key: `${key}/${delivery.person.personId}`,
    }),
  );
}

function noticeKind(
  { rung, at }: RungRow,
  recipient: Recipient,
  previousOwner: string | null,
  { about }: Clock,
): NoticeKind {
  const isNear = 'beforeAppointed' in at && (rung === 'remind' || rung === 'warn');
  if (isNear && about !== undefined) return 'meeting_near';
  switch (rung) {
    case 'remind':
      return 'reminder';
    case 'warn':
      return 'warning';
    case 'breach':
      if (recipient === 'previous_owner') return 'breach_old_owner';
      if (recipient !== 'owner') return 'breach_manager';
      return previousOwner === null ? 'breach_old_owner' : 'breach_new_owner';
    case 'backup':
    case 'critical':
    case 'incident':
    case 'threshold':
      return rung;
  }
}
