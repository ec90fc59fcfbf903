/** `policy schema`: writes the JSON Schema of a policy file. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { policyJsonSchema } from '../../lib/policy/json-schema.ts';

/** @returns the exit code, always 0 */
export async function writeSchema(say: (text: string) => void): Promise<number> {
  const file = join(import.meta.dirname, '..', '..', 'policy', 'policy.schema.json');
  // Formatted like every other file of the project, so that the gate finds nothing to say.
  const text = await format(JSON.stringify(policyJsonSchema()), {
    ...(await resolveConfig(file)),
    parser: 'json',
  });
  await writeFile(file, text);
  say(`wrote ${file}`);
  return 0;
}
