/** Slack and the CRM, each if the environment has it. Events carry what they are sent (decision 0012). */
import { SecretValue } from 'aws-cdk-lib';
import {
  Authorization,
  EventField,
  HttpMethod,
  HttpParameter,
  RuleTargetInput,
} from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { CrmSettings, SlackSettings } from '../environments.ts';
import { OutboundRule, type Way } from './outbound-rule.ts';

/** Slack takes about one message a second for a channel. */
const SLACK_PER_SECOND = 1;
/** HubSpot's limit is 100 in 10 seconds for an app; Salesforce limits what a day may bring. */
const CRM_PER_SECOND = 10;

/** The environment variable of the functions that publish; none where nothing leaves. */
export function outboundVariable(
  slack: SlackSettings | undefined,
  crm: CrmSettings | undefined,
): { OUTBOUND?: string } {
  if (slack === undefined && crm === undefined) return {};
  const facts = slack === undefined ? {} : { facts: slack.facts };
  return { OUTBOUND: JSON.stringify({ ...facts, ...(crm === undefined ? {} : { crm: namesOf(crm) }) }) };
}

function namesOf({ system, under, fields, revision, noValue }: CrmSettings): object {
  return { system, under, fields, revision, noValue };
}

/** Makes the rules of the environment. */
export function addOutbound(scope: Construct, way: Way): void {
  const { slack, crm } = way.settings;
  if (slack !== undefined) toSlack(scope, way, slack);
  if (crm !== undefined) toCrm(scope, way, crm);
}

function toSlack(scope: Construct, way: Way, { channel, facts, tokenSecret }: SlackSettings): void {
  new OutboundRule(scope, 'Slack', {
    ...way,
    description: 'Tells facts in a Slack channel.',
    detailType: [...facts],
    detail: { outbound: { sentence: [{ exists: true }] } },
    authorization: Authorization.apiKey('Authorization', SecretValue.secretsManager(tokenSecret)),
    endpoint: 'https://slack.com/api/chat.postMessage',
    httpMethod: HttpMethod.POST,
    requestsPerSecond: SLACK_PER_SECOND,
    body: RuleTargetInput.fromObject({ channel, text: EventField.fromPath('$.detail.outbound.sentence') }),
  });
}

function toCrm(scope: Construct, way: Way, crm: CrmSettings): void {
  new OutboundRule(scope, 'Crm', {
    ...way,
    description: 'Writes the SLA fields of a lead back to the CRM.',
    detail: {
      data: { crmSystem: [crm.system] },
      outbound: { crm: { recordId: [{ exists: true }] } },
    },
    authorization: crmAuthorization(crm),
    endpoint: crm.endpoint,
    httpMethod: HttpMethod[crm.method],
    requestsPerSecond: CRM_PER_SECOND,
    pathParameters: ['$.detail.outbound.crm.recordId'],
    body: RuleTargetInput.fromEventPath('$.detail.outbound.crm.body'),
  });
}

function crmAuthorization({ oauth, tokenSecret }: CrmSettings): Authorization {
  const secret = SecretValue.secretsManager(tokenSecret);
  if (oauth === undefined) return Authorization.apiKey('Authorization', secret);
  return Authorization.oauth({
    authorizationEndpoint: oauth.tokenEndpoint,
    httpMethod: HttpMethod.POST,
    clientId: oauth.clientId,
    clientSecret: secret,
    bodyParameters: { grant_type: HttpParameter.fromString('client_credentials') },
  });
}
