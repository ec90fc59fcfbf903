/** Runs the reconciler every minute. */
import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EnvironmentSettings } from '../environments.ts';
import { physicalName } from '../names.ts';

export class ReconcilerSchedule extends Construct {
  constructor(scope: Construct, settings: EnvironmentSettings, reconciler: Function) {
    super(scope, 'Schedule');
    const failedRuns = new Queue(this, 'FailedRuns', {
      queueName: physicalName(settings.name, 'reconcile-failed'),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(failedRuns).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This is itself the queue for runs that could not be delivered or have failed.',
    });
    // A run that fails is not repeated: the next one comes within a minute and finds the same work.
    reconciler.configureAsyncInvoke({
      retryAttempts: 0,
      maxEventAge: Duration.minutes(1),
      onFailure: new SqsDestination(failedRuns),
    });
    new Rule(this, 'EveryMinute', {
      ruleName: physicalName(settings.name, 'reconcile'),
      description: 'Finishes what a save owes and nobody has performed.',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [
        new LambdaFunction(reconciler, {
          deadLetterQueue: failedRuns,
          retryAttempts: 2,
          maxEventAge: Duration.minutes(1),
        }),
      ],
    });
  }
}
