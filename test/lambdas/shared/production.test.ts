import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { configOf } from '../../../lambdas/shared/config.ts';
import { servicesFromEnvironment } from '../../../lambdas/shared/production.ts';
import { smallPolicy } from '../support/sample.ts';

const env = {
  ENVIRONMENT: 'test',
  LEADS_TABLE: 'Leads',
  ROSTER_TABLE: 'Roster',
  EVENT_BUS_NAME: 'bus',
  MAIL_FROM: 'sla@seller.example',
  MQL_RESPONSE_ARN: 'arn:aws:states:eu-west-1:1:stateMachine:mql-response',
  COMMITMENT_CLOCK_ARN: 'arn:aws:states:eu-west-1:1:stateMachine:commitment-clock',
};

describe('the configuration', () => {
  it('names every variable that is missing, empty or wrong', () => {
    const { LEADS_TABLE, ...rest } = env;
    expect(LEADS_TABLE).toBeDefined();
    const broken = () => configOf({ ...rest, ROSTER_TABLE: '', MAIL_FROM: 'nobody' });
    expect(broken).toThrow(/LEADS_TABLE/);
    expect(broken).toThrow(/ROSTER_TABLE/);
    expect(broken).toThrow(/MAIL_FROM: must hold a mail address/);
  });

  it('does without a configuration set', () => {
    expect(configOf({ ...env, CONFIGURATION_SET: '' })).toEqual(env);
  });

  it('takes the secret of suppressed people, or where it is, but not both', () => {
    const arn = { SUPPRESSION_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:1:secret:key' };
    const secret = { SUPPRESSION_SECRET: 'a secret of some length' };
    expect(configOf({ ...env, ...arn, SUPPRESSION_SECRET: '' })).toEqual({ ...env, ...arn });
    expect(configOf({ ...env, ...secret })).toEqual({ ...env, ...secret });
    expect(() => configOf({ ...env, ...arn, ...secret })).toThrow(/SUPPRESSION_SECRET: must be left out/);
    expect(() => configOf({ ...env, SUPPRESSION_SECRET: 'short' })).toThrow(/SUPPRESSION_SECRET/);
    expect(() => configOf({ ...env, MX_LOOKUP: 'yes' })).toThrow(/MX_LOOKUP/);
  });

  it('takes what events carry outside as JSON, and refuses anything else by its name', () => {
    expect(configOf({ ...env, OUTBOUND: '{"facts":["SlaBreached"]}' }).OUTBOUND).toEqual({
      facts: ['SlaBreached'],
    });
    expect(() => configOf({ ...env, OUTBOUND: 'facts' })).toThrow(/OUTBOUND: must be JSON/);
    expect(() => configOf({ ...env, OUTBOUND: '{"crm":{"system":"salesforce"}}' })).toThrow(
      /OUTBOUND.crm.fields/,
    );
  });
});

describe('the services', () => {
  let server: Server;
  let url: string;
  const seen: { target: string | undefined; authorization: string | undefined }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const target = request.headers['x-amz-target'];
      seen.push({ target: target?.toString(), authorization: request.headers.authorization });
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('take endpoint, region and credentials from the environment that is given, not from the process', async () => {
    const given = {
      ...env,
      AWS_REGION: 'ap-south-1',
      AWS_ACCESS_KEY_ID: 'GIVEN',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL_DYNAMODB: url,
    };
    const { leads, executions, clock } = await servicesFromEnvironment(given, {
      policy: smallPolicy,
      clock: { now: () => 5 },
    });
    expect(await leads.get('lead-1')).toBeUndefined();
    expect(seen[0]?.target).toBe('DynamoDB_20120810.GetItem');
    expect(seen[0]?.authorization).toMatch(/Credential=GIVEN\/\d+\/ap-south-1\/dynamodb/);
    expect(executions.arn('mql-response', 'lead-1-1')).toBe(
      'arn:aws:states:eu-west-1:1:execution:mql-response:lead-1-1',
    );
    expect(clock.now()).toBe(5);
  });

  it('read the secret of suppressed people where they are told, and only when somebody is to be recognized', async () => {
    const given = {
      ...{ ...env, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'GIVEN', AWS_SECRET_ACCESS_KEY: 'secret' },
      ...{ AWS_ENDPOINT_URL: url, SUPPRESSION_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:1:secret:key' },
    };
    seen.length = 0;
    const { suppressions } = await servicesFromEnvironment(given, { policy: smallPolicy });
    expect(await suppressions.find({ domains: [] })).toEqual([]);
    expect(seen).toEqual([]);
    await expect(suppressions.find({ domains: ['rival.example'] })).rejects.toThrow(/SUPPRESSION_SECRET_ARN/);
    expect(seen.map(({ target }) => target)).toEqual(['secretsmanager.GetSecretValue']);
  });

  it('say which variable is missing when somebody is to be recognized without a secret', async () => {
    const { suppressions } = await servicesFromEnvironment(env, { policy: smallPolicy });
    await expect(suppressions.find({ domains: ['rival.example'] })).rejects.toThrow(/SUPPRESSION_SECRET_ARN/);
  });

  it('ask no name servers unless they are told to', async () => {
    const { mx } = await servicesFromEnvironment({ ...env, MX_LOOKUP: 'off' }, { policy: smallPolicy });
    expect(await mx('example.com')).toBe('unknown');
  });

  it('are refused without their variables', async () => {
    await expect(servicesFromEnvironment({}, { policy: smallPolicy })).rejects.toThrow(/EVENT_BUS_NAME/);
  });
});
