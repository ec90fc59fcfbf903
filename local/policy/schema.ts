/** `policy schema`: writes the JSON Schemas of policy files. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { policyJsonSchema } from '../../lib/policy/json-schema.ts';
import { overlayJsonSchema } from '../../lib/policy/overlay-schema.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'policy');

/** @returns the exit code, always 0 */
export async function writeSchemas(say: (text: string) => void): Promise<number> {
  await write('policy.schema.json', policyJsonSchema(), say);
  await write('overlay.schema.json', overlayJsonSchema(), say);
  return 0;
}

async function write(name: string, schema: unknown, say: (text: string) => void): Promise<void> {
  const file = join(FOLDER, name);
  // Formatted like every other file of the project, so that the gate finds nothing to say.
  const text = await format(JSON.stringify(schema), { ...(await resolveConfig(file)), parser: 'json' });
  await writeFile(file, text);
  say(`wrote ${file}`);
}
