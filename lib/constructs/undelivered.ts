/** Where EventBridge puts events that a system outside did not take; `npm run redrive` sends them again. */
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { EnvironmentSettings } from '../environments.ts';
import { physicalName } from '../names.ts';
import { removalPolicy } from '../removal-policy.ts';

/** A queue for the rules on this bus. They are of another stack, so that they are allowed by the pattern of their names. */
export function undeliveredQueue(scope: Construct, settings: EnvironmentSettings): Queue {
  const queue = new Queue(scope, 'Undelivered', {
    queueName: physicalName(settings.name, 'undelivered'),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    removalPolicy: removalPolicy(settings),
  });
  Validations.of(queue).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason: 'This is itself the queue for events that could not be delivered.',
  });
  const bus = physicalName(settings.name, 'events');
  const rules = Stack.of(scope).formatArn({
    service: 'events',
    resource: 'rule',
    resourceName: `${bus}/${physicalName(settings.name, '*')}`,
  });
  queue.addToResourcePolicy(
    new PolicyStatement({
      sid: 'RulesOfThisEnvironment',
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnLike: { 'aws:SourceArn': rules } },
    }),
  );
  return queue;
}
