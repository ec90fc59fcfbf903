/**
 * `npm run replay -- FILE.csv --map MAPPING.yaml`: feeds a CRM export to a running system in the order of its arrival
 * times. Without `--url` and `--data` it starts the embedded system for itself; without FILE it plays our own sample.
 */
import { USAGE, replayOptions } from './replay/options.ts';
import { replay } from './replay/run.ts';
import { summaryText } from './replay/summary.ts';

async function main(): Promise<void> {
  const options = replayOptions(process.argv.slice(2));
  if (options === null) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  process.stdout.write(summaryText(await replay({ ...options, signal: stopping.signal })));
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
