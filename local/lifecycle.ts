/** `npm run lifecycle`: draws docs/lifecycle.md from the table of commands and the rows of the policy. */
import { writeFile } from 'node:fs/promises';
import { lifecycleDocument } from './lifecycle/document.ts';

await writeFile(new URL('../docs/lifecycle.md', import.meta.url), await lifecycleDocument());
