/** The services as functions have them: real clients, made from the environment. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SESClient } from '@aws-sdk/client-ses';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { CompiledPolicy } from '../../core/policy/compiled.ts';
import { systemClock, type SystemClock } from './clock.ts';
import { configOf } from './config.ts';
import { documentClient } from './dynamo.ts';
import { stepFunctionsExecutions } from './executions.ts';
import { powertoolsLog } from './logger.ts';
import { sesMailer } from './mailer.ts';
import { emfMetrics } from './metrics.ts';
import { eventBridgePublisher } from './publisher.ts';
import type { Log, Metrics, Services } from './services.ts';
import { dynamoLeads } from './stores/leads.ts';
import { dynamoNotices } from './stores/notices.ts';
import { dynamoPools } from './stores/pools.ts';
import { dynamoRoster } from './stores/roster.ts';

export interface Overrides {
  clock?: SystemClock;
  /** Instead of the policy that was compiled into the bundle. */
  policy?: CompiledPolicy;
  log?: Log;
  /** Instead of lines on the standard output. */
  metrics?: Metrics;
}

/**
 * Makes the services. Endpoints, region and credentials are taken from `env` where it names them (it need not be the
 * process's own), else the SDK finds them in its usual way.
 * @throws Error that names the variables that are missing
 */
export async function servicesFromEnvironment(
  env: NodeJS.ProcessEnv,
  overrides: Overrides = {},
): Promise<Services> {
  const config = configOf(env);
  const policy = overrides.policy ?? (await import('#policy')).default;
  const clock = overrides.clock ?? systemClock;
  const tables = documentClient(new DynamoDBClient(clientOptions(env, 'DYNAMODB')));
  return {
    clock,
    policy,
    leads: dynamoLeads({ client: tables, table: config.LEADS_TABLE, policy, clock }),
    roster: dynamoRoster(tables, config.ROSTER_TABLE),
    pools: dynamoPools(tables, config.ROSTER_TABLE),
    notices: dynamoNotices(tables, config.LEADS_TABLE, policy),
    mailer: sesMailer(new SESClient(clientOptions(env, 'SES')), {
      from: config.MAIL_FROM,
      configurationSet: config.CONFIGURATION_SET,
    }),
    events: eventBridgePublisher(
      new EventBridgeClient(clientOptions(env, 'EVENTBRIDGE')),
      config.EVENT_BUS_NAME,
      { outbound: config.OUTBOUND },
    ),
    executions: stepFunctionsExecutions(new SFNClient(clientOptions(env, 'SFN')), {
      mqlResponseArn: config.MQL_RESPONSE_ARN,
      commitmentClockArn: config.COMMITMENT_CLOCK_ARN,
    }),
    log: overrides.log ?? powertoolsLog(),
    metrics: overrides.metrics ?? emfMetrics(config.ENVIRONMENT),
  };
}

/**
 * What all clients share. A call that hangs is given up and tried again well within a function's own timeout.
 * @param service as in `AWS_ENDPOINT_URL_<service>`
 */
function clientOptions(env: NodeJS.ProcessEnv, service: string) {
  const endpoint = env[`AWS_ENDPOINT_URL_${service}`] ?? env['AWS_ENDPOINT_URL'];
  const { AWS_REGION: region, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  const sessionToken = env['AWS_SESSION_TOKEN'];
  return {
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
    ...(accessKeyId !== undefined &&
      secretAccessKey !== undefined && {
        credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
      }),
  };
}
