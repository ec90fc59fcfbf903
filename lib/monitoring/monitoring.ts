/** What operators see of an environment: alarms, the topic that tells them, and two dashboards. */
import type { Stack } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { EnvironmentSettings } from '../environments.ts';
import type { StatefulStack } from '../stateful-stack.ts';
import { SlaAlarm } from './alarm.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { apiAlarms } from './alarms/api.ts';
import { executionAlarms } from './alarms/executions.ts';
import { functionAlarms } from './alarms/functions.ts';
import { leadAlarms } from './alarms/leads.ts';
import { reconcilerAlarms } from './alarms/reconciler.ts';
import { serviceAlarms } from './alarms/services.ts';
import { settlingAlarms } from './alarms/settling.ts';
import { businessDashboard } from './dashboards/business.ts';
import { techniqueDashboard } from './dashboards/technique.ts';
import { watch } from './watch.ts';

export interface MonitoringProps {
  settings: EnvironmentSettings;
  stateful: StatefulStack;
}

export class Monitoring extends Construct {
  readonly alarms: readonly SlaAlarm[];

  /** Made last: it watches what it finds in the stacks. */
  constructor(scope: Stack, { settings, stateful }: MonitoringProps) {
    super(scope, 'Monitoring');
    const watched = watch(scope, stateful, settings);
    const { topic } = new AlarmTopic(this, settings);
    const rows = [
      ...leadAlarms(watched),
      ...apiAlarms(watched),
      ...reconcilerAlarms(watched),
      ...settlingAlarms(watched),
      ...executionAlarms(watched),
      ...functionAlarms(watched),
      ...serviceAlarms(watched),
    ];
    const made = rows.filter(
      ({ metric }) => settings.plainAlarmsOnly !== true || !(metric instanceof MathExpression),
    );
    const around = { environment: settings.name, topic };
    this.alarms = made.map(({ id, ...row }) => new SlaAlarm(this, id, around, row));
    businessDashboard(this, watched, this.alarms);
    techniqueDashboard(this, watched, this.alarms);
  }
}
