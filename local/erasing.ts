/** Erasure on the files of this machine: what the database has overwritten still lies in its files for a while. */
import type { LambdaHandler } from './machines/functions.ts';
import { COMPACT } from './database/compact.ts';
import type { Thread } from './thread.ts';

/** The function after which nothing personal may lie in any file. */
const ERASES = 'erase-personal-data';

/** The functions, of which that one answers when the database has dropped what it had overwritten. */
export function erasing(
  functions: ReadonlyMap<string, LambdaHandler>,
  database: Pick<Thread, 'ask'>,
): ReadonlyMap<string, LambdaHandler> {
  const erase = functions.get(ERASES);
  if (erase === undefined) return functions;
  const thoroughly: LambdaHandler = async (event, context) => {
    const answer = await erase(event, context);
    await database.ask(COMPACT);
    return answer;
  };
  return new Map([...functions, [ERASES, thoroughly]]);
}
