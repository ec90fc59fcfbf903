/** What runs by the clock: the reconciler every minute, the settling of consequences every hour. */
import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { EnvironmentSettings } from '../environments.ts';
import { type FunctionSpec, RECONCILER, SETTLING } from '../functions.ts';
import { ScheduledRun } from './scheduled-run.ts';

/** @param make the function of a row */
export function addSchedules(
  scope: Construct,
  settings: EnvironmentSettings,
  make: (spec: FunctionSpec) => Function,
): void {
  new ScheduledRun(scope, 'Schedule', {
    ...{ settings, folder: RECONCILER.folder, function: make(RECONCILER), ruleId: 'EveryMinute' },
    description: 'Finishes what a save owes and nobody has performed.',
    schedule: Schedule.rate(Duration.minutes(1)),
    maxEventAge: Duration.minutes(1),
  });
  new ScheduledRun(scope, 'Settling', {
    ...{ settings, folder: SETTLING.folder, function: make(SETTLING), ruleId: 'EveryHour' },
    description: 'Opens what breaches of people call for, and takes back what they no longer do.',
    // What was due before the hour, at which a week may be over, has been judged by then.
    schedule: Schedule.cron({ minute: '5' }),
    maxEventAge: Duration.minutes(30),
  });
}
