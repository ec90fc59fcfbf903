/** A SAL becomes an SQL through the SQL gate: a booked meeting, pain, timeline, MEDDPIC (policy book §10). */
import type { Lead } from '../../model/lead.ts';
import type { MeddpicElement, SqlFacts } from '../../model/life.ts';
import type { Iso } from '../../time.ts';
import { iso } from '../../time.ts';
import { and, entry, event } from '../../ladder/facts.ts';
import type { World } from '../../ladder/tell.ts';
import { bookFirstMeeting } from '../../pipeline/first-meeting.ts';
import { happen } from '../happen.ts';
import type { Asked, Outcome } from './command.ts';
import { withLife } from './command.ts';
import { says } from './said.ts';
import { missingForSql } from './sql-gate.ts';
import { isAllowed, notAllowed, refusedFor } from './table.ts';

export interface Promotion extends Asked {
  meeting?: { startsAt?: Iso | undefined; link?: string | undefined } | undefined;
  pain?: string | undefined;
  timeline?: string | undefined;
  meddpic?: Partial<Record<MeddpicElement, string | undefined>> | undefined;
  /** Whose account it is according to the CRM, a person's id. */
  accountOwner?: string | undefined;
}

/**
 * The lead as SQL, its meeting booked. What the gate misses is said field by field; the same facts of the same person
 * change nothing.
 */
export function promoteToSql(world: World, lead: Lead, ask: Promotion): Outcome {
  const sql = factsOf(world, ask);
  if (lead.erasedAt === null && lead.status !== 'sal' && isSame(lead.life.sql, sql))
    return { lead, effects: [] };
  if (!isAllowed(lead, 'promote')) return notAllowed(lead, 'promote');
  const missing = missingForSql(world, ask);
  if (missing.length > 0) {
    const fields = missing.map(({ path }) => path).join(', ');
    const detail = `A lead is an SQL when nothing is missing that an AE relies on. Missing here: ${fields}.`;
    return refusedFor(lead, { refused: 'sql-gate', detail, missing });
  }
  const promoted = withLife({ ...lead, status: 'sql' }, { sql });
  const { flagged } = sql;
  // Promoted again after an AE has given it back: the cycle alone does not tell the two apart.
  const key = String(lead.version);
  const preferred =
    flagged.length === 0 ? '' : ` Preferred and missing, for the AE to know: ${flagged.join(', ')}.`;
  const told = {
    lead: promoted,
    effects: [
      entry(
        world.now,
        'lead_promoted',
        `All that an SQL needs is there.${preferred}`,
        { key },
        `person:${ask.by}`,
      ),
      event(
        promoted,
        'LeadPromoted',
        world.now,
        { key },
        { by: ask.by, meetingAt: sql.meeting.startsAt, flagged },
      ),
    ],
  };
  const happened = and(told, happen(world, promoted, ['lead_promoted']));
  return and(happened, bookFirstMeeting(world, happened.lead, sql.meeting.startsAt, ask.by));
}

function factsOf({ policy, now }: World, ask: Promotion): SqlFacts {
  const { by, meeting, pain, timeline, meddpic = {}, accountOwner } = ask;
  const elements = policy.sqlGate.meddpic.map(({ element }) => element);
  const said = elements.flatMap((element) => {
    const text = meddpic[element];
    return says(policy, text) ? [[element, text.trim()] as const] : [];
  });
  const flagged = policy.sqlGate.meddpic
    .filter(({ element, level }) => level === 'preferred' && !says(policy, meddpic[element]))
    .map(({ element }) => element);
  return {
    at: iso(now),
    by,
    meeting: { startsAt: meeting?.startsAt ?? null, link: meeting?.link?.trim() ?? null },
    pain: pain?.trim() ?? '',
    timeline: timeline?.trim() ?? '',
    meddpic: Object.fromEntries(said),
    flagged,
    ...(accountOwner !== undefined && { accountOwner }),
  };
}

/** The same facts by the same person, whenever they were given. */
function isSame(before: SqlFacts | null, after: SqlFacts): boolean {
  if (before === null) return false;
  const plain = ({ by, meeting, pain, timeline, meddpic, accountOwner }: SqlFacts): string =>
    JSON.stringify([
      ...[by, meeting.startsAt, meeting.link, pain, timeline, accountOwner ?? null],
      ...Object.entries(meddpic).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ]);
  return plain(before) === plain(after);
}
