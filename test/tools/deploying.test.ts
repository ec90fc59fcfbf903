import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { ENVIRONMENTS } from '../../lib/environments.ts';
import { deploy, NotReady, type Deployment } from '../../tools/deploying/deploy.ts';
import { destroy, KeepsData } from '../../tools/deploying/destroy.ts';
import { consoleLinks, firstLead } from '../../tools/deploying/first-lead.ts';
import { reachable } from '../../tools/shared/api.ts';
import { cdk, stacksOf } from '../../tools/shared/cdk.ts';
import { BadCommand, environmentNamed } from '../../tools/shared/environment.ts';

jest.mock('../../tools/shared/cdk.ts', () => ({
  ...jest.requireActual<object>('../../tools/shared/cdk.ts'),
  cdk: jest.fn(),
  synthesize: () =>
    Promise.resolve({ folder: 'assembly', stacks: ['lead-sla-dev-stateful', 'lead-sla-dev-service'] }),
}));
const ran = jest.mocked(cdk);
beforeEach(() => ran.mockReset());

test('an environment that does not exist is answered with those that do', () => {
  expect(() => environmentNamed('production')).toThrow(
    new BadCommand(
      'There is no environment "production". There are: dev, staging, prod, e2e. Each is a row of lib/environments.ts.',
    ),
  );
  expect(() => environmentNamed(undefined)).toThrow('Say which environment.');
});

describe('the stacks of an environment', () => {
  const stack = (environment: string, dependencies: string[] = []) => ({
    type: 'aws:cloudformation:stack',
    dependencies,
    properties: { tags: { environment, product: 'lead-sla' } },
  });
  const artifacts = {
    'lead-sla-dev-service': stack('dev', ['lead-sla-dev-stateful', 'lead-sla-dev-service.assets']),
    'lead-sla-dev-stateful': stack('dev', ['lead-sla-dev-stateful.assets']),
    'lead-sla-dev-2-service': stack('dev-2'),
    'lead-sla-dev-service.assets': { type: 'cdk:asset-manifest', properties: {} },
    Tree: { type: 'cdk:tree' },
  };

  test('are those with its tag, what others build on first', () => {
    expect(stacksOf({ artifacts }, 'dev')).toEqual(['lead-sla-dev-stateful', 'lead-sla-dev-service']);
  });

  test('are not those of one whose name begins alike', () => {
    expect(stacksOf({ artifacts }, 'dev-2')).toEqual(['lead-sla-dev-2-service']);
  });
});

describe('deploy', () => {
  test('does nothing while something required is missing, and says what', async () => {
    mockClient(STSClient).on(GetCallerIdentityCommand).rejects(new Error('expired'));
    const deploying = deploy('dev', { env: { AWS_REGION: 'us-east-1' } });
    await expect(deploying).rejects.toThrow(NotReady);
    await expect(deploying).rejects.toThrow('Credentials of the account');
    expect(ran).not.toHaveBeenCalled();
  });

  test('knows no way around missing credentials', async () => {
    mockClient(STSClient).on(GetCallerIdentityCommand).rejects(new Error('expired'));
    await expect(deploy('dev', { env: { AWS_REGION: 'us-east-1' }, force: true })).rejects.toThrow(NotReady);
  });
});

describe('destroy', () => {
  const keeping = ENVIRONMENTS.filter(({ keepData }) => keepData).map(({ name }) => name);

  test.each(keeping)('refuses %s, whatever is typed, and says what to do instead', async (name) => {
    const confirm = jest.fn(() => Promise.resolve(name));
    await expect(destroy(name, { confirm })).rejects.toThrow(KeepsData);
    await expect(destroy(name, { confirm })).rejects.toThrow('docs/deploy.md');
    expect(confirm).not.toHaveBeenCalled();
    expect(ran).not.toHaveBeenCalled();
  });

  test.each(['', 'y', 'yes', 'DEV', 'staging'])('does nothing when "%s" is typed for dev', async (typed) => {
    expect(await destroy('dev', { confirm: () => Promise.resolve(typed) })).toBe(false);
    expect(ran).not.toHaveBeenCalled();
  });

  test('removes exactly the stacks of the environment when its name is typed', async () => {
    expect(await destroy('dev', { confirm: () => Promise.resolve('dev\n') })).toBe(true);
    const [args] = ran.mock.calls[0]!;
    expect(args).toEqual([
      ...['destroy', '--app', 'assembly', '--force'],
      ...['lead-sla-dev-stateful', 'lead-sla-dev-service'],
    ]);
  });
});

describe('after the deployment', () => {
  const arn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:lead-sla-dev-mql-response';
  const deployed = {
    outputs: { ApiUrl: 'https://abc.execute-api.eu-west-1.amazonaws.com/v1/', ApiKeyId: 'k1' },
    resources: [
      { type: 'AWS::StepFunctions::StateMachine', id: arn },
      { type: 'AWS::CloudWatch::Dashboard', id: 'lead-sla-dev-business' },
    ],
  };

  test('the first lead can be posted by copying two lines', () => {
    const deployment: Deployment = {
      ...{
        settings: environmentNamed('dev'),
        account: '123456789012',
        region: 'eu-west-1',
        stacks: [],
        deployed,
      },
      ...{ outputsFile: 'dist/deploy/dev.json', left: [] },
    };
    const text = firstLead(deployment, '2026-11-20T15:00:00.000Z').join('\n');
    expect(text).toMatch(
      'KEY=$(aws apigateway get-api-key --region eu-west-1 --api-key k1 --include-value --query value --output text)',
    );
    const body = /-d '(.*)'/.exec(text)?.[1] ?? '';
    expect(JSON.parse(body)).toMatchObject({
      qualifiedAt: '2026-11-20T15:00:00.000Z',
      source: 'demo_request',
    });
    expect(text).toMatch(
      'curl -s https://abc.execute-api.eu-west-1.amazonaws.com/v1/leads -H "x-api-key: $KEY"',
    );
  });

  test('state machines and dashboards are a click away', () => {
    expect(consoleLinks(deployed, 'eu-west-1')).toEqual([
      `https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#/statemachines/view/${encodeURIComponent(arn)}`,
      'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/lead-sla-dev-business',
    ]);
  });

  test('the API of an emulator is found at its own address', () => {
    const url = deployed.outputs.ApiUrl;
    expect(reachable(url, undefined)).toBe(url);
    expect(reachable(url, 'http://localhost:4566/')).toBe(
      'http://localhost:4566/restapis/abc/v1/_user_request_',
    );
  });
});
