/**
 * `npm run -s deadline`: questions about business time as JSON lines on stdin, answers as JSON lines on stdout, in the
 * same order. A line that cannot be answered gets an `error` with its number and the rest goes on.
 * `--policy FILE` takes the named calendars from another policy.
 */
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { CompiledPolicy } from '../core/policy/compiled.ts';
import type { PolicySource } from './deadline/answer.ts';
import { answers } from './deadline/answers.ts';

const DEFAULT_POLICY = join(import.meta.dirname, '..', 'policy', 'default.yaml');

/** Loads the policy when the first named calendar asks for it, once. */
function lazily(file: string): PolicySource {
  let loaded: Promise<CompiledPolicy> | undefined;
  return () => (loaded ??= import('../lib/policy/load.ts').then(({ loadPolicy }) => loadPolicy(file)));
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { policy: { type: 'string', default: DEFAULT_POLICY } } });
  process.stdin.setEncoding('utf8');
  const policy = lazily(values.policy);
  await pipeline(process.stdin, (chunks: AsyncIterable<string>) => answers(chunks, policy), process.stdout);
}

try {
  await main();
} catch (error) {
  // A reader that has seen enough (`| head`) closes the pipe; that is no failure.
  if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
