import { ENVIRONMENTS } from '../../lib/environments.ts';
import { apiPromises } from './api.ts';
import { bundlePromises } from './bundles.ts';
import { deadLetterPromises, deadLetterWalk } from './dead-letters.ts';
import { encryptionPromises } from './encryption.ts';
import { executionPolicyPromises } from './execution-policy.ts';
import { firewallPromises } from './firewall.ts';
import { functionPromises } from './functions.ts';
import { goldenPromises } from './golden.ts';
import { limitPromises } from './limits.ts';
import { logPromises } from './logs.ts';
import { machinePromises } from './machines.ts';
import { alarmPromises, monitoringPromises } from './monitoring.ts';
import { nagPromises } from './nag.ts';
import { namePromises } from './names.ts';
import { outboundPromises } from './outbound.ts';
import { outlivePromises } from './outlives.ts';
import { rolePromises } from './roles.ts';
import { restoredPromises } from './restored.ts';
import { ONE, OTHER } from './rows.ts';
import { statefulPromises } from './stateful.ts';
import { suppressionKeyPromises } from './suppression-key.ts';
import { type EnvironmentTemplates, synthesize, type Synthesized } from './synthesized.ts';

let synthesized: Synthesized;
beforeAll(async () => {
  synthesized = await synthesize();
}, 240_000);

const all = (): Synthesized => synthesized;

bundlePromises(all);
nagPromises(all);
alarmPromises();
restoredPromises();
namePromises(all);
outboundPromises(all);
deadLetterWalk();
goldenPromises(all);
executionPolicyPromises(all);

describe.each(ENVIRONMENTS)('the environment $name', (settings) => {
  const templates = (): EnvironmentTemplates => synthesized.environments.get(settings.name)!;

  statefulPromises(settings, templates);
  functionPromises(settings, templates);
  machinePromises(settings, templates);
  apiPromises(settings, templates);
  monitoringPromises(settings, templates);
});

describe.each([...ENVIRONMENTS, ONE, OTHER])('the environment $name promises that', (settings) => {
  const templates = (): EnvironmentTemplates => synthesized.environments.get(settings.name)!;

  outlivePromises(settings, templates, all);
  encryptionPromises(settings, templates);
  logPromises(settings, templates);
  deadLetterPromises(settings, templates);
  rolePromises(settings, templates);
  firewallPromises(settings, templates);
  suppressionKeyPromises(settings, templates);
  limitPromises(templates);
});
