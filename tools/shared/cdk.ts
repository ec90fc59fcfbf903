/** The CDK command line, for the stacks of one environment and no others. */
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

export const PROJECT = path.resolve(import.meta.dirname, '..', '..');
/** Where deployments leave their assemblies and outputs. */
export const DEPLOY_FOLDER = path.join(PROJECT, 'dist', 'deploy');

export interface CdkOptions {
  /** Environment variables of the command; this process's own if left out. */
  env?: NodeJS.ProcessEnv | undefined;
  /** The app, as a command; `bin/lead-sla.ts` if left out. */
  app?: string | undefined;
  /** Says nothing unless it fails, and asks nothing. */
  quiet?: boolean | undefined;
}

/** Names of the stacks of an environment, those that others build on first, and the folder with their templates. */
export interface Assembly {
  folder: string;
  stacks: string[];
}

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      dependencies: z.array(z.string()).default([]),
      properties: z.looseObject({ tags: z.record(z.string(), z.string()).default({}) }).optional(),
    }),
  ),
});

/**
 * Writes the templates of all environments, and says which of the stacks are those of one. They are found by their
 * tag: a pattern such as `lead-sla-dev-*` would also match the stacks of an environment `dev-2`.
 * @throws Error if the app fails or has no such stack
 */
export async function synthesize(environment: string, options: CdkOptions = {}): Promise<Assembly> {
  const folder = path.join(DEPLOY_FOLDER, `${environment}.assembly`);
  await rm(folder, { recursive: true, force: true });
  const app = options.app === undefined ? [] : ['--app', options.app];
  const args = ['synth', '--quiet', '--no-lookups', '--output', folder, ...app];
  await cdk(args, { ...options, quiet: true });
  const manifest: unknown = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'));
  const stacks = stacksOf(manifest, environment);
  if (stacks.length === 0) throw new Error(`The app has no stack with the tag environment=${environment}.`);
  return { folder, stacks };
}

/** The stacks of an environment in a manifest of a cloud assembly, each after those that it depends on. */
export function stacksOf(manifest: unknown, environment: string): string[] {
  const artifacts = Object.entries(manifestSchema.parse(manifest).artifacts);
  const own = new Map(
    artifacts.filter(
      ([, { type, properties }]) =>
        type === 'aws:cloudformation:stack' && properties?.tags['environment'] === environment,
    ),
  );
  const ordered = new Set<string>();
  const add = (name: string): void => {
    const artifact = own.get(name);
    if (artifact === undefined || ordered.has(name)) return;
    for (const dependency of artifact.dependencies) add(dependency);
    ordered.add(name);
  };
  for (const name of own.keys()) add(name);
  return [...ordered];
}

/** Runs `cdk`. @throws CdkFailed with what it has written, if that was not shown already */
export async function cdk(args: readonly string[], { env = process.env, quiet }: CdkOptions): Promise<void> {
  const bin = path.join(PROJECT, 'node_modules', '.bin');
  const child = spawn(
    process.execPath,
    [path.join(PROJECT, 'node_modules', 'aws-cdk', 'bin', 'cdk'), ...args, '--no-notices'],
    {
      cwd: PROJECT,
      stdio: quiet === true ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      // The app is run by Node 24, which is the project's own.
      env: {
        ...env,
        PATH: [bin, env['PATH']].join(path.delimiter),
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        CDK_DISABLE_VERSION_CHECK: '1',
      },
    },
  );
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (written += text));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve).once('error', reject);
  });
  if (code !== 0) throw new CdkFailed(`cdk ${args[0] ?? ''} failed.${written === '' ? '' : `\n${written}`}`);
}

/** The CDK command line ended with an error. */
export class CdkFailed extends Error {
  override readonly name = 'CdkFailed';
}
