/** The CDK app: bundles the functions, then describes every environment. */
import { leadSlaApp } from '../lib/app.ts';
import { bundleAll } from '../lib/bundle.ts';

await bundleAll();
leadSlaApp().synth();
