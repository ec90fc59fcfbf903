/** What the command lines of this folder have in common. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { BadCommand } from './environment.ts';

export type Say = (line: string) => void;

/** Writes a line to the terminal. */
export const say: Say = (line) => process.stdout.write(`${line}\n`);

/**
 * Runs a command and sets the exit code: what it returns, 2 for a command line that cannot be followed, 1 for
 * anything else that goes wrong. Errors are told by their message; a stack would not help whoever deploys.
 */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof BadCommand ? 2 : 1;
  }
}

/**
 * `parseArgs` with errors as they should be told.
 * @throws BadCommand with the usage
 */
export function argumentsOf<T extends ParseArgsConfig>(config: T, usage: string) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new BadCommand(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

/** A whole number above zero of a flag. @throws BadCommand */
export function countOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new BadCommand(`${flag} ${text}: must be a whole number above 0.`);
}
