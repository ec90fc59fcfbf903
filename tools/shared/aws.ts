/** Clients of the account that the credentials point to, or of an emulator if AWS_ENDPOINT_URL says so. */
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient } from '@aws-sdk/client-ses';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';

export interface Aws {
  /** Where the services answer, if not at AWS. */
  endpoint: string | undefined;
  apiGateway: APIGatewayClient;
  cloudFormation: CloudFormationClient;
  events: EventBridgeClient;
  lambda: LambdaClient;
  secrets: SecretsManagerClient;
  ses: SESClient;
  sns: SNSClient;
  sqs: SQSClient;
  ssm: SSMClient;
  sts: STSClient;
}

export interface Whereabouts {
  /** Left out: where the environment variables or the profile say. */
  region?: string | undefined;
  /** Environment variables to take endpoint, region and keys from; the process's own if left out. */
  env?: NodeJS.ProcessEnv | undefined;
}

/** The clients. Nothing is sent, and nothing is asked for, before the first call of one of them. */
export function awsClients({ region, env = process.env }: Whereabouts = {}): Aws {
  const endpoint = env['AWS_ENDPOINT_URL'];
  const where = region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  const config = {
    ...(endpoint !== undefined && { endpoint }),
    ...(where !== undefined && { region: where }),
    ...(env !== process.env && keysOf(env)),
  };
  return {
    endpoint,
    apiGateway: new APIGatewayClient(config),
    cloudFormation: new CloudFormationClient(config),
    events: new EventBridgeClient(config),
    lambda: new LambdaClient(config),
    secrets: new SecretsManagerClient(config),
    ses: new SESClient(config),
    sns: new SNSClient(config),
    sqs: new SQSClient(config),
    ssm: new SSMClient(config),
    sts: new STSClient(config),
  };
}

/** The SDK looks into the process's own variables alone, so those of another environment are handed to it. */
function keysOf(env: NodeJS.ProcessEnv) {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  const sessionToken = env['AWS_SESSION_TOKEN'];
  if (accessKeyId === undefined || secretAccessKey === undefined) return {};
  return {
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
  };
}

/** Whether AWS said that the caller may not do this. */
export function isForbidden(error: unknown): boolean {
  return (
    error instanceof Error && /^(AccessDenied|UnauthorizedOperation|AuthorizationError)/.test(error.name)
  );
}
