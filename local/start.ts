/** `npm start`: runs the embedded system until it is told to stop. */
import { systemClock } from '../lambdas/shared/clock.ts';
import { printer, welcome } from './console.ts';
import { BadOption, HELP, readOptions } from './options.ts';
import { startRunner } from './runner.ts';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const complain = (error: unknown): void => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
};

/** Shows an error and ends; with its stack only if it is none that the user can do something about. */
function give(error: unknown): never {
  complain(error);
  process.exit(1);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    print(HELP);
    return;
  }
  let now = (): number => systemClock.now();
  const watch = { ...printer(print, () => now()), crash: give };
  const runner = await startRunner({ ...options, watch });
  now = () => runner.now();
  print(welcome(runner, process.uptime() * 1000, options.data !== undefined));

  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    runner.close().then(() => process.exit(0), give);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  if (error instanceof BadOption) print(`${error.message}\n\n${HELP}`);
  else complain(error);
  process.exitCode = error instanceof BadOption ? 2 : 1;
});
