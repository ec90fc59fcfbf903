/** Alarms of the settling of consequences, which opens what breaches of people call for. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { SETTLING } from '../../functions.ts';
import { physicalName } from '../../names.ts';
import { ownMetric } from '../metrics.ts';
import type { AlarmRow, Watched } from '../watched.ts';

const SILENT_HOURS = 3;

export function settlingAlarms({ environment, links }: Watched): AlarmRow[] {
  const link = links.function(physicalName(environment, SETTLING.folder));
  const hour = Duration.hours(1);
  const common = { severity: 'high', runbook: 'consequences-are-not-settled', link } as const;
  return [
    {
      ...common,
      id: 'settling-silent',
      impact: 'Managers are not told of what breaches call for, nor of what is no longer called for.',
      metric: ownMetric(environment, 'SettlingRuns', { period: hour }),
      threshold: 1,
      below: true,
      periods: SILENT_HOURS,
      heartbeat: true,
      because: `It runs every hour and makes good what was missed; ${SILENT_HOURS} hours without a run have a cause.`,
    },
    {
      ...common,
      id: 'settling-owes',
      impact: 'Events or mails about what is open about people have not left since hours ago.',
      metric: ownMetric(environment, 'ItemEffectsOwed', { period: hour, statistic: Stats.MAXIMUM }),
      threshold: 1,
      periods: SILENT_HOURS,
      because: 'Each run performs what the one before left owed; what is left three times fails each time.',
    },
    {
      ...common,
      id: 'settling-slow',
      severity: 'low',
      impact: 'Reading all leads takes long; beyond its time a run ends without having settled anything.',
      metric: ownMetric(environment, 'SettlingTime', { period: hour, statistic: Stats.MAXIMUM }),
      threshold: (SETTLING.timeoutSeconds * 1000) / 2,
      because: 'Half of the time that the function has leaves months to act while the leads become more.',
    },
  ];
}
