import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import {
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
} from '@aws-sdk/client-ses';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { ENVIRONMENTS, type CrmSettings, type EnvironmentSettings } from '../../lib/environments.ts';
import { isReady, preflight } from '../../tools/preflight/check.ts';
import { findingLines, isPlaceholder } from '../../tools/preflight/finding.ts';
import { awsClients } from '../../tools/shared/aws.ts';

const row = (name: string): EnvironmentSettings => ENVIRONMENTS.find((settings) => settings.name === name)!;
/** As prod has to be before it can be deployed. */
const READY: EnvironmentSettings = { ...row('prod'), sender: 'sla@acme.test', alarmEmail: 'ops@acme.test' };
const SLACK = { channel: 'C1', tokenSecret: 'lead-sla/slack', facts: [] };
const CRM = { system: 'salesforce', tokenSecret: 'lead-sla/crm' } as unknown as CrmSettings;
const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:lead-sla-prod-alarms';

const cloudFormation = mockClient(CloudFormationClient);
const apiGateway = mockClient(APIGatewayClient);
const lambda = mockClient(LambdaClient);
const secrets = mockClient(SecretsManagerClient);
const ses = mockClient(SESClient);
const sns = mockClient(SNSClient);
const ssm = mockClient(SSMClient);
const sts = mockClient(STSClient);

/** Of no account and no emulator that the variables of this process may name. */
const clients = () => awsClients({ region: 'eu-west-1', env: {} });

const named = (name: string): Error => Object.assign(new Error(`${name}!`), { name });
const quota = (mails: number) => ses.on(GetSendQuotaCommand).resolves({ Max24HourSend: mails });
const verified = (...identities: string[]) =>
  ses.on(GetIdentityVerificationAttributesCommand).resolves({
    VerificationAttributes: Object.fromEntries(
      identities.map((identity) => [identity, { VerificationStatus: 'Success' as const }]),
    ),
  });

/** An account where everything is as it should be, and nothing is deployed yet. */
beforeEach(() => {
  for (const mock of [cloudFormation, apiGateway, lambda, secrets, ses, sns, ssm, sts]) mock.reset();
  sts
    .on(GetCallerIdentityCommand)
    .resolves({ Account: '123456789012', Arn: 'arn:aws:iam::123456789012:role/deployer' });
  ssm.on(GetParameterCommand).resolves({ Parameter: { Value: '30' } });
  verified('acme.test');
  quota(50_000);
  secrets.on(DescribeSecretCommand).resolves({});
  lambda.on(GetAccountSettingsCommand).resolves({ AccountLimit: { ConcurrentExecutions: 1000 } });
  cloudFormation.on(DescribeStacksCommand).resolves({ Stacks: [] });
});

/** `required What is missing`, one for each finding. */
async function found(settings: EnvironmentSettings): Promise<string[]> {
  const { findings } = await preflight(settings, clients());
  return findings.map(({ level, what }) => `${level} ${what}`);
}

test('an account that has everything lacks nothing', async () => {
  const result = await preflight(READY, clients());
  expect(result).toMatchObject({ findings: [], deployed: null });
  expect(result.account).toMatchObject({ account: '123456789012', region: 'eu-west-1' });
  expect(isReady(result)).toBe(true);
});

test('everything that is missing is told at once, each with what puts it right', async () => {
  ssm.on(GetParameterCommand).rejects(named('ParameterNotFound'));
  verified();
  quota(200);
  secrets.on(DescribeSecretCommand).rejects(named('ResourceNotFoundException'));
  lambda.on(GetAccountSettingsCommand).resolves({ AccountLimit: { ConcurrentExecutions: 10 } });
  const settings = { ...READY, slack: SLACK, crm: CRM, policyFile: 'policy/nowhere.yaml' };
  const result = await preflight(settings, clients());
  expect(result.findings.map(({ level, what }) => `${level} ${what}`).sort()).toEqual([
    'required A policy without errors in policy/nowhere.yaml',
    'required SES out of its sandbox',
    'required The bootstrap of CDK',
    'required The domain acme.test as a verified identity of SES',
    'required The secret lead-sla/crm',
    'required The secret lead-sla/slack',
    'warning Room for functions to run at once',
  ]);
  expect(isReady(result)).toBe(false);
  const text = findingLines(result.findings).join('\n');
  expect(text).toMatch('npx cdk bootstrap aws://123456789012/eu-west-1');
  expect(text).toMatch('aws sesv2 create-email-identity --email-identity acme.test');
  expect(text.indexOf('Missing:')).toBeLessThan(text.indexOf('Worth knowing:'));
});

describe('credentials', () => {
  test('without them the rest of the account is not asked, and what needs none is told all the same', async () => {
    sts.on(GetCallerIdentityCommand).rejects(named('CredentialsProviderError'));
    const silent = { ...READY };
    delete silent.alarmEmail;
    expect(await found(silent)).toEqual(['required Credentials of the account', 'required An alarm address']);
    expect(ses.calls()).toHaveLength(0);
  });

  test.each([
    ['account', { account: '999999999999' }],
    ['region', { region: 'us-east-1' }],
  ])('of another %s than that of the environment are refused', async (what, change) => {
    const settings = { ...READY, ...change };
    const { findings } = await preflight(settings, clients());
    expect(findings.map((finding) => finding.what)).toEqual([`The ${what} of prod`]);
  });
});

