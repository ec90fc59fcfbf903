/** The way to the emulator, for command lines and for clients: nothing of this process's own account gets there. */
import { SFNClient } from '@aws-sdk/client-sfn';
import { type Aws, awsClients } from '../../tools/shared/aws.ts';

export const REGION = 'us-east-1';
const CREDENTIALS = { accessKeyId: 'emulator', secretAccessKey: 'emulator' };

/** What a client of a service is made with. */
export function clientOptions(endpoint: string) {
  return { endpoint, region: REGION, credentials: CREDENTIALS };
}

/** The environment variables of a command line that works on the emulator. */
export function environmentOf(endpoint: string): NodeJS.ProcessEnv {
  return {
    ...withoutAws(process.env),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
  };
}

/** Credentials, profiles and endpoints of a real account must never reach a test. */
export function withoutAws(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(AWS|CDK)_/.test(name)));
}

/** The clients of the tools, and one for executions. */
export function clientsAt(endpoint: string): Aws & { sfn: SFNClient } {
  return { ...awsClients({ env: environmentOf(endpoint) }), sfn: new SFNClient(clientOptions(endpoint)) };
}
