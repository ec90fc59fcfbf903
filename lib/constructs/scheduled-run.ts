/** Runs a function by the clock, and keeps the runs that have failed. */
import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, type Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EnvironmentSettings } from '../environments.ts';
import { physicalName } from '../names.ts';

export interface ScheduledRunProps {
  settings: EnvironmentSettings;
  /** The folder of the function; the rule is called by it, and so is the queue of failed runs. */
  folder: string;
  function: Function;
  /** The id of the rule within this construct. */
  ruleId: string;
  description: string;
  schedule: Schedule;
  /** After this a run is given up: the next one finds the same work. */
  maxEventAge: Duration;
}

export class ScheduledRun extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledRunProps) {
    super(scope, id);
    const { settings, folder, maxEventAge } = props;
    const failedRuns = new Queue(this, 'FailedRuns', {
      queueName: physicalName(settings.name, `${folder}-failed`),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(failedRuns).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This is itself the queue for runs that could not be delivered or have failed.',
    });
    // A run that fails is not repeated: the next one comes by itself and finds the same work.
    props.function.configureAsyncInvoke({
      retryAttempts: 0,
      maxEventAge,
      onFailure: new SqsDestination(failedRuns),
    });
    new Rule(this, props.ruleId, {
      ruleName: physicalName(settings.name, folder),
      description: props.description,
      schedule: props.schedule,
      targets: [
        new LambdaFunction(props.function, { deadLetterQueue: failedRuns, retryAttempts: 2, maxEventAge }),
      ],
    });
  }
}
