/** Which environment a command is about. */
import { ENVIRONMENTS, type EnvironmentSettings } from '../../lib/environments.ts';

/** A command line that cannot be followed; the message says what would be right. */
export class BadCommand extends Error {
  override readonly name = 'BadCommand';
}

/**
 * The settings of an environment.
 * @throws BadCommand that lists the environments there are
 */
export function environmentNamed(
  name: string | undefined,
  environments: readonly EnvironmentSettings[] = ENVIRONMENTS,
): EnvironmentSettings {
  const found = environments.find((settings) => settings.name === name);
  if (found !== undefined) return found;
  const asked = name === undefined ? 'Say which environment.' : `There is no environment "${name}".`;
  const known = environments.map((settings) => settings.name).join(', ');
  throw new BadCommand(`${asked} There are: ${known}. Each is a row of lib/environments.ts.`);
}
