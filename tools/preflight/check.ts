/** Everything that an environment lacks, in one list. */
import type { EnvironmentSettings } from '../../lib/environments.ts';
import { awsClients, type Aws } from '../shared/aws.ts';
import { deployedStacks, type Deployed } from '../shared/stacks.ts';
import { accountOf, bootstrapped, concurrency, type Account } from './account.ts';
import { type Check, type Finding } from './finding.ts';
import { alarmAddress, alarmConfirmed, sandbox, sender } from './mail.ts';
import { people, policy, secrets } from './project.ts';

export interface Preflight {
  /** Null if AWS does not say who we are. */
  account: Account | null;
  findings: Finding[];
  deployed: Deployed | null;
}

/** Checks that ask nobody. */
const AT_HOME: readonly Check[] = [policy, alarmAddress];
const IN_THE_ACCOUNT: readonly Check[] = [sender, sandbox, secrets, concurrency];
/** What can only be seen once the environment is there. */
const WHEN_DEPLOYED: readonly Check[] = [alarmConfirmed, people];

/** Looks at all that a deployment of the environment needs. Nothing is changed. */
export async function preflight(
  settings: EnvironmentSettings,
  aws: Aws = awsClients({ region: settings.region }),
): Promise<Preflight> {
  const { account, findings } = await accountOf(aws, settings);
  const look = async (checks: readonly Check[], deployed: Deployed | null): Promise<Finding[]> =>
    (await Promise.all(checks.map((check) => check({ settings, aws, deployed })))).flat();
  const atHome = await look(AT_HOME, null);
  // In another account than the environment's own there is nothing to be learned.
  if (account === null || findings.length > 0) {
    return { account, findings: [...findings, ...atHome], deployed: null };
  }
  const deployed = await deployedStacks(aws.cloudFormation, settings.name).catch(() => null);
  const there = await look([bootstrapped(account), ...IN_THE_ACCOUNT, ...WHEN_DEPLOYED], deployed);
  return { account, findings: [...atHome, ...there], deployed };
}

/** What is left to do once the environment is there. */
export async function afterDeploying(
  settings: EnvironmentSettings,
  aws: Aws,
  deployed: Deployed,
): Promise<Finding[]> {
  return (await Promise.all(WHEN_DEPLOYED.map((check) => check({ settings, aws, deployed })))).flat();
}

/** Whether a deployment can begin. */
export function isReady({ findings }: Preflight): boolean {
  return findings.every(({ level }) => level !== 'required');
}
