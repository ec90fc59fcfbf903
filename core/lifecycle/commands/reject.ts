/** An SDR gives an MQL back to Marketing by one of its codes: no free text instead (policy book §8). */
import { iso } from '../../time.ts';
import type { Lead } from '../../model/lead.ts';
import type { CompiledPolicy } from '../../policy/compiled.ts';
import type { Decision } from '../../ladder/facts.ts';
import { and, entry, event, task } from '../../ladder/facts.ts';
import type { World } from '../../ladder/tell.ts';
import { peopleFor } from '../../ladder/tell.ts';
import { hold, toAccountTeam } from '../outcomes.ts';
import { isHeldBy } from '../rejection.ts';
import type { Asked, Refused } from './command.ts';
import { withLife } from './command.ts';
import { leave } from './leave.ts';
import { suppressionsBy } from './suppressions.ts';
import { isAllowed, notAllowed, refusedFor } from './table.ts';

type Row = CompiledPolicy['rejections'][number];

export interface Rejected extends Decision {
  /** The owner is owed the turn: the code is one of the policy's `routing.creditedReasons` (§2). */
  creditDue: boolean;
}

/**
 * The lead as rejected, or held for Marketing where it may come back: with the code's task, its clock, and whom it
 * suppresses. The same code of the same person again changes nothing.
 */
export function reject(world: World, lead: Lead, { by, code }: Asked & { code: string }): Rejected | Refused {
  const { policy } = world;
  const { rejection } = lead.life;
  if (lead.erasedAt === null && rejection?.code === code && rejection.by === by) {
    return { lead, effects: [], creditDue: false };
  }
  if (!isAllowed(lead, 'reject')) return notAllowed(lead, 'reject');
  const row = policy.rejections.find((candidate) => candidate.code === code);
  if (row === undefined) return unknownCode(policy, lead);
  const decision = rejected(world, lead, by, row);
  return { ...decision, creditDue: policy.routing.creditedReasons.includes(code) };
}

function unknownCode({ rejections }: Pick<CompiledPolicy, 'rejections'>, lead: Lead): Refused {
  const codes = rejections.map(({ code, reason }) => `${code} (${reason})`).join(', ');
  return refusedFor(lead, {
    refused: 'unknown-code',
    detail: `A rejection needs one of Marketing's codes, and no text instead: ${codes}.`,
    missing: [{ path: 'code', message: `must be one of ${rejections.map(({ code }) => code).join(', ')}` }],
  });
}

function rejected(world: World, before: Lead, by: string, row: Row): Decision {
  const { now } = world;
  // A lead of a version without the gate cannot be held by it.
  const holds = isHeldBy(row.effect) && before.gate !== null;
  const rejection = { at: iso(now), by, code: row.code, holds, resolvedAt: null };
  const lead = withLife({ ...withRelations(before, row), status: 'rejected' }, { rejection });
  const key = String(lead.cycle);
  const assignee =
    peopleFor(world, lead, `role:${row.task.owner}`, null).people[0]?.personId ?? row.task.owner;
  const told: Decision = {
    lead,
    effects: [
      entry(now, 'lead_rejected', `${row.code}: ${row.reason}.`, { key }, `person:${by}`),
      event(lead, 'LeadRejected', now, {}, { by, code: row.code, effect: row.effect }),
      task(now, `rejection-${key}`, `${row.task.title}: lead ${lead.leadId} (${row.code})`, assignee),
      ...suppressionsBy(world, lead, row, by),
    ],
  };
  const why = `Rejected by ${row.code}: nobody in Sales has to work on it any more.`;
  const facts = ['lead_reviewed', 'lead_rejected', 'disposition_feedback_given'];
  const left = and(told, leave(world, lead, facts, why));
  if (row.effect === 'to_account_team') {
    const said = 'A customer or an open opportunity, as the SDR says: the account team has it.';
    return and(left, toAccountTeam(world, left.lead, `rejected-${key}`, said));
  }
  if (!holds) return left;
  return and(
    left,
    hold(world, left.lead, `${row.code}: ${row.task.title}. The clock of Sales does not start before.`),
  );
}

/** The gate knows of a customer what the SDR has found out, so that the next act does not make an MQL of them again. */
function withRelations(lead: Lead, { effect }: Row): Lead {
  const isKnown = lead.relations?.customer === true || lead.relations?.openOpportunity === true;
  if (effect !== 'to_account_team' || isKnown) return lead;
  return { ...lead, relations: { ...lead.relations, customer: true } };
}
