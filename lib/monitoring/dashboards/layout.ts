/** How the dashboards are laid out: a row of widgets, three to a row, and a text that says where to read on. */
import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type HorizontalAnnotation,
  type IAlarm,
  type IMetric,
  TextWidget,
  type YAxisProps,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { physicalName } from '../../names.ts';
import { RUNBOOK } from '../alarm.ts';

const FULL_WIDTH = 24;
const THIRD = 8;
const HEIGHT = 6;

export interface Panel {
  title: string;
  metrics: IMetric[];
  /** A line across the panel. */
  bound?: HorizontalAnnotation;
  axis?: YAxisProps;
}

export interface DashboardProps {
  environment: string;
  name: 'business' | 'technique';
  /** What it is for, in a sentence. */
  text: string;
  alarms: IAlarm[];
  panels: Panel[];
}

export function addDashboard(scope: Construct, props: DashboardProps): Dashboard {
  const { environment, name, text, alarms, panels } = props;
  const dashboardName = physicalName(environment, name);
  const dashboard = new Dashboard(scope, name, { dashboardName, defaultInterval: Duration.days(1) });
  const heading = `# lead-sla ${environment}: ${name}\n${text} What the alarms mean and what to do: \`${RUNBOOK}\` in the repository.`;
  dashboard.addWidgets(new TextWidget({ markdown: heading, width: FULL_WIDTH, height: 2 }));
  dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms, width: FULL_WIDTH, height: 4 }));
  for (let from = 0; from < panels.length; from += FULL_WIDTH / THIRD) {
    dashboard.addWidgets(...panels.slice(from, from + FULL_WIDTH / THIRD).map(graph));
  }
  return dashboard;
}

function graph({ title, metrics, bound, axis = { min: 0 } }: Panel): GraphWidget {
  return new GraphWidget({
    title,
    left: metrics,
    leftYAxis: axis,
    ...(bound !== undefined && { leftAnnotations: [bound] }),
    width: THIRD,
    height: HEIGHT,
  });
}
