/** The stacks of an environment, and the app with all environments. */
import { App, type AppProps, Tags } from 'aws-cdk-lib';
import { checkEnvironments } from './check-environments.ts';
import { ENVIRONMENTS, type EnvironmentSettings } from './environments.ts';
import { ServiceStack } from './service-stack.ts';
import { StatefulStack } from './stateful-stack.ts';

/**
 * Every environment, instantiated statically; `cdk deploy 'lead-sla-dev-*'` picks one. Bundle the functions first.
 * @throws Error that lists what is wrong with the rows of the environments
 */
export function leadSlaApp(
  props: AppProps = {},
  environments: readonly EnvironmentSettings[] = ENVIRONMENTS,
): App {
  checkEnvironments(environments);
  const app = new App({ analyticsReporting: false, ...props });
  for (const settings of environments) addEnvironment(app, settings);
  return app;
}

function addEnvironment(app: App, settings: EnvironmentSettings): void {
  const { name, account, region } = settings;
  const env = { ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }) };
  const common = { env, settings, terminationProtection: settings.keepData };
  const stateful = new StatefulStack(app, `lead-sla-${name}-stateful`, {
    ...common,
    description: `lead-sla ${name}: what holds data.`,
  });
  const service = new ServiceStack(app, `lead-sla-${name}-service`, {
    ...common,
    stateful,
    description: `lead-sla ${name}: functions, state machines, API.`,
  });
  for (const stack of [stateful, service]) {
    Tags.of(stack).add('product', 'lead-sla');
    Tags.of(stack).add('environment', name);
  }
}
