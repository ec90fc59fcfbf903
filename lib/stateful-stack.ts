/** What holds data: kept apart, so that the service can be replaced or deleted without touching it. */
import { CfnOutput, Duration, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ConfigurationSet, ConfigurationSetTlsPolicy, SuppressionReasons } from 'aws-cdk-lib/aws-ses';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { EVENT_SOURCE } from '../core/events/schemas.ts';
import { LEADS_TABLE, ROSTER_TABLE, type TableDescription } from '../lambdas/shared/tables.ts';
import { undeliveredQueue } from './constructs/undelivered.ts';
import type { EnvironmentSettings } from './environments.ts';
import { physicalName } from './names.ts';
import { removalPolicy } from './removal-policy.ts';

export interface StatefulStackProps extends StackProps {
  settings: EnvironmentSettings;
}

/** A table of this stack, or one that has been restored and stands in for it. */
export type NamedTable = Pick<Table, 'tableArn' | 'tableName'>;

export class StatefulStack extends Stack {
  readonly leads: NamedTable;
  readonly roster: NamedTable;
  readonly bus: EventBus;
  /** Events that a system outside did not take. */
  readonly undelivered: Queue;
  readonly configurationSet: ConfigurationSet;
  /** With which the addresses of people who are suppressed are hashed. */
  readonly suppressionKey: Secret;

  constructor(scope: Construct, id: string, props: StatefulStackProps) {
    super(scope, id, props);
    const { settings } = props;
    this.leads = this.table(LEADS_TABLE, settings, settings.restoredTables?.leads);
    this.roster = this.table(ROSTER_TABLE, settings, settings.restoredTables?.roster);
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: physicalName(settings.name, 'events'),
      description: 'Facts about leads and their commitments, source lead-sla.',
    });
    this.bus.applyRemovalPolicy(removalPolicy(settings));
    if (settings.eventArchiveDays !== undefined) {
      const archive = this.bus.archive('Archive', {
        archiveName: physicalName(settings.name, 'events'),
        description: 'For replaying events to a consumer that has missed them.',
        eventPattern: { source: [EVENT_SOURCE] },
        retention: Duration.days(settings.eventArchiveDays),
      });
      archive.applyRemovalPolicy(removalPolicy(settings));
    }
    this.undelivered = undeliveredQueue(this, settings);
    this.suppressionKey = this.secret(settings);
    this.configurationSet = new ConfigurationSet(this, 'Mail', {
      configurationSetName: physicalName(settings.name, 'mail'),
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    new CfnOutput(this, 'LeadsTableName', { value: this.leads.tableName });
    new CfnOutput(this, 'RosterTableName', { value: this.roster.tableName });
    new CfnOutput(this, 'EventBusName', { value: this.bus.eventBusName });
    new CfnOutput(this, 'UndeliveredQueueUrl', { value: this.undelivered.queueUrl });
    new CfnOutput(this, 'UndeliveredQueueArn', { value: this.undelivered.queueArn });
  }

  /** Made once and for all: who loses it, or makes another one, recognizes nobody who is suppressed. */
  private secret(settings: EnvironmentSettings): Secret {
    const secret = new Secret(this, 'SuppressionKey', {
      secretName: physicalName(settings.name, 'suppression-key'),
      description: `lead-sla ${settings.name}: key of the hashes by which suppressed people are known.`,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: removalPolicy(settings),
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Another key would change every hash, and with that end every suppression of a person: it is never rotated.',
    });
    return secret;
  }

  /** The table, which is there in any case; `restored` names the one that stands in for it. */
  private table(description: TableDescription, settings: EnvironmentSettings, restored?: string): NamedTable {
    const table = new Table(this, description.id, {
      partitionKey: { name: description.partitionKey, type: AttributeType.STRING },
      sortKey: { name: description.sortKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: settings.keepData,
      removalPolicy: removalPolicy(settings),
    });
    for (const index of description.indexes) {
      table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: { name: index.partitionKey, type: AttributeType.STRING },
        sortKey: { name: index.sortKey, type: AttributeType.STRING },
        projectionType: ProjectionType[index.projection],
      });
    }
    if (restored === undefined) return table;
    // The service stack still uses these exports while this stack is updated.
    this.exportValue(table.tableArn);
    this.exportValue(table.tableName);
    return Table.fromTableName(this, `Restored${description.id}`, restored);
  }
}
