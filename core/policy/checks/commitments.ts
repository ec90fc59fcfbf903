/** Ladders that make no sense (policy book §5). */
import type { IssuePath, PolicyIssue } from '../issue.ts';
import type { Policy } from '../schema.ts';
import { TICKET_ACTIONS } from '../schema/commitments.ts';
import type { CommitmentRow, RungName } from '../schema/commitments.ts';
import { compareSpans, wrong } from './finding.ts';

/** The order in which rungs that are due at a percentage have to come. */
const LADDER: readonly RungName[] = ['remind', 'warn', 'breach', 'critical', 'incident'];

export function checkCommitments(policy: Policy): PolicyIssue[] {
  return [
    ...policy.commitments.flatMap((row, i) => [
      ...checkMachine(row, ['commitments', i]),
      ...checkTicket(row, ['commitments', i]),
      ...checkPercents(row, ['commitments', i, 'rungs']),
      ...checkInstants(row, ['commitments', i, 'rungs']),
    ]),
    ...checkResponse(policy),
  ];
}

function checkMachine(row: CommitmentRow, path: IssuePath): PolicyIssue[] {
  const issues: PolicyIssue[] = [];
  if (row.machine === 'none' && row.rungs.length > 0) {
    issues.push(
      wrong([...path, 'machine'], row.machine, 'climbs no rungs; allowed with rungs: commitment-clock'),
    );
  }
  const takesAway = row.rungs.findIndex(({ actions }) => actions.includes('reassign'));
  if (takesAway !== -1 && row.owes !== 'owner' && row.owes !== 'sdr') {
    const at = [...path, 'rungs', takesAway, 'actions'];
    issues.push(wrong(at, 'reassign', 'takes the lead from its owner; allowed with owes: owner, sdr'));
  }
  if (row.when !== undefined && row.subject === 'ticket') {
    issues.push(
      wrong([...path, 'when'], row.when, 'names leads; allowed with subject: lead, opportunity, meeting'),
    );
  }
  if (row.target === 'lead' && row.subject !== 'lead') {
    issues.push(wrong([...path, 'target'], row.target, 'allowed only with subject: lead'));
  }
  return issues;
}

/** A ticket has nobody's turn, no flags and no other commitments that would start by a rung. */
function checkTicket(row: CommitmentRow, path: IssuePath): PolicyIssue[] {
  if (row.subject !== 'ticket') return [];
  return row.rungs.flatMap(({ actions, happens }, i) => {
    const where = [...path, 'rungs', i];
    const other = actions.findIndex((action) => !TICKET_ACTIONS.includes(action));
    const allowed = TICKET_ACTIONS.join(', ');
    return [
      ...(other === -1
        ? []
        : [
            wrong(
              [...where, 'actions', other],
              actions[other],
              `means nothing for a ticket; allowed: ${allowed}`,
            ),
          ]),
      ...(happens === undefined
        ? []
        : [wrong([...where, 'happens'], happens, 'no commitment of a ticket starts or stops by a rung')]),
    ];
  });
}

/** Percentages rise up the ladder; reminders come before the deadline, the breach is the deadline, the rest later. */
function checkPercents(row: CommitmentRow, path: IssuePath): PolicyIssue[] {
  const issues: PolicyIssue[] = [];
  const found = row.rungs
    .map(({ rung, at }, i) => ({ rung, i, percent: 'percent' in at ? at.percent : undefined }))
    .filter(({ rung }) => LADDER.includes(rung))
    .sort((a, b) => LADDER.indexOf(a.rung) - LADDER.indexOf(b.rung));
  let before: { rung: RungName; percent: number } | undefined;
  for (const { rung, i, percent } of found) {
    if (percent === undefined) continue;
    const at = [...path, i, 'at', 'percent'];
    if (rung === 'breach' && percent !== 100) {
      issues.push(wrong(at, percent, 'a breach is the deadline itself; allowed: 100'));
    } else if ((rung === 'remind' || rung === 'warn') && percent >= 100) {
      issues.push(wrong(at, percent, `${rung} has to come before the deadline; allowed: less than 100`));
    } else if ((rung === 'critical' || rung === 'incident') && percent <= 100) {
      issues.push(wrong(at, percent, `${rung} has to come after the deadline; allowed: more than 100`));
    } else if (before && percent <= before.percent) {
      issues.push(
        wrong(at, percent, `${rung} comes after ${before.rung}; allowed: more than ${before.percent}`),
      );
    }
    before = { rung, percent };
  }
  return issues;
}

function checkInstants(row: CommitmentRow, path: IssuePath): PolicyIssue[] {
  const hasBreach = row.rungs.some(({ rung }) => rung === 'breach');
  return row.rungs.flatMap(({ rung, at }, i) => {
    const where = [...path, i, 'at'];
    if (rung === 'breach' && !('percent' in at))
      return [wrong(where, at, 'a breach is the deadline itself; allowed: {percent: 100}')];
    if ('tierThreshold' in at && row.target !== 'lead') {
      return [wrong(where, at, "only a lead's own target has a tier; allowed with target: lead")];
    }
    if ('afterBreach' in at && !hasBreach)
      return [wrong(where, at, 'the commitment has no breach rung to count from')];
    if (!('afterStart' in at) || !isSpan(row.target)) return [];
    const early = rung === 'remind' || rung === 'warn';
    const compared = compareSpans(at.afterStart, row.target);
    if (compared === null || (early ? compared < 0 : compared > 0)) return [];
    const sense = early ? 'sooner' : 'later';
    return [
      wrong(
        [...where, 'afterStart'],
        at.afterStart,
        `${rung} has to be ${sense} than the target, ${row.target}`,
      ),
    ];
  });
}

function isSpan(target: string): boolean {
  return target.startsWith('P');
}

/** The response machine climbs one commitment, and other parts of the policy find their calendar by it. */
function checkResponse(policy: Policy): PolicyIssue[] {
  const rows = policy.commitments.flatMap((row, i) => (row.machine === 'mql-response' ? [{ row, i }] : []));
  const first = rows[0];
  if (!first) return [wrong(['commitments'], undefined, 'one commitment must have machine: mql-response')];
  const issues = rows
    .slice(1)
    .map(({ i }) => wrong(['commitments', i, 'machine'], 'mql-response', 'allowed for one commitment only'));
  if (first.row.target !== 'lead' || !first.row.enforced) {
    const message = 'the response machine climbs an enforced commitment with target: lead';
    issues.push(wrong(['commitments', first.i, 'machine'], 'mql-response', message));
  }
  return issues;
}
