/** The services as functions have them: real clients, made from the environment. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SFNClient } from '@aws-sdk/client-sfn';
import { wallMs } from '../../core/calendar/index.ts';
import type { CompiledPolicy } from '../../core/policy/compiled.ts';
import { systemClock, type SystemClock } from './clock.ts';
import { configOf, type Config } from './config.ts';
import { documentClient } from './dynamo.ts';
import { stepFunctionsExecutions } from './executions.ts';
import { keyedHash, secretOf, type Secret } from './keyed-hash.ts';
import { powertoolsLog } from './logger.ts';
import { sesMailer } from './mailer.ts';
import { emfMetrics } from './metrics.ts';
import { mxCache, mxLookup, type MxLookup } from './mx.ts';
import { eventBridgePublisher } from './publisher.ts';
import type { Log, Metrics, Services } from './services.ts';
import { dynamoConsequences } from './stores/consequences.ts';
import { dynamoLeads } from './stores/leads.ts';
import { dynamoNotices } from './stores/notices.ts';
import { dynamoOutages } from './stores/outages.ts';
import { dynamoPools } from './stores/pools.ts';
import { dynamoRoster } from './stores/roster.ts';
import { dynamoSuppressions } from './stores/suppressions.ts';
import { dynamoTickets } from './stores/tickets.ts';

/** How long a container believes what name servers said, and of how many domains. */
const MX_KEPT_MS = 3_600_000;
const MX_KEPT = 1000;

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
  const subjects = { client: tables, table: config.LEADS_TABLE, policy, clock };
  return {
    clock,
    policy,
    leads: dynamoLeads(subjects),
    tickets: dynamoTickets(subjects),
    outages: dynamoOutages(tables, config.LEADS_TABLE),
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
    suppressions: dynamoSuppressions(tables, config.LEADS_TABLE, keyedHash(secretFrom(env, config))),
    consequences: dynamoConsequences(tables, config.LEADS_TABLE, policy),
    mx: config.MX_LOOKUP === 'on' ? askingNameServers(policy, clock) : () => Promise.resolve('unknown'),
    log: overrides.log ?? powertoolsLog(),
    metrics: overrides.metrics ?? emfMetrics(config.ENVIRONMENT),
  };
}

function secretFrom(env: NodeJS.ProcessEnv, config: Config): Secret {
  const { SUPPRESSION_SECRET: secret, SUPPRESSION_SECRET_ARN: arn } = config;
  if (secret !== undefined) return () => Promise.resolve(secret);
  if (arn !== undefined)
    return secretOf(new SecretsManagerClient(clientOptions(env, 'SECRETS_MANAGER')), arn);
  const missing =
    'neither SUPPRESSION_SECRET_ARN nor SUPPRESSION_SECRET is set: suppressed people cannot be recognized';
  return () => Promise.reject(new Error(missing));
}

function askingNameServers({ mqlGate }: CompiledPolicy, clock: SystemClock): MxLookup {
  const timeoutMs = wallMs(mqlGate.email.lookUpWithin);
  return mxLookup({ timeoutMs, cache: mxCache(clock, MX_KEPT_MS, MX_KEPT) });
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
