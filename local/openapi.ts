/** `npm run openapi`: writes the API's description to docs/api/openapi.json. */
import { writeFile } from 'node:fs/promises';
import { openApiDocument } from './openapi/document.ts';

const FILE = new URL('../docs/api/openapi.json', import.meta.url);

await writeFile(FILE, `${JSON.stringify(openApiDocument(), null, 2)}\n`);
