/** The CDK app with the environments of a JSON file, `node test/e2e/rows-app.ts FILE`, in place of our own. */
import { readFileSync } from 'node:fs';
import { leadSlaApp } from '../../lib/app.ts';
import { bundleAll } from '../../lib/bundle.ts';
import type { EnvironmentSettings } from '../../lib/environments.ts';

const rows = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as EnvironmentSettings[];
await bundleAll(rows);
leadSlaApp({}, rows).synth();
