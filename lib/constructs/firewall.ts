/** A firewall (AWS WAF) before a stage of the API. What it refuses and what it only counts: decision 0015. */
import { Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { PROBLEM_BASE } from '../../lambdas/shared/problem.ts';
import type { EnvironmentSettings } from '../environments.ts';
import { physicalName } from '../names.ts';
import { removalPolicy } from '../removal-policy.ts';

interface ManagedRules {
  name: string;
  /** Rules that count instead of refusing. */
  counted: readonly string[];
}

/** In the order in which they are asked; AWS keeps them up to date. */
const MANAGED: readonly ManagedRules[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList', counted: [] },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet', counted: [] },
  {
    name: 'AWSManagedRulesCommonRuleSet',
    // A lead must not be lost for its size (8 kB would be the limit), for markup or an address in what a prospect has
    // typed, or for a dialler that sends no User-Agent. The functions check each field and never render it unescaped.
    counted: ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'GenericRFI_BODY', 'NoUserAgent_HEADER'],
  },
];

const WINDOW_SECONDS = 60;
const TOO_MANY = 'too-many-requests';

export class Firewall extends Construct {
  constructor(scope: Construct, settings: EnvironmentSettings, api: RestApi) {
    super(scope, 'Firewall');
    const name = physicalName(settings.name, 'api');
    const acl = new CfnWebACL(this, 'WebAcl', {
      name,
      description: `What may reach the API of lead-sla ${settings.name}.`,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('all'),
      customResponseBodies: { [TOO_MANY]: { contentType: 'APPLICATION_JSON', content: tooMany() } },
      rules: [...MANAGED.map(managed), perAddress(settings, MANAGED.length)],
      dataProtectionConfig: { dataProtections: PROTECTED },
    });
    new CfnWebACLAssociation(this, 'Association', {
      webAclArn: acl.attrArn,
      resourceArn: api.deploymentStage.stageArn,
    });
    const logs = new LogGroup(this, 'Logs', {
      // AWS WAF writes to no group whose name begins otherwise.
      logGroupName: `aws-waf-logs-${name}`,
      retention: settings.logRetention,
      removalPolicy: removalPolicy(settings),
    });
    new CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [
        Stack.of(this).formatArn({ service: 'logs', resource: `log-group:${logs.logGroupName}` }),
      ],
      redactedFields: [{ singleHeader: { Name: 'x-api-key' } }, { queryString: {} }],
      loggingFilter: REFUSED_OR_COUNTED,
    });
  }
}

/** In logs and in the samples of the console; a body could be quoted where a rule has matched it. */
const PROTECTED: CfnWebACL.DataProtectProperty[] = [
  { field: { fieldType: 'SINGLE_HEADER', fieldKeys: ['x-api-key'] }, action: 'SUBSTITUTION' },
  { field: { fieldType: 'QUERY_STRING' }, action: 'SUBSTITUTION' },
  { field: { fieldType: 'BODY' }, action: 'SUBSTITUTION' },
];

const REFUSED_OR_COUNTED = {
  DefaultBehavior: 'DROP',
  Filters: [
    {
      Behavior: 'KEEP',
      Requirement: 'MEETS_ANY',
      Conditions: ['BLOCK', 'COUNT', 'EXCLUDED_AS_COUNT'].map((Action) => ({ ActionCondition: { Action } })),
    },
  ],
};

function managed({ name, counted }: ManagedRules, priority: number): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      },
    },
    visibilityConfig: visibility(name),
  };
}

/** One address alone may not use more than the whole API allows; a CRM that sends from one address still may use all. */
function perAddress({ api }: EnvironmentSettings, priority: number): CfnWebACL.RuleProperty {
  return {
    name: 'per-address',
    priority,
    action: { block: { customResponse: { responseCode: 429, customResponseBodyKey: TOO_MANY } } },
    statement: {
      rateBasedStatement: {
        aggregateKeyType: 'IP',
        evaluationWindowSec: WINDOW_SECONDS,
        limit: api.requestsPerSecond * WINDOW_SECONDS,
      },
    },
    visibilityConfig: visibility('per-address'),
  };
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}

/** 429, so that a caller tries again. The firewall can only call it JSON, not a problem. */
function tooMany(): string {
  const title = 'Too many requests';
  return JSON.stringify({
    type: PROBLEM_BASE + TOO_MANY,
    title,
    status: 429,
    detail: 'Try again in a minute.',
  });
}
