/** Deploys the stacks of one environment, after a look at what it lacks. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ENVIRONMENTS, type EnvironmentSettings } from '../../lib/environments.ts';
import { afterDeploying, isReady, preflight } from '../preflight/check.ts';
import { findingLines, type Finding } from '../preflight/finding.ts';
import { awsClients } from '../shared/aws.ts';
import { cdk, DEPLOY_FOLDER, synthesize, type CdkOptions } from '../shared/cdk.ts';
import { environmentNamed } from '../shared/environment.ts';
import { deployedStacks, type Deployed } from '../shared/stacks.ts';

export interface DeployOptions extends CdkOptions {
  /** Asks for nothing: changes of permissions are taken as approved. */
  yes?: boolean | undefined;
  /** Which changes ask for approval, as `cdk deploy` takes it. */
  requireApproval?: string | undefined;
  /** Deploys although something required is missing. */
  force?: boolean | undefined;
  /** Rows that the environment may be of; those of lib/environments.ts if left out. */
  environments?: readonly EnvironmentSettings[] | undefined;
  /** Told what is found and what is done; nobody if left out. */
  say?: ((line: string) => void) | undefined;
}

export interface Deployment {
  settings: EnvironmentSettings;
  account: string;
  region: string;
  /** Names of the stacks, in the order in which they were deployed. */
  stacks: string[];
  deployed: Deployed;
  /** The outputs of each stack, as JSON. */
  outputsFile: string;
  /** What is left to do: people, confirmations. */
  left: Finding[];
}

/** Something required is missing; the message lists it. */
export class NotReady extends Error {
  override readonly name = 'NotReady';
}

/**
 * Deploys an environment: the check, the templates, then exactly its stacks, those that hold data first. Doing it
 * again without a change changes nothing.
 * @throws BadCommand for an unknown environment, NotReady if something required is missing and `force` is not given,
 *   CdkFailed if the deployment fails
 */
export async function deploy(environment: string, options: DeployOptions = {}): Promise<Deployment> {
  const { say = () => undefined, env } = options;
  const settings = environmentNamed(environment, options.environments ?? ENVIRONMENTS);
  const aws = awsClients({ region: settings.region, env });
  const checked = await preflight(settings, aws);
  const lines = findingLines(checked.findings);
  for (const line of lines) say(line);
  const { account } = checked;
  if (account === null || (!isReady(checked) && options.force !== true)) {
    const how = account === null ? '' : ' Deploy in spite of it with --force.';
    throw new NotReady(
      options.say === undefined ? lines.join('\n') : `Not deployed: something required is missing.${how}`,
    );
  }
  say(`Deploying ${environment} to account ${account.account}, ${account.region} …`);
  const { folder, stacks } = await synthesize(environment, options);
  await mkdir(DEPLOY_FOLDER, { recursive: true });
  const outputsFile = path.join(DEPLOY_FOLDER, `${environment}.json`);
  const approval = options.yes === true ? 'never' : options.requireApproval;
  await cdk(
    [
      ...['deploy', '--app', folder, '--outputs-file', outputsFile],
      ...(approval === undefined ? [] : ['--require-approval', approval]),
      ...stacks,
    ],
    options,
  );
  const deployed = await deployedStacks(aws.cloudFormation, environment);
  if (deployed === null) throw new Error(`CloudFormation knows no stack of ${environment}.`);
  const left = await afterDeploying(settings, aws, deployed);
  return { ...account, settings, stacks, deployed, outputsFile, left };
}
