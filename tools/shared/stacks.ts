/** What is deployed of an environment, as CloudFormation knows it. */
import { DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import type { CloudFormationClient, StackResourceSummary } from '@aws-sdk/client-cloudformation';

export interface Deployed {
  /** Of all stacks, by the name of the output. */
  outputs: Readonly<Record<string, string>>;
  resources: readonly DeployedResource[];
}

export interface DeployedResource {
  /** Such as `AWS::SNS::Topic`. */
  type: string;
  /** Its name, ARN or URL, whichever CloudFormation takes for its physical id. */
  id: string;
}

/**
 * Reads the stacks of an environment, which carry it in their tags.
 * @returns null if there is none
 */
export async function deployedStacks(
  client: CloudFormationClient,
  environment: string,
): Promise<Deployed | null> {
  const outputs: Record<string, string> = {};
  const resources: DeployedResource[] = [];
  const names = await stackNames(client, environment, outputs);
  for (const name of names) resources.push(...(await resourcesOf(client, name)));
  return names.length === 0 ? null : { outputs, resources };
}

/** The physical ids of the deployed resources of a type. */
export function idsOf({ resources }: Deployed, type: string): string[] {
  return resources.filter((resource) => resource.type === type).map(({ id }) => id);
}

async function stackNames(
  client: CloudFormationClient,
  environment: string,
  outputs: Record<string, string>,
): Promise<string[]> {
  const names: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new DescribeStacksCommand({ NextToken }));
    for (const { StackName = '', StackStatus, Tags = [], Outputs = [] } of page.Stacks ?? []) {
      if (StackStatus === 'DELETE_COMPLETE') continue;
      const tagged = (key: string, value: string): boolean =>
        Tags.some((tag) => tag.Key === key && tag.Value === value);
      if (!tagged('product', 'lead-sla') || !tagged('environment', environment)) continue;
      names.push(StackName);
      for (const { OutputKey, OutputValue } of Outputs) {
        if (OutputKey !== undefined && OutputValue !== undefined) outputs[OutputKey] = OutputValue;
      }
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return names;
}

async function resourcesOf(client: CloudFormationClient, StackName: string): Promise<DeployedResource[]> {
  const found: StackResourceSummary[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListStackResourcesCommand({ StackName, NextToken }));
    found.push(...(page.StackResourceSummaries ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found.flatMap(({ ResourceType: type, PhysicalResourceId: id }) =>
    type === undefined || id === undefined ? [] : [{ type, id }],
  );
}

/** The stacks of an environment that has to be there. @throws Error if nothing of it is deployed */
export async function stacksThatAreThere(
  client: CloudFormationClient,
  environment: string,
): Promise<Deployed> {
  const deployed = await deployedStacks(client, environment);
  if (deployed !== null) return deployed;
  throw new Error(
    `Nothing of ${environment} is deployed in this account and region: npm run deploy -- ${environment}`,
  );
}