describe('mails', () => {
  test.each([
    ['the domain is verified', ['acme.test'], []],
    ['nothing is', [], ['required The domain acme.test as a verified identity of SES']],
    // The functions may send as the domain alone.
    ['the address is', ['sla@acme.test'], ['required The domain acme.test as a verified identity of SES']],
  ])('when %s', async (_, identities, expected) => {
    verified(...identities);
    expect(await found(READY)).toEqual(expected);
  });

  test('a sender of the examples cannot be that of an environment that keeps data', async () => {
    expect(await found({ ...READY, sender: 'sla@example.com' })).toEqual([
      'required A sender in place of sla@example.com',
    ]);
  });

  test('the sandbox is a warning where data is not kept', async () => {
    quota(200);
    expect(await found({ ...READY, keepData: false })).toEqual(['warning SES out of its sandbox']);
  });

  test.each([
    ['sla@example.com', true],
    ['sla@dev.example.org', true],
    ['example.net', true],
    ['a@b.example', true],
    ['sla@acme.com', false],
    ['sla@myexample.com', false],
    ['sla@example.com.acme.io', false],
  ])('%s is a placeholder: %s', (address, expected) => expect(isPlaceholder(address)).toBe(expected));
});

test('the shipped prod row is told to get a sender and an alarm address of its own', async () => {
  expect(await found(row('prod'))).toEqual([
    'required An alarm address in place of lead-sla-alarms@example.com, which nobody reads',
    'required A sender in place of sla@example.com',
  ]);
});

describe('secrets', () => {
  test('are looked up by name, and never read', async () => {
    expect(await found({ ...READY, slack: SLACK, crm: CRM })).toEqual([]);
    const names = secrets.commandCalls(DescribeSecretCommand).map(({ args }) => args[0].input.SecretId);
    expect(names).toEqual(['lead-sla/slack', 'lead-sla/crm']);
    expect(secrets.commandCalls(GetSecretValueCommand)).toHaveLength(0);
  });

  test('one that is being deleted counts as missing', async () => {
    secrets.on(DescribeSecretCommand).resolves({ DeletedDate: new Date(0) });
    expect(await found({ ...READY, slack: SLACK })).toEqual([
      'required The secret lead-sla/slack, which is being deleted',
    ]);
  });
});

test('what may not be looked at is a warning that names the permission', async () => {
  ses.on(GetSendQuotaCommand).rejects(named('AccessDenied'));
  const { findings } = await preflight(READY, clients());
  expect(findings).toEqual([
    expect.objectContaining({ level: 'warning', fix: expect.stringContaining('ses:GetSendQuota') as string }),
  ]);
});

describe('what is deployed', () => {
  beforeEach(() => {
    const Tags = [
      { Key: 'product', Value: 'lead-sla' },
      { Key: 'environment', Value: 'prod' },
    ];
    const Outputs = [
      { OutputKey: 'ApiUrl', OutputValue: 'https://abc.execute-api.eu-west-1.amazonaws.com/v1/' },
      { OutputKey: 'ApiKeyId', OutputValue: 'k1' },
    ];
    const common = { CreationTime: new Date(0), StackStatus: 'CREATE_COMPLETE' as const };
    cloudFormation.on(DescribeStacksCommand).resolves({
      Stacks: [
        { ...common, StackName: 'lead-sla-prod-service', Tags, Outputs },
        // Somebody else's, and another environment's whose name begins alike.
        { ...common, StackName: 'other', Tags: [] },
        {
          ...common,
          StackName: 'lead-sla-prod-2-service',
          Tags: [Tags[0]!, { Key: 'environment', Value: 'prod-2' }],
        },
      ],
    });
    cloudFormation.on(ListStackResourcesCommand, { StackName: 'lead-sla-prod-service' }).resolves({
      StackResourceSummaries: [
        {
          ...{ LogicalResourceId: 'Topic', ResourceType: 'AWS::SNS::Topic', PhysicalResourceId: TOPIC },
          ...{ LastUpdatedTimestamp: new Date(0), ResourceStatus: 'CREATE_COMPLETE' },
        },
      ],
    });
    apiGateway.on(GetApiKeyCommand).resolves({ value: 'secret' });
  });

  const answering = (people: unknown[]): jest.SpyInstance =>
    jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(JSON.stringify({ people })));
  const subscribed = (SubscriptionArn: string) =>
    sns
      .on(ListSubscriptionsByTopicCommand, { TopicArn: TOPIC })
      .resolves({ Subscriptions: [{ Endpoint: 'ops@acme.test', SubscriptionArn }] });
  afterEach(() => jest.restoreAllMocks());

  test('without a confirmed alarm address and without people is not ready for leads', async () => {
    subscribed('PendingConfirmation');
    const fetch = answering([]);
    expect(await found(READY)).toEqual([
      'warning The confirmation of ops@acme.test',
      'warning People on the roster',
    ]);
    const headers = { 'x-api-key': 'secret', 'content-type': 'application/json' };
    const url = 'https://abc.execute-api.eu-west-1.amazonaws.com/v1/people';
    expect(fetch).toHaveBeenCalledWith(url, { method: 'GET', headers });
  });

  test('with both lacks nothing', async () => {
    subscribed(`${TOPIC}:1`);
    const lists = { territories: [], segments: [], verticals: [], partners: [], availability: [] };
    const who = { personId: 'sam', name: 'Sam', email: 'sam@acme.test', role: 'sdr', managerId: null };
    const when = { timeZone: 'Europe/Berlin', calendar: 'business', weight: 1, openLeadCap: null };
    answering([{ ...lists, ...who, ...when, onCall: false, active: true }]);
    expect(await found(READY)).toEqual([]);
  });
});
