/** Removes an environment, unless its data is meant to stay. */
import { ENVIRONMENTS } from '../../lib/environments.ts';
import { cdk, synthesize } from '../shared/cdk.ts';
import { environmentNamed } from '../shared/environment.ts';
import type { DeployOptions } from './deploy.ts';

/** The environment keeps its data; the message says what to do instead. */
export class KeepsData extends Error {
  override readonly name = 'KeepsData';
}

export interface DestroyOptions extends Pick<
  DeployOptions,
  'env' | 'app' | 'quiet' | 'environments' | 'say'
> {
  /** Asks for the name once more: answers what was typed. */
  confirm: (question: string) => Promise<string>;
}

/**
 * Deletes the stacks of an environment with everything in them.
 * @returns whether it was done; not if the name typed was another
 * @throws KeepsData, BadCommand for an unknown environment, CdkFailed
 */
export async function destroy(environment: string, options: DestroyOptions): Promise<boolean> {
  const { keepData, name } = environmentNamed(environment, options.environments ?? ENVIRONMENTS);
  if (keepData) {
    throw new KeepsData(
      [
        `${name} keeps its data (\`keepData\` in lib/environments.ts): it is not destroyed by a command.`,
        'To stop it: switch its API key off; what runs goes on to its end. To remove it for good: two steps, on purpose.',
        'Both are in docs/deploy.md, "Removing an environment".',
      ].join('\n'),
    );
  }
  const typed = await options.confirm(
    `Everything in ${name} goes: leads, roster, logs, running ladders. Type its name to go on: `,
  );
  if (typed.trim() !== name) return false;
  const { folder, stacks } = await synthesize(name, options);
  options.say?.(`Destroying ${[...stacks].reverse().join(', ')} …`);
  await cdk(['destroy', '--app', folder, '--force', ...stacks], options);
  return true;
}
