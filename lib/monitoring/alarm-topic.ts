/** Where alarms are told: a topic that CloudWatch alone may publish to, encrypted, with a mail to whoever keeps the environment alive. */
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { EnvironmentSettings } from '../environments.ts';
import { physicalName } from '../names.ts';

export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, { name, alarmEmail }: EnvironmentSettings) {
    super(scope, 'Alarms');
    const { account } = Stack.of(this);
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
    const ofThisAccount = { StringEquals: { 'aws:SourceAccount': account } };
    // A key of our own: the one that AWS keeps for SNS does not let alarms in.
    const key = new Key(this, 'Key', {
      description: `lead-sla ${name}: alarms on their way to the operators.`,
      enableKeyRotation: true,
      pendingWindow: Duration.days(7),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: ofThisAccount,
      }),
    );
    this.topic = new Topic(this, 'Topic', {
      topicName: physicalName(name, 'alarms'),
      displayName: physicalName(name, 'alarms'),
      masterKey: key,
      enforceSSL: true,
    });
    // The topic's own policy replaces the usual one, by which alarms of the account would be let in.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: ofThisAccount,
      }),
    );
    if (alarmEmail !== undefined) this.topic.addSubscription(new EmailSubscription(alarmEmail));
  }
}
