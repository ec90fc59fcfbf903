/** What the settings of an environment name: its policy, its secrets, its people. */
import path from 'node:path';
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { issueText } from '../../core/policy/issue.ts';
import { PolicyError } from '../../core/policy/issue.ts';
import { loadPolicy } from '../../lib/policy/load.ts';
import { apiOf } from '../shared/api.ts';
import { PROJECT } from '../shared/cdk.ts';
import type { Aws } from '../shared/aws.ts';
import { looking, required, warning, type Check, type Finding } from './finding.ts';

/** Whether the policy can be enforced. */
export const policy: Check = async ({ settings: { policyFile } }) => {
  try {
    await loadPolicy(path.join(PROJECT, policyFile));
    return [];
  } catch (error) {
    const reasons =
      error instanceof PolicyError
        ? error.issues.map(issueText)
        : [error instanceof Error ? error.message : String(error)];
    return [
      required(
        `A policy without errors in ${policyFile}`,
        reasons.join('; '),
        `npm run policy -- check ${policyFile}`,
      ),
    ];
  }
};

/** Whether the secrets that the environment needs are there. Their values are not read. */
export const secrets: Check = looking(
  'the secrets',
  'secretsmanager:DescribeSecret',
  async ({ settings: { slack, crm }, aws }) => [
    ...(slack === undefined
      ? []
      : await secret(
          aws,
          slack.tokenSecret,
          'what the header Authorization of the Slack bot says (Bearer xoxb-…)',
        )),
    ...(crm === undefined
      ? []
      : await secret(aws, crm.tokenSecret, "the credentials of the CRM's integration user")),
  ],
);

async function secret({ secrets: client }: Aws, name: string, holds: string): Promise<Finding[]> {
  const why = `It holds ${holds}; the connection that uses it cannot be made without.`;
  try {
    const { DeletedDate } = await client.send(new DescribeSecretCommand({ SecretId: name }));
    if (DeletedDate === undefined) return [];
    return [
      required(
        `The secret ${name}, which is being deleted`,
        why,
        `aws secretsmanager restore-secret --secret-id ${name}`,
      ),
    ];
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error;
    return [
      required(
        `The secret ${name}`,
        why,
        `aws secretsmanager create-secret --name ${name} --secret-string file://FILE (and remove the file)`,
      ),
    ];
  }
}

/** Whether there is anybody to give leads to. */
export const people: Check = looking('the roster', 'apigateway:GET', async ({ settings, aws, deployed }) => {
  if (deployed === null) return [];
  const api = await apiOf(aws, deployed);
  if ((await api.people()).some(({ active }) => active)) return [];
  return [
    warning(
      'People on the roster',
      'A lead that comes in now has nobody to go to.',
      `npm run people -- ${settings.name} FILE.yaml (in the form of policy/people.yaml)`,
    ),
  ];
});
