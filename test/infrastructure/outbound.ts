/** Slack and the CRM get what they are to get: our own events, through the rules as they are deployed. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { EVENT_SCHEMAS, REDRIVE_SOURCE } from '../../core/events/schemas.ts';
import { configOf } from '../../lambdas/shared/config.ts';
import { eventBridgePublisher } from '../../lambdas/shared/publisher.ts';
import type { EnvironmentSettings } from '../../lib/environments.ts';
import { type Fields, inputOf, type Json, matches, pathOf, type Target } from './event-bridge.ts';
import { ONE, OTHER } from './rows.ts';
import { type EnvironmentTemplates, properties, type Synthesized } from './synthesized.ts';

interface Rule {
  Name: string;
  EventPattern: Fields;
  Targets: [Target & { DeadLetterConfig: object; RetryPolicy: object }];
}

const at = '2026-11-20T15:09:05.000Z';
const crm = {
  slaStart: '2026-11-20T15:04:05.000Z',
  slaDue: at,
  slaStatus: 'breached',
  priority: 'hot',
  firstContact: null,
  attempts: 2,
  breachReason: 'No first contact until the deadline of "hot" leads.',
  revision: 7,
};
const breach = {
  leadId: 'lead-1',
  cycle: 1,
  crmSystem: 'salesforce',
  crmRecordId: '00Q5g00000ABCDE',
  clockId: 'mql.respond/1',
  commitment: 'mql.respond',
  rung: 'breach',
  ownerId: 'sam',
  dueAt: at,
  reason: 'No first contact until the deadline of "hot" leads.',
};

/** Replaces what is known when the stack is deployed. */
function resolved(value: unknown): Json {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value as Json;
  const { Ref, 'Fn::Join': join, ...rest } = value as { Ref?: string; 'Fn::Join'?: [string, unknown[]] };
  if (Ref !== undefined) return Ref;
  if (join !== undefined) return join[1].map((part) => resolved(part) as string).join(join[0]);
  return Object.fromEntries(Object.entries(rest).map(([key, each]) => [key, resolved(each)]));
}

function rulesOf(templates: EnvironmentTemplates): Map<string, Rule> {
  const rules = properties(templates.service, 'AWS::Events::Rule').map(
    (rule) => resolved(rule) as unknown as Rule,
  );
  return new Map(rules.map((rule) => [rule.Name.replace(/^lead-sla-(one|twelve-chars)-/, ''), rule]));
}

/** An event as it comes from the bus, published by a function with the variables of the template. */
async function published(
  templates: EnvironmentTemplates,
  detailType: keyof typeof EVENT_SCHEMAS,
  data: Record<string, unknown>,
): Promise<Fields> {
  const assign = properties(templates.service, 'AWS::Lambda::Function').find(({ FunctionName }) =>
    String(FunctionName).endsWith('-assign-owner'),
  );
  const { Variables } = resolved(assign!['Environment']) as { Variables: Record<string, string> };
  const fixed = { LEADS_TABLE: 'l', ROSTER_TABLE: 'r', EVENT_BUS_NAME: 'b', CONFIGURATION_SET: 'c' };
  const { OUTBOUND } = configOf({ ...Variables, ...fixed });
  const bus = mockClient(EventBridgeClient);
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  const publisher = eventBridgePublisher(new EventBridgeClient({}), 'b', { outbound: OUTBOUND });
  await publisher.publish(
    [{ kind: 'event', id: `lead-1/1/${detailType}`, detailType, at, data }],
    'request-7',
  );
  const entry = bus.commandCalls(PutEventsCommand)[0]!.args[0].input.Entries![0]!;
  bus.restore();
  return {
    source: entry.Source!,
    'detail-type': entry.DetailType!,
    resources: [],
    detail: JSON.parse(entry.Detail!) as Json,
  };
}

