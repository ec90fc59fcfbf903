/** Triggers and appointed instants that would come to nothing (policy book §12). */
import { appointedTarget } from '../../ladder/appointed.ts';
import type { PolicyIssue } from '../issue.ts';
import type { Policy } from '../schema.ts';
import { wrong } from './finding.ts';

export function checkPipeline(policy: Policy): PolicyIssue[] {
  return [...checkTriggers(policy), ...checkAppointed(policy)];
}

/** A missed commitment opens the remedy only if one of its rungs makes the fact happen that starts it. */
function checkTriggers({ opportunityTriggers, commitments }: Policy): PolicyIssue[] {
  return opportunityTriggers.flatMap(({ when, remedy }, i) => {
    const start = commitments.find(({ id }) => id === remedy)?.start;
    if (!('missed' in when) || start === undefined) return [];
    return when.missed.flatMap((missed, j) => {
      const row = commitments.find(({ id }) => id === missed);
      if (row === undefined || row.rungs.some(({ happens }) => happens?.includes(start) === true)) return [];
      const message = `no rung of it has happens: [${start}], which starts ${remedy}`;
      return [wrong(['opportunityTriggers', i, 'when', 'missed', j], missed, message)];
    });
  });
}

/** Percentages of what is agreed on are not defined; what counts from a start knows of no instant agreed on. */
function checkAppointed({ commitments }: Policy): PolicyIssue[] {
  return commitments.flatMap((row, i) => {
    const side = appointedTarget(row.target)?.side;
    return row.rungs.flatMap(({ rung, at }, j) => {
      const path = ['commitments', i, 'rungs', j, 'at'];
      if (side === undefined && 'beforeAppointed' in at) {
        return [wrong(path, at, 'allowed only with a target like before:PT24H or after:PT2H')];
      }
      if (side === 'before' && 'percent' in at && at.percent !== 100) {
        return [wrong(path, at, `${rung} counts to what was agreed on; allowed: 100, or beforeAppointed`)];
      }
      return [];
    });
  });
}
