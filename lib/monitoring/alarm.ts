/** An alarm that says what it means: it cannot be made without severity, impact, runbook section and console link. */
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { physicalName } from '../names.ts';

/**
 * - `critical`: leads are being lost or nobody is being told. A mail when it begins and when it ends.
 * - `high`: the product mends itself or a part of it is at risk; somebody has to look today. A mail when it begins.
 * - `low`: to be seen on the technique dashboard alone, no mail. Missing data leave it as it is.
 */
export type Severity = 'critical' | 'high' | 'low';

/** Where the alarms' sections are. */
export const RUNBOOK = 'docs/runbook.md';
/** CloudWatch takes 1024 characters; what stands for region and account may become longer than it is here. */
const LONGEST_DESCRIPTION = 900;

export interface AlarmProps {
  severity: Severity;
  /** What goes wrong for whom while this alarm is on, in a sentence. */
  impact: string;
  /** The anchor of the section in the runbook that says how to look and what to do. */
  runbook: string;
  /** The page of the console on which to begin. */
  link: string;
  metric: IMetric;
  /** The alarm goes off at this value; for `below`, beneath it. */
  threshold: number;
  /** Why this value, in a sentence. */
  because: string;
  below?: true;
  /** Periods in a row; 1 if left out. */
  periods?: number;
  /** A metric that has to be there: silence is the trouble. Otherwise no data means that nothing has happened. */
  heartbeat?: true;
}

/** What all alarms of an environment share. */
export interface AlarmSurroundings {
  environment: string;
  topic: ITopic;
}

export class SlaAlarm extends Alarm {
  readonly severity: Severity;

  /** @throws Error if impact or reason are no sentences, or the description becomes too long */
  constructor(scope: Construct, id: string, { environment, topic }: AlarmSurroundings, props: AlarmProps) {
    const { severity, threshold, periods = 1 } = props;
    super(scope, id, {
      alarmName: physicalName(environment, `${severity}-${id}`),
      alarmDescription: description(id, props),
      metric: props.metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator:
        props.below === true
          ? ComparisonOperator.LESS_THAN_THRESHOLD
          : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missingData(props),
    });
    this.severity = severity;
    if (severity !== 'low') this.addAlarmAction(new SnsAction(topic));
    if (severity === 'critical') this.addOkAction(new SnsAction(topic));
  }
}

function missingData({ severity, heartbeat }: AlarmProps): TreatMissingData {
  if (heartbeat === true) return TreatMissingData.BREACHING;
  return severity === 'low' ? TreatMissingData.IGNORE : TreatMissingData.NOT_BREACHING;
}

function description(id: string, { severity, impact, because, runbook, link }: AlarmProps): string {
  for (const sentence of [impact, because]) {
    if (!/^[A-Z0-9].{19,}\.$/s.test(sentence))
      throw new Error(`The alarm ${id} needs a sentence: "${sentence}"`);
  }
  const text = [
    `Severity: ${severity}.`,
    `Impact: ${impact}`,
    `Threshold: ${because}`,
    `Runbook: ${RUNBOOK}#${runbook}`,
    `Console: ${link}`,
  ].join('\n');
  if (text.length > LONGEST_DESCRIPTION) throw new Error(`The description of the alarm ${id} is too long.`);
  return text;
}
