// Compiles the default policy once when the project is installed, so that the first `npm start` need not wait for it.
// Plain JavaScript, because npm also runs it where nothing is installed yet (`npm install --package-lock-only`).
import { existsSync } from 'node:fs';
import process from 'node:process';

const stripsTypes = process.features.typescript !== undefined && process.features.typescript !== false;
if (stripsTypes && existsSync('node_modules/yaml')) {
  const { loadPolicy } = await import('./load.ts');
  await loadPolicy('policy/default.yaml');
}
