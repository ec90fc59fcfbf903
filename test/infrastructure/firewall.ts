/** The API of an environment that has a firewall stands behind it; others have none. */
import type { EnvironmentSettings } from '../../lib/environments.ts';
import { type EnvironmentTemplates, properties, resources } from './synthesized.ts';

interface Rule {
  Name: string;
  Priority: number;
  Statement: {
    ManagedRuleGroupStatement?: {
      VendorName: string;
      RuleActionOverrides: { Name: string; ActionToUse: object }[];
    };
    RateBasedStatement?: { AggregateKeyType: string; Limit: number; EvaluationWindowSec: number };
  };
}

export function firewallPromises(settings: EnvironmentSettings, templates: () => EnvironmentTemplates): void {
  const service = (): EnvironmentTemplates['service'] => templates().service;
  const { firewall, requestsPerSecond } = settings.api;

  if (!firewall) {
    test('the API has no firewall, and pays for none', () => {
      expect(settings.name).not.toBe('prod');
      const { Resources } = service().toJSON() as { Resources: Record<string, { Type: string }> };
      expect(Object.values(Resources).filter(({ Type }) => Type.startsWith('AWS::WAFv2::'))).toEqual([]);
    });
    return;
  }

  const rules = (): Rule[] => properties(service(), 'AWS::WAFv2::WebACL')[0]!['Rules'] as Rule[];

  test('the stage of the API stands behind the firewall', () => {
    const [[acl]] = resources(service(), 'AWS::WAFv2::WebACL') as [[string, unknown]];
    const [[stage]] = resources(service(), 'AWS::ApiGateway::Stage') as [[string, unknown]];
    const [association, ...more] = properties(service(), 'AWS::WAFv2::WebACLAssociation');
    expect(more).toEqual([]);
    expect(association!['WebACLArn']).toEqual({ 'Fn::GetAtt': [acl, 'Arn'] });
    expect(JSON.stringify(association!['ResourceArn'])).toContain(`"/stages/",{"Ref":"${stage}"}`);
  });

  test('it knows addresses of ill repute, bad inputs and the common attacks', () => {
    expect(rules().map(({ Name }) => Name)).toEqual([
      'AWSManagedRulesAmazonIpReputationList',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesCommonRuleSet',
      'per-address',
    ]);
    expect(rules().map(({ Priority }) => Priority)).toEqual([0, 1, 2, 3]);
  });

  test('it refuses no lead for the size or the words of its body', () => {
    const counted = rules().flatMap(
      ({ Statement }) => Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? [],
    );
    expect(counted.map(({ Name }) => Name)).toEqual(
      expect.arrayContaining(['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'GenericRFI_BODY']),
    );
    for (const { ActionToUse } of counted) expect(ActionToUse).toEqual({ Count: {} });
  });

  test('one address may use what the whole API allows, and no more', () => {
    const { Statement } = rules().find(({ Name }) => Name === 'per-address')!;
    expect(Statement.RateBasedStatement).toEqual({
      AggregateKeyType: 'IP',
      Limit: requestsPerSecond * 60,
      EvaluationWindowSec: 60,
    });
  });

  test('its log holds what it has refused or counted, without keys, queries and bodies', () => {
    const [logging] = properties(service(), 'AWS::WAFv2::LoggingConfiguration');
    expect(logging!['RedactedFields']).toEqual([
      { SingleHeader: { Name: 'x-api-key' } },
      { QueryString: {} },
    ]);
    expect(logging!['LoggingFilter']).toMatchObject({ DefaultBehavior: 'DROP' });
    const [acl] = properties(service(), 'AWS::WAFv2::WebACL');
    const { DataProtections } = acl!['DataProtectionConfig'] as {
      DataProtections: { Action: string; Field: { FieldType: string } }[];
    };
    expect(DataProtections.map(({ Action, Field }) => `${Action} ${Field.FieldType}`)).toEqual([
      'SUBSTITUTION SINGLE_HEADER',
      'SUBSTITUTION QUERY_STRING',
      'SUBSTITUTION BODY',
    ]);
    const groups = properties(service(), 'AWS::Logs::LogGroup').map(({ LogGroupName }) =>
      String(LogGroupName),
    );
    expect(groups).toContain(`aws-waf-logs-lead-sla-${settings.name}-api`);
  });
}
