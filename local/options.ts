/** The command line of `npm start`. */
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { EpochMs } from '../core/time.ts';
import { epochMs } from '../core/time.ts';
import { HIGHEST_SPEED } from './clock/virtual-clock.ts';
import type { UsageLimits } from './gateway/usage-plan.ts';
import type { RunnerOptions } from './runner-types.ts';

export const HELP = `Usage: npm start -- [options]

Runs the whole system on this machine: API, state machines, database, mail and events.

  --speed N       how many seconds of its clock pass in a real one (default 1)
  --at INSTANT    where its clock starts, such as 2026-11-20T15:00:00Z (default: now)
  --data DIR      keeps the data there; started again it goes on where it stopped (default: a temporary folder)
  --policy FILE   the policy (default policy/default.yaml)
  --people FILE   people to write into the roster (default, at the first start: policy/people.yaml)
  --mx            asks the name servers whether the domain of an address takes mail (default: not known)
  --port N        port of the API on 127.0.0.1 (default: a free one)
  --requests-per-second N, --requests-per-day N
                  what the key may do at most, as in a deployed environment (default: everything)
  --help          this text`;

/** A command line that cannot be followed; the message says what would be right. */
export class BadOption extends Error {
  override readonly name = 'BadOption';
}

/**
 * @returns the options, or `help`
 * @throws BadOption
 */
export function readOptions(args: string[]): RunnerOptions | 'help' {
  const { help, speed, at, data, policy, people, port, mx, ...limits } = parse(args);
  if (help === true) return 'help';
  return {
    ...(speed === undefined ? {} : { speed: speedOf(speed) }),
    ...(at === undefined ? {} : { at: instantOf(at) }),
    ...(data === undefined ? {} : { data: folderOf(data) }),
    ...(policy === undefined ? {} : { policy: fileOf('--policy', policy) }),
    ...(people === undefined ? {} : { people: fileOf('--people', people) }),
    ...(port === undefined ? {} : { port: portOf(port) }),
    ...(mx === true ? { mx } : {}),
    ...limitsOf(limits['requests-per-second'], limits['requests-per-day']),
  };
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  const files = { data: text, policy: text, people: text } as const;
  const limits = { 'requests-per-second': text, 'requests-per-day': text } as const;
  const options = { speed: text, at: text, port: text, ...files, ...limits } as const;
  try {
    const flags = { mx: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
    return parseArgs({ args, options: { ...options, ...flags } }).values;
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}

function speedOf(text: string): number {
  const speed = Number(text);
  if (speed > 0 && speed <= HIGHEST_SPEED) return speed;
  throw new BadOption(`--speed ${text}: must be a number above 0 and at most ${HIGHEST_SPEED}.`);
}

function limitsOf(perSecond: string | undefined, perDay: string | undefined): { limits?: UsageLimits } {
  if (perSecond === undefined && perDay === undefined) return {};
  return {
    limits: {
      ...(perSecond === undefined ? {} : { requestsPerSecond: countOf('--requests-per-second', perSecond) }),
      ...(perDay === undefined ? {} : { requestsPerDay: countOf('--requests-per-day', perDay) }),
    },
  };
}

function countOf(option: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new BadOption(`${option} ${text}: must be a whole number above 0.`);
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new BadOption(`--port ${text}: must be a port number, 0 for a free one.`);
}

function instantOf(text: string): EpochMs {
  try {
    return epochMs(text);
  } catch {
    throw new BadOption(`--at ${text}: must be an instant with its offset, such as 2026-11-20T15:00:00Z.`);
  }
}

function fileOf(option: string, path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return path;
  throw new BadOption(`${option} ${path}: there is no such file.`);
}

function folderOf(path: string): string {
  const there = path === '' ? undefined : statSync(path, { throwIfNoEntry: false });
  if (path !== '' && (there === undefined || there.isDirectory())) return path;
  throw new BadOption(`--data ${path}: must be a folder.`);
}
