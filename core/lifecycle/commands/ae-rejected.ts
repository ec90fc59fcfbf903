/** The ways back of an SQL that its AE has rejected: to the SDR, to nurture, or to RevOps (policy book §11). */
import { isOpen } from '../../model/clock.ts';
import type { Lead } from '../../model/lead.ts';
import { handoffsOf } from '../../model/life.ts';
import type { Briefing } from '../../model/life.ts';
import { iso } from '../../time.ts';
import { attemptsMade, attemptsRequired } from '../../cadence/required.ts';
import type { CompiledPolicy } from '../../policy/compiled.ts';
import type { Decision } from '../../ladder/facts.ts';
import { and } from '../../ladder/facts.ts';
import type { World } from '../../ladder/tell.ts';
import { cancelClocks } from '../cancel.ts';
import { agreeCheckIn } from '../check-in.ts';
import { happen } from '../happen.ts';
import { withLife } from './command.ts';
import { leave } from './leave.ts';
import { personSuppressed } from './suppressions.ts';

export type AeRejectionRow = CompiledPolicy['aeRejections'][number];

/** What was owed to this AE: nobody can introduce them any more. */
const TO_THE_AE = ['introduction_sent'];

/**
 * The SDR's again: it is a SAL until it is promoted anew. What the briefing says stays, and has to be confirmed; the
 * proof of the SQL does not count twice.
 */
export function backToSal(world: World, lead: Lead): Decision {
  const { briefing } = lead.life;
  const sal = withLife(
    { ...lead, status: 'sal' },
    { sql: null, briefing: unconfirmed(briefing), handoff: null, pastHandoffs: handoffsOf(lead) },
  );
  const happened = happen(world, sal, ['ae_rejected', 'returned_to_sal']);
  return and(happened, withoutIntroduction(world, happened.lead));
}

function unconfirmed(briefing: Briefing | null): Briefing | null {
  return briefing === null ? null : { ...briefing, completed: null, read: null };
}

/** Back to nurture by the code's row of recycling: it may come back as that row says. */
export function toNurture(world: World, lead: Lead, row: AeRejectionRow, by: string): Decision {
  const { policy } = world;
  const reason = `${row.code}: ${row.reason}`;
  const { scenario } = row;
  const disposition = {
    ...dispositionOf(policy, row),
    ...{ at: iso(world.now), by, detail: reason, signedBy: null, scenario: scenario ?? null },
    attempts: { ...attemptsMadeOf(lead), required: attemptsRequired(policy, lead).attempts },
  };
  const recycled = withLife(
    { ...lead, status: 'recycled' },
    { disposition, handoff: null, pastHandoffs: handoffsOf(lead) },
  );
  const suppressed =
    scenario === undefined ? [] : personSuppressed(world, recycled, { scenario, reason, by });
  const facts = ['ae_rejected', 'lead_recycled', 'disposition_feedback_given'];
  const why = `Rejected by ${row.code}: nobody in Sales has to work on it any more.`;
  const left = and({ lead: recycled, effects: suppressed }, leave(world, recycled, facts, why));
  return and(left, agreeCheckIn(world, left.lead, scenario ?? null, row.checkInAfter));
}

function attemptsMadeOf(lead: Lead): { made: number; channels: number } {
  const { attempts, channels } = attemptsMade(lead);
  return { made: attempts, channels };
}

/** The disposition whose reason leads to the same row of recycling; the code itself if the policy has none. */
function dispositionOf(
  { dispositions }: CompiledPolicy,
  { scenario, code }: AeRejectionRow,
): { disposition: string; reason: string | null } {
  const alike = dispositions.flatMap(({ id, recycledAs }) =>
    Object.entries(recycledAs)
      .filter(([, to]) => to === scenario)
      .map(([reason]) => ({ disposition: id, reason })),
  );
  return alike[0] ?? { disposition: code.toLowerCase(), reason: null };
}

/** It stays an SQL without an AE until RevOps has decided whose it is. */
export function toRevOps(world: World, lead: Lead): Decision {
  const happened = happen(world, lead, ['ae_rejected', 'territory_conflict_raised']);
  return and(happened, withoutIntroduction(world, happened.lead));
}

function withoutIntroduction(world: World, lead: Lead): Decision {
  const why = 'The AE has given the SQL back: there is nobody to introduce.';
  return cancelClocks(
    world,
    lead,
    (clock) => isOpen(clock) && TO_THE_AE.some((fact) => clock.stop.includes(fact)),
    why,
  );
}
