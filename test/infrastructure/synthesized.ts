/** The app as the tests look at it: bundled and synthesized once for all of them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type App, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { leadSlaApp } from '../../lib/app.ts';
import { type BundleSizes, bundleAll } from '../../lib/bundle.ts';
import { ENVIRONMENTS } from '../../lib/environments.ts';
import { findingsIn } from '../../lib/findings.ts';
import { ONE, OTHER } from './rows.ts';

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
  /** By the name of the stack. */
  terminationProtection: Map<string, boolean>;
  /** What nobody has acknowledged, of CloudFormation Validate and of cdk-nag. */
  findings: string[];
}

/** The flags with which the command line runs the app. */
const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };

/**
 * Bundles the functions and synthesizes all environments with the AwsSolutions rules, and in an app of their own the
 * two that have everything.
 */
export async function synthesize(): Promise<Synthesized> {
  const sizes = await bundleAll();
  const apps = [ENVIRONMENTS, [ONE, OTHER]].map((rows) =>
    withFindings((outdir) => leadSlaApp({ outdir, context }, rows)),
  );
  const templates = new Map(apps.flatMap((app) => [...app.templates]));
  const environments = new Map(
    [...ENVIRONMENTS, ONE, OTHER].map(({ name }) => [
      name,
      {
        stateful: templates.get(`lead-sla-${name}-stateful`)!,
        service: templates.get(`lead-sla-${name}-service`)!,
      },
    ]),
  );
  return {
    sizes,
    environments,
    terminationProtection: new Map(apps.flatMap((app) => [...app.terminationProtection])),
    findings: apps.flatMap(({ findings }) => findings),
  };
}

/** Synthesizes an app with the AwsSolutions rules: its templates, and what the rules and CloudFormation Validate say. */
export function withFindings(make: (outdir: string) => App): {
  templates: Map<string, Template>;
  terminationProtection: Map<string, boolean>;
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
    const stacks = app.node.children.filter(Stack.isStack);
    const terminationProtection = new Map(
      stacks.map((stack) => [stack.stackName, stack.terminationProtection]),
    );
    const templates = new Map(
      stacks.map((stack) => {
        const text = readFileSync(path.join(outdir, stack.templateFile), 'utf8');
        return [stack.stackName, Template.fromJSON(JSON.parse(text) as Record<string, unknown>)];
      }),
    );
    return { templates, terminationProtection, findings };
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
