/** The app as the tests look at it: bundled and synthesized once for all of them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { leadSlaApp } from '../../lib/app.ts';
import { type BundleSizes, bundleAll } from '../../lib/bundle.ts';
import { ENVIRONMENTS, type EnvironmentSettings } from '../../lib/environments.ts';
import { findingsIn } from '../../lib/findings.ts';

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export interface EnvironmentTemplates {
  stateful: Template;
  service: Template;
}

export interface Synthesized {
  sizes: Record<string, BundleSizes>;
  environments: Map<string, EnvironmentTemplates>;
  /** What nobody has acknowledged, of CloudFormation Validate and of cdk-nag. */
  findings: string[];
}

/** The flags with which the command line runs the app. */
const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };

/** Bundles the functions and synthesizes all environments with the AwsSolutions rules. */
export async function synthesize(): Promise<Synthesized> {
  const sizes = await bundleAll();
  const { templates, findings } = withFindings((outdir) => leadSlaApp({ outdir, context }));
  const environments = new Map(
    ENVIRONMENTS.map(({ name }) => [
      name,
      {
        stateful: templates.get(`lead-sla-${name}-stateful`)!,
        service: templates.get(`lead-sla-${name}-service`)!,
      },
    ]),
  );
  return { sizes, environments, findings };
}

/** Synthesizes an app with the AwsSolutions rules: its templates, and what the rules and CloudFormation Validate say. */
export function withFindings(make: (outdir: string) => App): {
  templates: Map<string, Template>;
  findings: string[];
} {
  const outdir = mkdtempSync(path.join(tmpdir(), 'lead-sla-assembly-'));
  const silent = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    const app = make(outdir);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    const refused = failureOf(() => app.synth());
    const findings = findingsIn(outdir);
    if (refused !== undefined && findings.length === 0) throw refused;
    const templates = new Map(
      app.node.children.filter(Stack.isStack).map((stack) => {
        const text = readFileSync(path.join(outdir, stack.templateFile), 'utf8');
        return [stack.stackName, Template.fromJSON(JSON.parse(text) as Record<string, unknown>)];
      }),
    );
    return { templates, findings };
  } finally {
    silent.mockRestore();
    rmSync(outdir, { recursive: true, force: true });
  }
}

function failureOf(run: () => unknown): Error | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** The resources of a type, by logical id. */
export function resources(template: Template, type: string): [string, Resource][] {
  return Object.entries(template.findResources(type)) as [string, Resource][];
}

/** The properties of the resources of a type. */
export function properties(template: Template, type: string): Record<string, unknown>[] {
  return resources(template, type).map(([, resource]) => resource.Properties);
}

/**
 * What is deployed, a line for each resource and output, without what changes with each build (hashes of code and of
 * the API's deployment) and with the environment's name and domain blotted out, so that environments can be compared.
 */
export function golden(
  { name, sender }: EnvironmentSettings,
  { stateful, service }: EnvironmentTemplates,
): string[] {
  return [stateful, service].flatMap((template) => {
    const { Resources, Outputs } = template.toJSON() as Record<string, Record<string, { Type?: string }>>;
    return Object.entries({ ...Resources, ...Outputs }).map(([id, { Type = 'Output', ...rest }]) =>
      `${Type} ${id} ${JSON.stringify(rest, withoutDefinition)}`
        .replaceAll(/[0-9a-f]{64}\.zip/g, '<asset>.zip')
        .replaceAll(/(Deployment[0-9A-F]{8})[0-9a-f]{32}/g, '$1<hash>')
        .replaceAll(new RegExp(`(lead-sla[- ]|"Value":"|"ENVIRONMENT":")${name}\\b`, 'g'), '$1<environment>')
        .replaceAll(sender.replace(/^.*@/, ''), '<domain>'),
    );
  });
}

/** The definition of a state machine is tested against its file. */
function withoutDefinition(key: string, value: unknown): unknown {
  return key === 'DefinitionString' ? '<the file in statemachines/>' : value;
}
