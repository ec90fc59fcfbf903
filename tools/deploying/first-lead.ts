/** What to do with an environment that has just been deployed. */
import { sampleLead } from '../../local/sample-lead.ts';
import { findingLines } from '../preflight/finding.ts';
import { reachable } from '../shared/api.ts';
import { idsOf, type Deployed } from '../shared/stacks.ts';
import type { Deployment } from './deploy.ts';

/**
 * Lines for the terminal: where the API is, how to read its key, a first lead, where to look.
 * @param now ISO 8601; the first lead qualifies then
 * @param endpoint of an emulator, if it is one
 */
export function firstLead(deployment: Deployment, now: string, endpoint?: string): string[] {
  const { deployed, region, settings, left, outputsFile } = deployment;
  const url = reachable(deployed.outputs['ApiUrl'] ?? '', endpoint).replace(/\/+$/, '');
  const readKey = `aws apigateway get-api-key --region ${region} --api-key ${deployed.outputs['ApiKeyId'] ?? ''} --include-value --query value --output text`;
  return [
    '',
    `API       ${url}`,
    `Outputs   ${outputsFile}`,
    `Roster    npm run people -- ${settings.name} FILE.yaml`,
    '',
    'The first lead:',
    '',
    `  KEY=$(${readKey})`,
    `  curl -s ${url}/leads -H "x-api-key: $KEY" -H 'content-type: application/json' -d '${JSON.stringify(sampleLead(now, 'first-lead'))}'`,
    '',
    'Look at it:',
    '',
    ...consoleLinks(deployed, region).map((link) => `  ${link}`),
    ...(left.length === 0 ? [] : ['', ...findingLines(left)]),
  ];
}

/** The state machines and dashboards in the console of AWS. */
export function consoleLinks(deployed: Deployed, region: string): string[] {
  const base = `https://${region}.console.aws.amazon.com`;
  return [
    ...idsOf(deployed, 'AWS::StepFunctions::StateMachine').map(
      (arn) => `${base}/states/home?region=${region}#/statemachines/view/${encodeURIComponent(arn)}`,
    ),
    ...idsOf(deployed, 'AWS::CloudWatch::Dashboard').map(
      (name) => `${base}/cloudwatch/home?region=${region}#dashboards/dashboard/${encodeURIComponent(name)}`,
    ),
  ];
}
