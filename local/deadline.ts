/**
 * `npm run -s deadline`: questions about business time as JSON lines on stdin, answers as JSON lines on stdout, in the
 * same order. A line that cannot be answered gets an `error` with its number and the rest goes on.
 * `--policy FILE` takes the named calendars from another policy.
 */
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { CompiledPolicy } from '../core/policy/compiled.ts';
import { answer, type PolicySource } from './deadline/answer.ts';
import { lines } from './deadline/lines.ts';

/** Answers each chunk's complete lines as soon as it has come, so that a caller may wait for one before the next. */
export async function* answers(chunks: AsyncIterable<string>, policy: PolicySource): AsyncGenerator<string> {
  for await (const batch of lines(chunks)) {
    let text = '';
    for (const { line, number } of batch) {
      if (line.trim() === '') continue;
      text += `${JSON.stringify(await answer(line, number, policy))}\n`;
    }
    if (text !== '') yield text;
  }
}

/** Loads the policy when the first named calendar asks for it, once. */
function lazily(file: string): PolicySource {
  let loaded: Promise<CompiledPolicy> | undefined;
  return () => (loaded ??= import('../lib/policy/load.ts').then(({ loadPolicy }) => loadPolicy(file)));
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { policy: { type: 'string', default: 'policy/default.yaml' } } });
  process.stdin.setEncoding('utf8');
  await pipeline(
    process.stdin,
    (chunks: AsyncIterable<string>) => answers(chunks, lazily(values.policy)),
    process.stdout,
  );
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    // A reader that has seen enough (`| head`) closes the pipe; that is no failure.
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
