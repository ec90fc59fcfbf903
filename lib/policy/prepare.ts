/** Compiles the default policy once when the project is installed, so that the first `npm start` need not wait for it. */
import { loadPolicy } from './load.ts';

await loadPolicy('policy/default.yaml');
