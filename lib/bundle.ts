/**
 * Bundles the functions: one run of esbuild for each policy file, with the compiled policy inside, so that no
 * function reads or parses YAML. Environments that share a policy file share the bundles.
 */
import { copyFileSync, existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { withoutDeadWeight } from './bundle-dead-weight.ts';
import {
  compressedJson,
  credentialsFromEnvironment,
  policyFrom,
  sourcesWithoutSideEffects,
  startsWithServices,
  ownSources,
} from './bundle-plugins.ts';
import { ENVIRONMENTS, type EnvironmentSettings } from './environments.ts';
import { FUNCTIONS, type FunctionSpec } from './functions.ts';
import { writeCompiled } from './policy/load.ts';

/** Bytes above which a bundle is refused: cold starts grow with it. */
const MAX_BUNDLE_BYTES = 750_000;
/** The same with lists of mail domains. */
const MAX_BUNDLE_BYTES_WITH_MAIL_DOMAINS = 850_000;
/** The same with the gate, which brings lists of mail domains and of telephone numbers (decision 0021). */
const MAX_BUNDLE_BYTES_WITH_GATE = 1_000_000;
const PROJECT = path.resolve(import.meta.dirname, '..');
const OUT = path.join(PROJECT, 'dist');
/** Dependencies in CommonJS ask for `require`, which an ES module does not have. */
export const BANNER = `import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);`;

/** Size in bytes of each bundle, by the folder of its function. */
export type BundleSizes = Record<string, number>;

/** Bytes above which the bundle of a function is refused. */
export function bundleLimit({ gate, mailDomains }: FunctionSpec): number {
  if (gate === true) return MAX_BUNDLE_BYTES_WITH_GATE;
  return mailDomains === true ? MAX_BUNDLE_BYTES_WITH_MAIL_DOMAINS : MAX_BUNDLE_BYTES;
}

/** The name under which the bundles of a policy file lie: `policy/default.yaml` is `default`. */
export function policyId(policyFile: string): string {
  return path.parse(policyFile).name;
}

/** The folder that holds the code of a function of an environment with this policy. */
export function bundleFolder(policyFile: string, folder: string): string {
  return path.join(OUT, 'functions', policyId(policyFile), folder);
}

/**
 * Bundles everything that the environments need.
 * @returns the sizes by policy id
 * @throws if a handler is missing, a policy is wrong, the code does not bundle, or a bundle is too large
 */
export async function bundleAll(
  environments: readonly EnvironmentSettings[] = ENVIRONMENTS,
): Promise<Record<string, BundleSizes>> {
  const files = [...new Set(environments.map(({ policyFile }) => policyFile))];
  const sizes: Record<string, BundleSizes> = {};
  for (const file of files) sizes[policyId(file)] = await bundleFunctions(file, FUNCTIONS);
  return sizes;
}

/** Bundles functions with one policy into `dist/functions/<policy id>/<folder>/index.mjs`. See {@link bundleAll}. */
export async function bundleFunctions(
  policyFile: string,
  functions: readonly FunctionSpec[],
): Promise<BundleSizes> {
  const missing = functions.map(entryPoint).filter((file) => !existsSync(file));
  if (missing.length > 0) throw new Error(`These handlers do not exist:\n  ${missing.join('\n  ')}`);
  const compiled = path.join(OUT, 'policy', `${policyId(policyFile)}.json`);
  copyFileSync(await writeCompiled(path.join(PROJECT, policyFile)), compiled);

  const outdir = path.join(OUT, 'functions', policyId(policyFile));
  // Aside first, then in place at once: another process may be reading what was bundled before.
  const fresh = `${outdir}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: PROJECT,
    entryPoints: functions.map((spec) => ({ in: entryPoint(spec), out: `${spec.folder}/index` })),
    outdir: fresh,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    // Positions without the sources: a stack trace names the file and the line, the bundle stays small.
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    banner: { js: BANNER },
    plugins: [
      policyFrom(compiled),
      startsWithServices(path.join(PROJECT, 'lambdas', 'shared')),
      credentialsFromEnvironment,
      compressedJson,
      ...withoutDeadWeight,
      // After those that resolve some of the sources in their own way.
      sourcesWithoutSideEffects,
      ownSources,
    ],
    logLevel: 'warning',
  });
  writeFileSync(path.join(fresh, 'meta.json'), JSON.stringify(metafile));
  rmSync(outdir, { recursive: true, force: true });
  renameSync(fresh, outdir);
  const sizes = sizesOf(metafile);
  const tooLarge = functions.flatMap((spec) => {
    const [bytes = 0, limit] = [sizes[spec.folder], bundleLimit(spec)];
    return bytes > limit ? [`${spec.folder} has ${bytes} bytes, ${limit} are allowed`] : [];
  });
  if (tooLarge.length > 0) throw new Error(`Bundles that are too large:\n  ${tooLarge.join('\n  ')}`);
  return sizes;
}

/** The sizes of what was bundled last, by policy id. @throws if nothing was */
export function builtSizes(): Record<string, BundleSizes> {
  const ids = new Set(ENVIRONMENTS.map(({ policyFile }) => policyId(policyFile)));
  return Object.fromEntries(
    [...ids].map((id) => {
      const bundles = FUNCTIONS.map(({ folder }) => path.join(OUT, 'functions', id, folder, 'index.mjs'));
      return [
        id,
        Object.fromEntries(bundles.map((file) => [path.basename(path.dirname(file)), statSync(file).size])),
      ];
    }),
  );
}

/** The sizes as lines for the terminal, largest first. */
export function sizeTable(all: Record<string, BundleSizes>): string {
  return Object.entries(all)
    .flatMap(([id, sizes]) => [
      `Bundles with the policy "${id}", minified`,
      ...Object.entries(sizes)
        .sort(([, a], [, b]) => b - a)
        .map(([folder, bytes]) => `  ${folder.padEnd(24)}${(bytes / 1000).toFixed(0).padStart(5)} kB`),
    ])
    .join('\n');
}

function entryPoint({ group, folder }: FunctionSpec): string {
  return path.join(PROJECT, 'lambdas', group, folder, 'handler.ts');
}

function sizesOf(metafile: Metafile): BundleSizes {
  return Object.fromEntries(
    Object.entries(metafile.outputs)
      .filter(([file]) => file.endsWith('.mjs'))
      .map(([file, { bytes }]) => [path.basename(path.dirname(file)), bytes]),
  );
}
