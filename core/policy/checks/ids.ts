/** Identifiers that are given twice. */
import type { IssuePath, PolicyIssue } from '../issue.ts';
import type { Policy } from '../schema.ts';
import { wrong } from './finding.ts';

export function checkIds(policy: Policy): PolicyIssue[] {
  const p = policy;
  return [
    ...twice(
      ['calendars'],
      'id',
      p.calendars.map((row) => row.id),
    ),
    ...twice(
      ['territories'],
      'id',
      p.territories.map((row) => row.id),
    ),
    ...twice(
      ['sources'],
      'id',
      p.sources.map((row) => row.id),
    ),
    ...twice(
      ['segments'],
      'id',
      p.segments.map((row) => row.id),
    ),
    ...twice(
      ['tiers'],
      'tier',
      p.tiers.map((row) => row.tier),
    ),
    ...twice(
      ['priorities'],
      'id',
      p.priorities.map((row) => row.id),
    ),
    ...twice(
      ['pools'],
      'id',
      p.pools.map((row) => row.id),
    ),
    ...twice(
      ['commitments'],
      'id',
      p.commitments.map((row) => row.id),
    ),
    ...p.commitments.flatMap((row, i) =>
      twice(
        ['commitments', i, 'rungs'],
        'rung',
        row.rungs.map(({ rung }) => rung),
      ),
    ),
    ...twice(
      ['scoring', 'acts'],
      'id',
      p.scoring.acts.map((row) => row.id),
    ),
    ...twice(
      ['scoring', 'decay'],
      'id',
      p.scoring.decay.map((row) => row.id),
    ),
    ...twice(
      ['signalRules'],
      'id',
      p.signalRules.map((row) => row.id),
    ),
    ...twice(
      ['rejections'],
      'code',
      p.rejections.map((row) => row.code),
    ),
    ...twice(
      ['aeRejections'],
      'code',
      p.aeRejections.map((row) => row.code),
    ),
    ...twice(
      ['cadence', 'touches'],
      'touch',
      p.cadence.touches.map((row) => row.touch),
    ),
    ...twice(
      ['cadence', 'missed'],
      'touches',
      p.cadence.missed.map((row) => row.touches),
    ),
    ...twice(
      ['sqlGate', 'meddpic'],
      'element',
      p.sqlGate.meddpic.map((row) => row.element),
    ),
    ...twice(
      ['stages'],
      'stage',
      p.stages.map((row) => row.stage),
    ),
    ...twice(
      ['stages'],
      'id',
      p.stages.map((row) => row.id),
    ),
    ...twice(
      ['opportunityTriggers'],
      'id',
      p.opportunityTriggers.map((row) => row.id),
    ),
    ...twice(
      ['meetings'],
      'id',
      p.meetings.map((row) => row.id),
    ),
    ...twice(
      ['dispositions'],
      'id',
      p.dispositions.map((row) => row.id),
    ),
    ...twice(
      ['recycling'],
      'id',
      p.recycling.map((row) => row.id),
    ),
    ...twice(
      ['complianceBands'],
      'id',
      p.complianceBands.map((row) => row.id),
    ),
    ...twice(
      ['metrics'],
      'id',
      p.metrics.map((row) => row.id),
    ),
    ...twice(
      ['figures'],
      'id',
      p.figures.map((row) => row.id),
    ),
    ...twice(
      ['reports'],
      'id',
      p.reports.map((row) => row.id),
    ),
    ...twice(
      ['support', 'severities'],
      'id',
      p.support.severities.map((row) => row.id),
    ),
    ...twice(
      ['support', 'customers'],
      'id',
      p.support.customers.map((row) => row.id),
    ),
    ...twice(
      ['support', 'services'],
      'id',
      p.support.services.map((row) => row.id),
    ),
    ...twice(
      ['exclusions'],
      'id',
      p.exclusions.map((row) => row.id),
    ),
    ...twice(
      ['remedies'],
      'id',
      p.remedies.map((row) => row.id),
    ),
    ...twice(
      ['crm', 'fields'],
      'value',
      p.crm.fields.map((row) => row.value),
    ),
  ];
}

function twice(path: IssuePath, key: string, values: readonly (string | number)[]): PolicyIssue[] {
  return values.flatMap((value, i) => {
    const first = values.indexOf(value);
    return first === i ? [] : [wrong([...path, i, key], value, `given twice; entry ${first} has it already`)];
  });
}
