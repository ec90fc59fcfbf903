/** Alarms of the reconciler, which finishes what was accepted and then interrupted. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { RECONCILER } from '../../functions.ts';
import { physicalName } from '../../names.ts';
import { ownMetric } from '../metrics.ts';
import type { AlarmRow, Watched } from '../watched.ts';

const SILENT_MINUTES = 5;
/** Seconds; what fails half-way is finished within five minutes. */
const OLDEST_WAITING = 300;

export function reconcilerAlarms({ environment, links }: Watched): AlarmRow[] {
  const link = links.function(physicalName(environment, RECONCILER.folder));
  const minute = Duration.minutes(1);
  return [
    {
      id: 'reconciler-silent',
      severity: 'critical',
      impact:
        'What was accepted and then interrupted stays undone: mails, events and ladders may be missing.',
      runbook: 'the-reconciler-does-not-run',
      link,
      metric: ownMetric(environment, 'ReconcilerRuns', { period: minute }),
      threshold: 1,
      below: true,
      periods: SILENT_MINUTES,
      heartbeat: true,
      because: `It runs every minute; ${SILENT_MINUTES} minutes without a run that came to its end are an outage.`,
    },
    {
      id: 'reconciler-behind',
      severity: 'critical',
      impact: 'Accepted leads wait unfinished: without an owner, without a ladder, or without their mails.',
      runbook: 'the-reconciler-is-behind',
      link,
      metric: ownMetric(environment, 'OldestWaiting', { period: minute, statistic: Stats.MAXIMUM }),
      threshold: OLDEST_WAITING,
      periods: 3,
      because: 'What fails half-way is finished within 5 minutes; what has waited longer fails each time.',
    },
    {
      id: 'effects-owed',
      severity: 'high',
      impact:
        'Mails, events or executions cannot be performed at once; the reconciler performs them a minute later.',
      runbook: 'effects-stay-owed',
      link,
      metric: ownMetric(environment, 'EffectsLeftOwed'),
      threshold: 1,
      periods: 3,
      because: 'A hiccup of a service is over within a few minutes; 15 minutes in a row are not a hiccup.',
    },
  ];
}
