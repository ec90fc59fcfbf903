/** `npm run destroy -- <environment>`: removes an environment; refused for those that keep their data. */
import { createInterface } from 'node:readline/promises';
import { destroy } from './deploying/destroy.ts';
import { argumentsOf, runCommand, say } from './shared/command.ts';
import { environmentNamed } from './shared/environment.ts';

const USAGE = 'usage: npm run destroy -- ENVIRONMENT [--yes]';

await runCommand(async () => {
  const { positionals, values } = argumentsOf(
    {
      args: process.argv.slice(2),
      allowPositionals: true,
      options: { yes: { type: 'boolean', short: 'y' } },
    },
    USAGE,
  );
  const { name } = environmentNamed(positionals[0]);
  const confirm = values.yes === true ? () => Promise.resolve(name) : ask;
  const done = await destroy(name, { confirm, say });
  say(done ? `${name} is gone.` : `Nothing was changed: that is not "${name}".`);
  return done ? 0 : 1;
});

/** Without a terminal there is nobody to ask, which is a no. */
async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new AbortController();
  terminal.once('close', () => closed.abort());
  try {
    return await terminal.question(question, { signal: closed.signal });
  } catch {
    return '';
  } finally {
    terminal.close();
  }
}