export function outboundPromises(synthesized: () => Synthesized): void {
  const one = (): EnvironmentTemplates => synthesized().environments.get(ONE.name)!;
  const other = (): EnvironmentTemplates => synthesized().environments.get(OTHER.name)!;
  const rule = (templates: EnvironmentTemplates, name: string): Rule => rulesOf(templates).get(name)!;

  describe('the way to Slack', () => {
    test('tells a fact that is listed in one sentence, without personal data', async () => {
      const { EventPattern, Targets } = rule(one(), 'slack');
      const event = await published(one(), 'SlaBreached', breach);
      expect(matches(EventPattern, event)).toBe(true);
      expect(JSON.parse(inputOf(Targets[0], event))).toEqual({
        channel: 'C0123456789',
        text:
          'Lead lead-1: the target was missed (mql.respond). Owner: sam. Due: 2026-11-20T15:09:05.000Z. ' +
          "Reason: No first contact until the deadline of 'hot' leads.",
      });
    });

    test('is not taken by other facts', async () => {
      const { EventPattern } = rule(one(), 'slack');
      expect(matches(EventPattern, await published(one(), 'SlaAtRisk', breach))).toBe(false);
    });

    test('takes a lead that nobody owns', async () => {
      const { EventPattern, Targets } = rule(one(), 'slack');
      const data = { leadId: 'lead-2', cycle: 1, poolId: 'emea', ownerId: null, reason: null };
      const event = await published(one(), 'NobodyAvailable', data);
      expect(matches(EventPattern, event)).toBe(true);
      const { text } = JSON.parse(inputOf(Targets[0], event)) as { text: string };
      expect(text).toBe('Lead lead-2: nobody is available to take the lead.');
    });
  });

  describe('the way to the CRM', () => {
    test('writes the seven values to the record of the lead, under the names of the CRM', async () => {
      const { EventPattern, Targets } = rule(one(), 'crm');
      const event = await published(one(), 'SlaBreached', { ...breach, crm });
      expect(matches(EventPattern, event)).toBe(true);
      expect(pathOf(Targets[0], event)).toEqual(['00Q5g00000ABCDE']);
      expect(JSON.parse(inputOf(Targets[0], event))).toEqual({
        SLA_Start__c: crm.slaStart,
        SLA_Due__c: crm.slaDue,
        SLA_Status__c: 'breached',
        SLA_Priority__c: 'hot',
        SLA_First_Contact__c: null,
        SLA_Attempts__c: 2,
        SLA_Breach_Reason__c: crm.breachReason,
      });
    });

    test('writes them in the form of another CRM', async () => {
      const { EventPattern, Targets } = rule(other(), 'crm');
      const event = await published(other(), 'CrmFieldsChanged', {
        ...breach,
        ...{ rung: null },
        crmSystem: 'hubspot',
        crm,
      });
      expect(matches(EventPattern, event)).toBe(true);
      expect(JSON.parse(inputOf(Targets[0], event))).toEqual({
        properties: expect.objectContaining({
          SLA_First_Contact__c: '',
          SLA_Status__c: 'breached',
        }) as unknown,
      });
    });

    test.each([
      ['events that carry no values', breach],
      ['leads of another CRM', { ...breach, crmSystem: 'hubspot', crm }],
    ])('is not taken by %s', async (_, data) => {
      const { EventPattern } = rule(one(), 'crm');
      expect(matches(EventPattern, await published(one(), 'SlaBreached', data))).toBe(false);
    });
  });

  describe.each([
    ['slack', 'crm'],
    ['crm', 'slack'],
  ])('the way to %s', (name, another) => {
    test('takes an event that is sent again to it, and none that is sent again to others', async () => {
      const { EventPattern } = rule(one(), name);
      const event = await published(one(), 'SlaBreached', { ...breach, crm });
      const again = (to: string): Fields => ({
        ...event,
        source: REDRIVE_SOURCE,
        resources: [
          `arn:AWS::Partition:events:AWS::Region:AWS::AccountId:rule/lead-sla-one-events/lead-sla-one-${to}`,
        ],
      });
      expect(matches(EventPattern, again(name))).toBe(true);
      expect(matches(EventPattern, again(another))).toBe(false);
      expect(matches(EventPattern, { ...event, source: 'somebody-else' })).toBe(false);
    });

    test('is tried for a day, and what is refused then is kept', () => {
      const [target] = rule(one(), name).Targets;
      expect(target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 });
      expect(JSON.stringify(target.DeadLetterConfig)).toContain('Undelivered');
    });
  });

  test.each<[string, EnvironmentSettings]>([
    ['with a token', OTHER],
    ['with an OAuth client', ONE],
  ])('secrets come from Secrets Manager, by their names: %s', (_, row) => {
    const connections = properties(
      synthesized().environments.get(row.name)!.service,
      'AWS::Events::Connection',
    );
    const secrets = connections.map(({ AuthParameters }) =>
      [...JSON.stringify(AuthParameters).matchAll(/"(ApiKeyValue|ClientSecret)":"([^"]*)"/g)].map(
        ([, , value]) => value,
      ),
    );
    expect(secrets.flat().sort()).toEqual(
      [row.crm!.tokenSecret, row.slack!.tokenSecret]
        .map((name) => `{{resolve:secretsmanager:${name}:SecretString:::}}`)
        .sort(),
    );
  });

  test('functions that publish nothing are told nothing of it', () => {
    const told = properties(one().service, 'AWS::Lambda::Function').filter(
      ({ Environment }) => 'OUTBOUND' in (Environment as { Variables: object }).Variables,
    );
    expect(told.length).toBeGreaterThan(5);
    expect(told.map(({ FunctionName }) => FunctionName)).not.toContain('lead-sla-one-get-lead');
  });
}
