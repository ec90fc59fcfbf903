/** A lead leaves the queue by a disposition and a reason, never by being forgotten (policy book §13). */
import type { Lead } from '../../model/lead.ts';
import type { Disposition } from '../../model/life.ts';
import { iso } from '../../time.ts';
import { and, entry, event } from '../../ladder/facts.ts';
import type { Decision } from '../../ladder/facts.ts';
import type { World } from '../../ladder/tell.ts';
import { attemptsMade, attemptsRequired } from '../../cadence/required.ts';
import { agreeCheckIn } from '../check-in.ts';
import type { Asked, Outcome } from './command.ts';
import { withLife } from './command.ts';
import { checkDisposition } from './disposition-checks.ts';
import type { DispositionRow } from './disposition-checks.ts';
import { leave } from './leave.ts';
import { personSuppressed } from './suppressions.ts';
import { isAllowed, notAllowed } from './table.ts';

export interface Disposal extends Asked {
  /** A row of the policy's dispositions. */
  disposition: string;
  reason?: string | undefined;
  detail?: string | undefined;
  /** A manager who signs that it comes before the attempts that it takes. */
  signedBy?: string | undefined;
}

/** The lead as disqualified or recycled. The same disposition of the same person again changes nothing. */
export function dispose(world: World, lead: Lead, ask: Disposal): Outcome {
  if (lead.erasedAt === null && isRepeated(lead, ask)) return { lead, effects: [] };
  if (!isAllowed(lead, 'dispose')) return notAllowed(lead, 'dispose');
  const checked = checkDisposition(world, lead, ask);
  if ('refused' in checked) return checked;
  const { row, reason } = checked;
  const made = attemptsMade(lead);
  const required = row.attemptsRequired ? attemptsRequired(world.policy, lead).attempts : 0;
  const disposition: Disposition = {
    at: iso(world.now),
    by: ask.by,
    disposition: row.id,
    reason,
    detail: ask.detail?.trim() ?? null,
    attempts: { made: made.attempts, required, channels: made.channels },
    // Nobody has signed for what was not early.
    signedBy: checked.early ? (ask.signedBy ?? null) : null,
    scenario: reason === null ? null : (row.recycledAs[reason] ?? null),
  };
  return disposed(world, lead, row, disposition);
}

function disposed(world: World, before: Lead, row: DispositionRow, disposition: Disposition): Decision {
  const { scenario, by, reason, attempts, signedBy } = disposition;
  const status = scenario === null ? ('disqualified' as const) : ('recycled' as const);
  const lead = withLife({ ...before, status }, { disposition });
  const key = String(lead.cycle);
  const early = signedBy !== null;
  const told: Decision = {
    lead,
    effects: [
      entry(world.now, 'lead_disposed', sentence(row, disposition), { key }, `person:${by}`),
      event(
        lead,
        'LeadDisposed',
        world.now,
        {},
        {
          ...{ by, disposition: row.id, dispositionReason: reason, scenario, signedBy, early },
          ...{ attempts: attempts.made, attemptsRequired: attempts.required, channels: attempts.channels },
        },
      ),
      ...(scenario === null ? [] : personSuppressed(world, lead, { scenario, reason: row.title, by })),
    ],
  };
  const facts = [status === 'recycled' ? 'lead_recycled' : 'lead_disqualified', 'disposition_feedback_given'];
  const why = `${row.title}: nobody in Sales has to work on it any more.`;
  const left = and(told, leave(world, lead, facts, why));
  return and(left, agreeCheckIn(world, left.lead, scenario));
}

function sentence(row: DispositionRow, { reason, detail, attempts, signedBy }: Disposition): string {
  const because = reason === null ? '' : `, ${reason.replaceAll('_', ' ')}`;
  const words = detail === null ? '' : `: ${detail.replace(/[.\s]+$/, '')}`;
  const early =
    signedBy === null
      ? ''
      : ` Early, after ${attempts.made} of ${attempts.required} attempts, signed by ${signedBy}.`;
  return `${row.title}${because}${words}.${early}`;
}

/** Whoever got no answer asks again in the same words; a signature that was not needed does not tell them apart. */
function isRepeated({ life: { disposition: given } }: Lead, ask: Disposal): boolean {
  if (given === null || given.disposition !== ask.disposition || given.by !== ask.by) return false;
  const reason = ask.reason ?? given.reason;
  return reason === given.reason && (ask.detail?.trim() ?? null) === given.detail;
}
