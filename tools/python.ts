/** Private Python environments for tools of the tests that only PyPI has. Nothing outside their folders is changed. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const CANDIDATES = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python'];
const SUITABLE = 'import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 11) else 1)';
const QUICK_MS = 60_000;
const INSTALL_LIMIT_MS = 600_000;

/** Python, or what has to come from PyPI, is missing; the message says what and how to get it. */
export class PythonMissing extends Error {
  override readonly name = 'PythonMissing';
}

/**
 * Makes a Python environment with the pinned requirements; one that is there already is used as it is.
 * @param folder where the environment lives, like `.python/fuzz`; it belongs to this function alone
 * @param requirementsFile `name==version` lines, all that is installed
 * @returns the absolute folder of the environment's commands
 * @throws PythonMissing without Python 3.11 with venv and pip, or if PyPI does not give the requirements
 */
export async function pythonEnvironment(folder: string, requirementsFile: string): Promise<string> {
  const environment = path.resolve(folder);
  const bin = path.join(environment, process.platform === 'win32' ? 'Scripts' : 'bin');
  const python = path.join(bin, 'python');
  const requirements = await readFile(requirementsFile, 'utf8');
  const wanted = createHash('sha256').update(requirements).digest('hex');
  const mark = path.join(environment, 'requirements.sha256');
  if ((await textOf(mark)) === wanted && (await works(python, ['-c', '']))) return bin;

  const system = await suitablePython();
  await rm(environment, { recursive: true, force: true });
  await mkdir(path.dirname(environment), { recursive: true });
  await make(system, environment);
  await install(python, requirementsFile);
  await writeFile(mark, wanted);
  return bin;
}

/** @throws PythonMissing if no command of the path is one */
async function suitablePython(): Promise<string> {
  for (const candidate of CANDIDATES) if (await works(candidate, ['-c', SUITABLE])) return candidate;
  throw new PythonMissing(
    `No Python 3.11 or later with venv and pip among ${CANDIDATES.join(', ')}. Install it (Debian and Ubuntu: apt-get install python3 python3-venv).`,
  );
}

async function make(python: string, environment: string): Promise<void> {
  try {
    await run(python, ['-m', 'venv', environment], { timeout: QUICK_MS });
  } catch (error) {
    throw new PythonMissing(`${python} cannot make an environment: ${lastLine(error)}`, { cause: error });
  }
}

async function install(python: string, requirementsFile: string): Promise<void> {
  const flags = ['--quiet', '--disable-pip-version-check', '--no-input', '--only-binary', ':all:'];
  try {
    await run(python, ['-m', 'pip', 'install', ...flags, '--requirement', requirementsFile], {
      timeout: INSTALL_LIMIT_MS,
      env: { ...process.env, PIP_USER: '0', PYTHONNOUSERSITE: '1' },
    });
  } catch (error) {
    throw new PythonMissing(`PyPI did not give what ${requirementsFile} lists: ${lastLine(error)}`, {
      cause: error,
    });
  }
}

/** Whether a command ends well. */
async function works(command: string, args: string[]): Promise<boolean> {
  try {
    await run(command, args, { timeout: QUICK_MS });
    return true;
  } catch {
    return false;
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** What a command has said last: there it gives its reason. */
function lastLine(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  return (said.trim() === '' ? String(error) : said).trim().split('\n').at(-1) ?? '';
}
