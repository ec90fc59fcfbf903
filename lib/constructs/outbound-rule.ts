/** A way out of the bus: a rule, and the address that gets what it matches. */
import { CfnResource, Duration, Stack } from 'aws-cdk-lib';
import {
  ApiDestination,
  type Authorization,
  Connection,
  type HttpMethod,
  Rule,
  type RuleTargetInput,
} from 'aws-cdk-lib/aws-events';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { ApiDestination as ApiDestinationTarget } from 'aws-cdk-lib/aws-events-targets';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EVENT_SOURCE, REDRIVE_SOURCE } from '../../core/events/schemas.ts';
import type { EnvironmentSettings } from '../environments.ts';
import { physicalName } from '../names.ts';

export interface Way {
  settings: EnvironmentSettings;
  bus: EventBus;
  undelivered: IQueue;
}

export interface OutboundRuleProps extends Way {
  description: string;
  detailType?: string[];
  detail?: Record<string, unknown>;
  authorization: Authorization;
  /** With `*` in place of each of `pathParameters`. */
  endpoint: string;
  httpMethod: HttpMethod;
  requestsPerSecond: number;
  /** Paths in the event, such as `$.detail.data.leadId`. */
  pathParameters?: string[];
  body: RuleTargetInput;
}

/** EventBridge tries again for this long and so often, the most that it does, before the event is put aside. */
const RETRY = { maxEventAge: Duration.hours(24), retryAttempts: 185 };

export class OutboundRule extends Construct {
  constructor(scope: Construct, id: string, props: OutboundRuleProps) {
    super(scope, id);
    const { settings, bus, description, detailType, detail } = props;
    const name = physicalName(settings.name, id.toLowerCase());
    const connection = new Connection(this, 'Connection', {
      connectionName: name,
      description,
      authorization: props.authorization,
    });
    const destination = new ApiDestination(this, 'Destination', {
      apiDestinationName: name,
      description,
      connection,
      endpoint: props.endpoint,
      httpMethod: props.httpMethod,
      rateLimitPerSecond: props.requestsPerSecond,
    });
    const { apiDestinationArn, apiDestinationArnForPolicy } = destination;
    // The same by its attributes: its class leaves one undefined, which the target's type does not take.
    const address = ApiDestination.fromApiDestinationAttributes(this, 'Address', {
      ...{ connection, apiDestinationArn },
      ...(apiDestinationArnForPolicy === undefined ? {} : { apiDestinationArnForPolicy }),
    });
    const target = new ApiDestinationTarget(address, {
      event: props.body,
      ...(props.pathParameters === undefined ? {} : { pathParameterValues: props.pathParameters }),
      deadLetterQueue: Queue.fromQueueArn(this, 'Undelivered', props.undelivered.queueArn),
      ...RETRY,
    });
    const rule = new Rule(this, 'Rule', {
      ruleName: name,
      description,
      eventBus: bus,
      eventPattern: {
        ...(detailType === undefined ? {} : { detailType }),
        ...(detail === undefined ? {} : { detail }),
      },
      targets: [target],
    });
    // What is published reaches every rule; what is sent again, only the rule that had lost it.
    const [resource] = rule.node.children.filter(CfnResource.isCfnResource);
    resource?.addPropertyOverride('EventPattern.$or', [
      { source: [EVENT_SOURCE] },
      { source: [REDRIVE_SOURCE], resources: [name, this.ruleArn(settings, name)] },
    ]);
  }

  /** From its name, for a rule cannot refer to itself. */
  private ruleArn(settings: EnvironmentSettings, name: string): string {
    return Stack.of(this).formatArn({
      service: 'events',
      resource: 'rule',
      resourceName: `${physicalName(settings.name, 'events')}/${name}`,
    });
  }
}
