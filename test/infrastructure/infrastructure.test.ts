import { bundlePromises } from './bundles.ts';
import { apiPromises } from './api.ts';
import { functionPromises } from './functions.ts';
import { machinePromises } from './machines.ts';
import { nagPromises } from './nag.ts';
import { statefulPromises } from './stateful.ts';
import { ENVIRONMENTS } from '../../lib/environments.ts';
import {
  type EnvironmentTemplates,
  golden,
  properties,
  synthesize,
  type Synthesized,
} from './synthesized.ts';

let synthesized: Synthesized;
beforeAll(async () => {
  synthesized = await synthesize();
}, 120_000);

const all = (): Synthesized => synthesized;

bundlePromises(all);
nagPromises(all);

describe.each(ENVIRONMENTS)('the environment $name', (settings) => {
  const templates = (): EnvironmentTemplates => synthesized.environments.get(settings.name)!;

  statefulPromises(settings, templates);
  functionPromises(settings, templates);
  machinePromises(settings, templates);
  apiPromises(settings, templates);

  test('every log group has a retention', () => {
    const groups = properties(templates().service, 'AWS::Logs::LogGroup');
    expect(groups.length).toBeGreaterThan(properties(templates().service, 'AWS::Lambda::Function').length);
    for (const group of groups) expect(group['RetentionInDays']).toBe(settings.logRetention);
  });

  test('shares no physical name with another environment', () => {
    const names = [templates().stateful, templates().service].flatMap((template) =>
      Object.values(template.toJSON()['Resources'] as Record<string, { Properties?: object }>).flatMap(
        ({ Properties = {} }) =>
          Object.entries(Properties).filter(
            ([key, value]) => /Name$/.test(key) && typeof value === 'string' && value.includes('lead-sla'),
          ),
      ),
    );
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter(([, value]) => !String(value).includes(`lead-sla-${settings.name}-`))).toEqual([]);
  });
});

describe('what is deployed', () => {
  const linesOf = (name: string): string[] =>
    golden(
      ENVIRONMENTS.find((row) => row.name === name)!,
      synthesized.environments.get(name)!,
    );

  test('in prod is what was reviewed', () => {
    expect(linesOf('prod').sort().join('\n')).toMatchSnapshot();
  });

  test.each(['dev', 'staging'])('in %s differs from prod as was reviewed', (name) => {
    const prod = linesOf('prod');
    const own = linesOf(name);
    const missing = prod.filter((line) => !own.includes(line)).map((line) => `- ${line}`);
    const added = own.filter((line) => !prod.includes(line)).map((line) => `+ ${line}`);
    expect([...missing, ...added].sort().join('\n')).toMatchSnapshot();
  });
});
