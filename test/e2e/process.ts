/** Other programs of the project, as their users run them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { PROJECT } from '../../tools/shared/cdk.ts';

export interface Manner {
  /** What it says is shown only when it fails. */
  quiet?: boolean;
  /** A failure is an answer, not an error. */
  mayFail?: boolean;
  /** Where it runs; the project if left out. */
  folder?: string;
}

/**
 * Runs a script with the Node of the project and waits for its end.
 * @returns whether it ended well
 * @throws Error if it did not, unless it may
 */
export async function node(args: string[], env: NodeJS.ProcessEnv, manner: Manner = {}): Promise<boolean> {
  const { quiet = false, mayFail = false, folder = PROJECT } = manner;
  const PATH = [path.join(PROJECT, 'node_modules/.bin'), env['PATH']].join(path.delimiter);
  const child = spawn('node', args, {
    cwd: folder,
    env: { ...env, PATH },
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
  });
  const said: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  await once(child, 'close');
  if (child.exitCode === 0) return true;
  if (mayFail) return false;
  throw new Error(
    `${args.join(' ')} ended with ${String(child.exitCode ?? child.signalCode)}\n${said.join('')}`,
  );
}
