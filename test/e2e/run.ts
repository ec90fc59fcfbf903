/**
 * `npm run e2e`: deploys the real app to an emulator that nobody here wrote, runs the acceptance suite on it and on the
 * embedded runner, compares the two, and takes everything down again.
 *
 * Exit codes: 0 all is well, 1 something is not, 3 Python or PyPI is missing.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ENVIRONMENTS } from '../../lib/environments.ts';
import { PythonMissing, pythonEnvironment } from '../../tools/python.ts';
import { REGION } from './aws.ts';
import { ACCOUNT, type Emulator, startEmulator } from './emulator.ts';
import { PROJECT } from '../../tools/shared/cdk.ts';
import { node } from './process.ts';
import { printSummary } from './summary.ts';
import { targetOf, verifySender } from './target.ts';

const EXIT_WITHOUT_PYTHON = 3;
const OUT = path.join(PROJECT, 'dist', 'e2e');
const settings = ENVIRONMENTS.find(({ name }) => name === 'e2e');

/** Milliseconds that each phase took, in their order. */
const took = new Map<string, number>();

async function phase<T>(name: string, run: () => Promise<T>): Promise<T> {
  console.log(`\n── ${name}`);
  const started = performance.now();
  try {
    return await run();
  } finally {
    took.set(name, performance.now() - started);
  }
}

async function main(): Promise<number> {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const requirements = path.join(PROJECT, 'test/e2e/requirements.txt');
  const bin = await phase('Python environment with the emulator', () =>
    pythonEnvironment(path.join(PROJECT, '.python/e2e'), requirements),
  );
  const emulator = await phase('Emulator', () => startEmulator(bin, path.join(OUT, 'emulator.log')));
  const stop = (): void => void emulator.stop().finally(() => process.exit(1));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await tryOut(emulator);
  } finally {
    await emulator.stop();
  }
}

async function tryOut(emulator: Emulator): Promise<number> {
  if (settings === undefined) throw new Error('lib/environments.ts has no environment e2e');
  const { env } = emulator;
  // From a folder without an app, which would only be asked what it is.
  const bootstrap = [
    path.join(PROJECT, 'node_modules/aws-cdk/bin/cdk'),
    'bootstrap',
    `aws://${ACCOUNT}/${REGION}`,
  ];
  await phase('cdk bootstrap', () => node([...bootstrap, '--no-notices'], env, { quiet: true, folder: OUT }));
  await verifySender(emulator.endpoint, settings.sender);
  await phase('npm run deploy -- e2e', () => node(['tools/deploy.ts', 'e2e', '--yes'], env));
  const file = path.join(OUT, 'target.json');
  writeFileSync(file, JSON.stringify(await targetOf(emulator, 'e2e'), null, 2));

  const embedded = await phase('Acceptance suite on the embedded runner', () =>
    jest(['test/acceptance'], env),
  );
  const deployed = await phase('Acceptance suite and checks on the deployed stacks', () =>
    jest(['--config', 'test/e2e/jest.config.js', '--maxConcurrency', '20'], {
      ...env,
      ACCEPTANCE_TARGET: file,
    }),
  );
  const same = printSummary(took);
  await phase('npm run destroy -- e2e', () => node(['tools/destroy.ts', 'e2e', '--yes'], env));
  return embedded && deployed && same ? 0 : 1;
}

/** Whether the tests pass. */
async function jest(args: string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  return node(['node_modules/jest/bin/jest.js', ...args], env, { mayFail: true });
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof PythonMissing ? error.message : error);
  process.exitCode = error instanceof PythonMissing ? EXIT_WITHOUT_PYTHON : 1;
}
