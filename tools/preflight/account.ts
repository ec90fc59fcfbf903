/** Whose account it is, and whether CDK may deploy there. */
import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { EnvironmentSettings } from '../../lib/environments.ts';
import type { Aws } from '../shared/aws.ts';
import { looking, required, warning, type Check, type Finding } from './finding.ts';

/** Written by `cdk bootstrap`; every template asks for it before it is deployed. */
const BOOTSTRAP_VERSION = '/cdk-bootstrap/hnb659fds/version';
/** The least that our templates are content with. */
const LEAST_BOOTSTRAP = 6;
/** Functions that may run at once in an account; new accounts begin with ten. */
const LEAST_CONCURRENCY = 100;

export interface Account {
  account: string;
  region: string;
  /** ARN of whoever deploys. */
  caller: string;
}

/** Who deploys to where; or why that is not known or not right. */
export async function accountOf(
  { sts }: Aws,
  settings: EnvironmentSettings,
): Promise<{ account: Account | null; findings: Finding[] }> {
  let region: string;
  try {
    region = await sts.config.region();
  } catch {
    return {
      account: null,
      findings: [required('A region', 'Stacks are deployed to a region.', 'export AWS_REGION=us-east-1')],
    };
  }
  try {
    const { Account: account = '', Arn: caller = '' } = await sts.send(new GetCallerIdentityCommand({}));
    return { account: { account, region, caller }, findings: elsewhere(settings, account, region) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      account: null,
      findings: [
        required(
          'Credentials of the account',
          `AWS does not say who we are: ${reason}`,
          'aws sso login --profile PROFILE && export AWS_PROFILE=PROFILE (or export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)',
        ),
      ],
    };
  }
}

function elsewhere(settings: EnvironmentSettings, account: string, region: string): Finding[] {
  const found: Finding[] = [];
  const compare = (what: string, wanted: string | undefined, is: string, fix: string): void => {
    if (wanted === undefined || wanted === is) return;
    found.push(
      required(
        `The ${what} of ${settings.name}`,
        `It belongs to ${wanted}; the credentials are for ${is}.`,
        fix,
      ),
    );
  };
  compare('account', settings.account, account, 'export AWS_PROFILE=PROFILE of that account');
  compare('region', settings.region, region, `export AWS_REGION=${settings.region ?? ''}`);
  return found;
}

/** Whether the account is bootstrapped for CDK. */
export const bootstrapped = ({ account, region }: Account): Check =>
  looking('the bootstrap of CDK', 'ssm:GetParameter', async ({ aws }) => {
    const version = await bootstrapVersion(aws);
    if (version >= LEAST_BOOTSTRAP) return [];
    return [
      required(
        version === 0 ? 'The bootstrap of CDK' : 'A newer bootstrap of CDK',
        version === 0
          ? 'Bundles and templates are uploaded to a bucket, and deployed by roles, that it makes.'
          : `It has version ${version}; the templates ask for ${LEAST_BOOTSTRAP}.`,
        `npx cdk bootstrap aws://${account}/${region} (once for an account and region, by an administrator; see docs/deploy.md)`,
      ),
    ];
  });

async function bootstrapVersion({ ssm }: Aws): Promise<number> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: BOOTSTRAP_VERSION }));
    return Number(Parameter?.Value ?? 0);
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') return 0;
    throw error;
  }
}

/** Whether enough functions may run at once. */
export const concurrency: Check = looking(
  'how many functions may run at once',
  'lambda:GetAccountSettings',
  async ({ aws }) => {
    const { AccountLimit } = await aws.lambda.send(new GetAccountSettingsCommand({}));
    const limit = AccountLimit?.ConcurrentExecutions ?? 0;
    if (limit >= LEAST_CONCURRENCY) return [];
    return [
      warning(
        'Room for functions to run at once',
        `The account allows ${limit}. A burst of leads is then throttled: nothing is lost, but owners come late.`,
        'aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000',
      ),
    ];
  },
);
