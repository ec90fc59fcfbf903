/** An AE gives an SQL back by one of the policy's codes; each has its way back (policy book §11). */
import type { Effect } from '../../model/effects.ts';
import type { Lead } from '../../model/lead.ts';
import { handoffsOf } from '../../model/life.ts';
import type { Handoff } from '../../model/life.ts';
import { iso } from '../../time.ts';
import type { CompiledPolicy } from '../../policy/compiled.ts';
import type { Decision } from '../../ladder/facts.ts';
import { and, entry, event, task } from '../../ladder/facts.ts';
import type { World } from '../../ladder/tell.ts';
import { peopleFor } from '../../ladder/tell.ts';
import { checkInAt } from '../check-in.ts';
import { cancelFirstMeeting } from '../../pipeline/first-meeting.ts';
import { dropHeld, openHandoff, tellAbout } from '../handoff.ts';
import { notTheirs } from './ae-accept.ts';
import { backToSal, toNurture, toRevOps } from './ae-rejected.ts';
import type { AeRejectionRow } from './ae-rejected.ts';
import type { Asked, Refused } from './command.ts';
import { withLife } from './command.ts';
import { isAllowed, notAllowed, refusedFor } from './table.ts';

interface AeRejected extends Decision {
  /** The AE is owed the turn: the code is one of the policy's `routing.creditedReasons` (§2). */
  creditDue: boolean;
}

/** The lead with the AE's answer. The same code of the same AE about the same handoff again changes nothing. */
export function aeReject(world: World, lead: Lead, asked: Asked & { code: string }): AeRejected | Refused {
  const { by, code } = asked;
  const { policy } = world;
  const last = handoffsOf(lead).at(-1)?.rejected;
  if (lead.erasedAt === null && last?.by === by && last.code === code) {
    return { lead, effects: [], creditDue: false };
  }
  if (!isAllowed(lead, 'ae_reject')) return notAllowed(lead, 'ae_reject');
  const open = openHandoff(lead);
  const refused = notTheirs(lead, open, by);
  if (open === null || refused !== null) return refused ?? notAllowed(lead, 'ae_reject');
  const row = policy.aeRejections.find((candidate) => candidate.code === code);
  if (row === undefined) return unknownCode(policy, lead);
  const creditDue = policy.routing.creditedReasons.includes(code);
  return { ...rejected(world, lead, open, { by, row }), creditDue };
}

function rejected(
  world: World,
  before: Lead,
  open: Handoff,
  { by, row }: { by: string; row: AeRejectionRow },
): Decision {
  const { now } = world;
  const handoff: Handoff = { ...open, rejected: { at: iso(now), by, code: row.code } };
  const noted = withLife(before, { handoff });
  const key = String(open.n);
  const data = { aeId: by, n: open.n, code: row.code, effect: row.effect };
  const told: Decision = {
    lead: noted,
    effects: [
      entry(now, 'ae_rejected', `${row.code}: ${row.reason}.`, { key }, `person:${by}`),
      event(noted, 'SqlRejected', now, { key }, data),
      ...tasksOf(world, noted, open, row),
    ],
  };
  const followed = and(told, follow(world, noted, row, by));
  const dropped = and(followed, dropHeld(world, followed.lead, 'handed_over'));
  return and(dropped, tellBack(world, dropped.lead, row, key));
}

function follow(world: World, lead: Lead, row: AeRejectionRow, by: string): Decision {
  switch (row.effect) {
    case 'back_to_sal':
    case 'sdr_re_engages':
      return backToSal(world, lead);
    case 'stays_sal': {
      const back = backToSal(world, lead);
      return and(back, cancelFirstMeeting(world, back.lead, by));
    }
    case 'nurture':
      return toNurture(world, lead, row, by);
    case 'revops_arbitrates':
      return toRevOps(world, lead);
  }
}

/** What the code asks of the SDR, and whoever looks into it. */
const WORK: Readonly<Record<AeRejectionRow['effect'], string>> = {
  back_to_sal: 'Go on with the outreach, or recycle',
  sdr_re_engages: 'Find the right contact at the same account',
  stays_sal: 'Rebook the meeting',
  nurture: 'Check in again',
  revops_arbitrates: 'Decide whose the SQL is',
};

function tasksOf(world: World, lead: Lead, { n, sdr }: Handoff, row: AeRejectionRow): Effect[] {
  const { now } = world;
  const about = `lead ${lead.leadId} (${row.code})`;
  const owner = lead.owner?.personId ?? sdr;
  const reviewer = row.reviewedBy === 'sdr' ? owner : reviewerOf(world, lead, row);
  const work = `${WORK[row.effect]}: ${about}`;
  const review = task(now, `ae-rejection-${n}/review`, `Review a rejection by an AE: ${about}`, reviewer);
  const isRevOps = row.effect === 'revops_arbitrates';
  const doer = isRevOps ? reviewer : owner;
  const own = task(
    now,
    `ae-rejection-${n}`,
    work,
    doer,
    checkInAt(world, row.scenario ?? null, row.checkInAfter),
  );
  return doer === reviewer ? [own] : [own, review];
}

function reviewerOf(world: World, lead: Lead, { reviewedBy }: AeRejectionRow): string {
  return peopleFor(world, lead, `role:${reviewedBy}`, null).people[0]?.personId ?? reviewedBy;
}

/** The SDR learns what becomes of it; where RevOps decides, RevOps does as well. */
function tellBack(world: World, before: Lead, row: AeRejectionRow, key: string): Decision {
  const isRevOps = row.effect === 'revops_arbitrates';
  const deciders = isRevOps ? peopleFor(world, before, `role:${row.reviewedBy}`, null).people : [];
  const sdr = before.owner?.personId;
  const ids = [...(sdr === undefined ? [] : [sdr]), ...deciders.map(({ personId }) => personId)];
  const waitsFor = isRevOps ? 'ae_notified' : 'lead_promoted';
  return [...new Set(ids)].reduce<Decision>(
    (sum, id) => and(sum, tellAbout(world, sum.lead, id, 'handed_back', key, waitsFor)),
    { lead: before, effects: [] },
  );
}

function unknownCode({ aeRejections }: CompiledPolicy, lead: Lead): Refused {
  const codes = aeRejections.map(({ code, reason }) => `${code} (${reason})`).join(', ');
  return refusedFor(lead, {
    refused: 'unknown-code',
    detail: `A rejection by an AE needs one of these codes: ${codes}.`,
    missing: [{ path: 'code', message: `must be one of ${aeRejections.map(({ code }) => code).join(', ')}` }],
  });
}
