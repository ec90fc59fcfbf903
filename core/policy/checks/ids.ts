/** Identifiers that are given twice. */
import type { IssuePath, PolicyIssue } from '../issue.ts';
import type { Policy } from '../schema.ts';
import { wrong } from './finding.ts';

export function checkIds(policy: Policy): PolicyIssue[] {
  const p = policy;
  return [
    ...twice(['calendars'], 'id', p.calendars),
    ...twice(['territories'], 'id', p.territories),
    ...twice(['sources'], 'id', p.sources),
    ...twice(['segments'], 'id', p.segments),
    ...twice(['tiers'], 'tier', p.tiers),
    ...twice(['priorities'], 'id', p.priorities),
    ...twice(['pools'], 'id', p.pools),
    ...twice(['commitments'], 'id', p.commitments),
    ...p.commitments.flatMap((row, i) => twice(['commitments', i, 'rungs'], 'rung', row.rungs)),
    ...twice(['scoring', 'acts'], 'id', p.scoring.acts),
    ...twice(['scoring', 'decay'], 'id', p.scoring.decay),
    ...twice(['signalRules'], 'id', p.signalRules),
    ...twice(['rejections'], 'code', p.rejections),
    ...twice(['aeRejections'], 'code', p.aeRejections),
    ...twice(['cadence', 'touches'], 'touch', p.cadence.touches),
    ...twice(['cadence', 'missed'], 'touches', p.cadence.missed),
    ...twice(['sqlGate', 'meddpic'], 'element', p.sqlGate.meddpic),
    ...twice(['stages'], 'stage', p.stages),
    ...twice(['stages'], 'id', p.stages),
    ...twice(['opportunityTriggers'], 'id', p.opportunityTriggers),
    ...twice(['meetings'], 'id', p.meetings),
    ...twice(['dispositions'], 'id', p.dispositions),
    ...twice(['recycling'], 'id', p.recycling),
    ...twice(['complianceBands'], 'id', p.complianceBands),
    ...twice(['metrics'], 'id', p.metrics),
    ...twice(['figures'], 'id', p.figures),
    ...twice(['reports'], 'id', p.reports),
    ...twice(['support', 'severities'], 'id', p.support.severities),
    ...twice(['support', 'customers'], 'id', p.support.customers),
    ...twice(['support', 'services'], 'id', p.support.services),
    ...twice(['exclusions'], 'id', p.exclusions),
    ...twice(['remedies'], 'id', p.remedies),
    ...twice(['crm', 'fields'], 'value', p.crm.fields),
  ];
}

function twice<K extends string>(
  path: IssuePath,
  key: K,
  rows: readonly Record<K, string | number>[],
): PolicyIssue[] {
  const values = rows.map((row) => row[key]);
  return values.flatMap((value, i) => {
    const first = values.indexOf(value);
    return first === i ? [] : [wrong([...path, i, key], value, `given twice; entry ${first} has it already`)];
  });
}
