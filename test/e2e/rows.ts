/** Environments that only a test has, deployed by the very functions behind `npm run deploy` and `npm run destroy`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { VerifyDomainIdentityCommand } from '@aws-sdk/client-ses';
import { ListExecutionsCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { systemClock } from '../../lambdas/shared/clock.ts';
import { ENVIRONMENTS, type EnvironmentSettings } from '../../lib/environments.ts';
import { loadPeople } from '../../lib/policy/people.ts';
import { deploy, type Deployment } from '../../tools/deploying/deploy.ts';
import { destroy } from '../../tools/deploying/destroy.ts';
import { putPeople } from '../../tools/people/put-people.ts';
import { domainOf } from '../../tools/preflight/finding.ts';
import { type Api, apiOf } from '../../tools/shared/api.ts';
import { PROJECT } from '../../tools/shared/cdk.ts';
import { deployedStacks } from '../../tools/shared/stacks.ts';
import { clientsAt, environmentOf, REGION } from './aws.ts';

const OUT = path.join(PROJECT, 'dist', 'e2e');
const PEOPLE = path.join(PROJECT, 'test', 'acceptance', 'people.yaml');
const BATCH_OF_EXECUTIONS = 1000;

/** A deployed environment and its API. */
export interface Live extends Pick<Deployment, 'settings' | 'region' | 'deployed'> {
  api: Api;
}

/** The row of `e2e` with the policy of the acceptance suite. */
export function e2eRow(change: Partial<EnvironmentSettings> = {}): EnvironmentSettings {
  const row = ENVIRONMENTS.find(({ name }) => name === 'e2e');
  if (row === undefined) throw new Error('lib/environments.ts has no environment e2e');
  return { ...row, policyFile: 'policy/e2e.yaml', ...change };
}

/** Deploys one of the rows; all of them are in the app. */
export async function deployRow(
  endpoint: string,
  rows: readonly EnvironmentSettings[],
  name: string,
): Promise<Live & Deployment> {
  const aws = clientsAt(endpoint);
  for (const { sender } of rows) {
    await aws.ses.send(new VerifyDomainIdentityCommand({ Domain: domainOf(sender) }));
  }
  const deployment = await deploy(name, { ...optionsFor(endpoint, rows), yes: true });
  return { ...deployment, api: await apiOf(aws, deployment.deployed) };
}

/** The environment of a row as it is deployed; deploys it if it is not there yet. */
export async function liveRow(endpoint: string, settings: EnvironmentSettings): Promise<Live> {
  const aws = clientsAt(endpoint);
  const deployed = await deployedStacks(aws.cloudFormation, settings.name);
  if (deployed === null) return deployRow(endpoint, [settings], settings.name);
  return { settings, region: REGION, deployed, api: await apiOf(aws, deployed) };
}

/** Destroys one of the rows. */
export async function destroyRow(
  endpoint: string,
  rows: readonly EnvironmentSettings[],
  name: string,
): Promise<void> {
  await destroy(name, { ...optionsFor(endpoint, rows), confirm: () => Promise.resolve(name) });
}

function optionsFor(endpoint: string, rows: readonly EnvironmentSettings[]) {
  mkdirSync(OUT, { recursive: true });
  const file = path.join(OUT, 'rows.json');
  writeFileSync(file, JSON.stringify(rows));
  return {
    env: environmentOf(endpoint),
    environments: rows,
    app: `node test/e2e/rows-app.ts ${file}`,
    quiet: true,
  };
}

/**
 * The people of the acceptance suite, and two more who work for this partner alone. Their managers differ, so that each
 * is told once when a lead goes from one to the other.
 */
export async function peopleFor(api: Api, partner: string): Promise<void> {
  const people = await loadPeople(PEOPLE);
  const sdr = people.find(({ role, partners }) => role === 'sdr' && partners.length > 0);
  if (sdr === undefined) throw new Error('the acceptance suite has no SDR who works for a partner');
  const own = ['mia', 'mel'].map((managerId) => ({
    ...sdr,
    ...{
      personId: `${partner}-of-${managerId}`,
      name: `One of ${managerId}`,
      managerId,
      partners: [partner],
    },
    email: `${partner}.of.${managerId}@acceptance.example.com`,
  }));
  const { refused } = await putPeople(api, [...people, ...own]);
  if (refused.length > 0) throw new Error(refused.map(({ reason }) => reason).join('\n'));
}

/** The request for a lead of a partner that qualifies now. */
export function request(recordId: string, partner: string, source: string): object {
  return {
    crm: { system: 'salesforce', recordId },
    qualifiedAt: new Date(systemClock.now()).toISOString(),
    source,
    contact: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', country: 'US', region: 'MA' },
    company: { name: recordId },
    partner: { id: partner },
  };
}

/** Looks until it is so. @throws Error that says what did not come */
export async function eventually(what: string, seconds: number, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    if (await isSo()) return;
    await sleep(500);
  }
  throw new Error(`${what}: not within ${seconds} s`);
}

/** Name and status of every execution of a state machine. */
export async function executionsOf(sfn: SFNClient, stateMachineArn: string) {
  const { executions = [] } = await sfn.send(
    new ListExecutionsCommand({ stateMachineArn, maxResults: BATCH_OF_EXECUTIONS }),
  );
  return executions.map(({ name = '', status = '' }) => ({ name, status }));
}
