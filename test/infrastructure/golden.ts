/** What is deployed, in a form that is read in a review. */
import { stringify } from 'yaml';
import { ENVIRONMENTS } from '../../lib/environments.ts';
import type { EnvironmentTemplates, Synthesized } from './synthesized.ts';

type Entries = Record<string, unknown>;

/**
 * Resources and outputs of both stacks by `type id`, without what changes with each build (hashes of code and of the
 * API's deployment) and with the environment's name and domain blotted out, so that environments can be compared.
 */
function golden(name: string, { stateful, service }: EnvironmentTemplates): Entries {
  const { sender } = ENVIRONMENTS.find((row) => row.name === name)!;
  const stack = `leadsla${name.replaceAll('-', '')}service`;
  const blotted = (text: string): string =>
    text
      .replaceAll(/[0-9a-f]{64}\.zip/g, '<asset>.zip')
      .replaceAll(/(Deployment[0-9A-F]{8})[0-9a-f]{32}/g, '$1<hash>')
      // Some ids hold the name of the stack, and hashes of it.
      .replaceAll(
        new RegExp(`${stack}(\\w*?)[0-9A-F]{8}(?:(\\w*?)[0-9A-F]{8})?\\b`, 'g'),
        'leadsla<environment>service$1<hash>$2',
      )
      .replaceAll(
        new RegExp(`(lead-sla[- ]|"Value":"|"ENVIRONMENT":"|"environment":")${name}\\b`, 'g'),
        '$1<environment>',
      )
      .replaceAll(sender.replace(/^.*@/, ''), '<domain>');
  const entries = [stateful, service].flatMap((template) => {
    const { Resources, Outputs } = template.toJSON() as Record<string, Record<string, { Type?: string }>>;
    return Object.entries({ ...Resources, ...Outputs }).map(([id, { Type = 'Output', ...rest }]) => {
      const text = blotted(JSON.stringify(rest, withoutDefinition));
      return [blotted(`${Type} ${id}`), JSON.parse(text) as unknown] as const;
    });
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Definitions are tested against their files, dashboards by themselves. */
function withoutDefinition(key: string, value: unknown): unknown {
  if (key === 'DefinitionString') return '<the file in statemachines/>';
  return key === 'DashboardBody' ? '<a dashboard>' : value;
}

/** Every value in a tree, by its path. */
function leaves(value: unknown, path = ''): [string, string][] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    return [[path, JSON.stringify(value)]];
  }
  return Object.entries(value).flatMap(([key, each]) => leaves(each, path === '' ? key : `${path}.${key}`));
}

/** How two forms of one entry differ, a line for each value. */
function changes(prod: unknown, own: unknown): string[] {
  const [there, here] = [new Map(leaves(prod)), new Map(leaves(own))];
  return [...new Set([...there.keys(), ...here.keys()])].flatMap((path) => {
    const [was, is] = [there.get(path) ?? 'nothing', here.get(path) ?? 'nothing'];
    return was === is ? [] : [`${path}: ${was} -> ${is}`];
  });
}

/** What an environment has otherwise than prod. The same difference of several resources is one line. */
function differences(prod: Entries, own: Entries): string[] {
  const names = [...new Set([...Object.keys(prod), ...Object.keys(own)])];
  const found = new Map<string, string[]>();
  for (const name of names) {
    const [type = '', id = ''] = name.split(' ');
    const lines = !(name in own)
      ? ['only in prod']
      : !(name in prod)
        ? ['not in prod']
        : changes(prod[name], own[name]);
    for (const line of lines) {
      const key = `${type}: ${line}`;
      found.set(key, [...(found.get(key) ?? []), id]);
    }
  }
  const ofType = (line: string): number =>
    names.filter((name) => name in prod && name in own && name.startsWith(`${line.split(': ')[0]!} `)).length;
  return [...found]
    .map(([line, ids]) => {
      const each = ids.length > 1 && ids.length === ofType(line);
      return `${line} (${each ? `each of ${ids.length}` : ids.sort().join(', ')})`;
    })
    .sort();
}

export function goldenPromises(synthesized: () => Synthesized): void {
  const of = (name: string): Entries => golden(name, synthesized().environments.get(name)!);

  describe('what is deployed', () => {
    test('in prod is what was reviewed', () => {
      expect(stringify(of('prod'), { lineWidth: 0, aliasDuplicateObjects: false })).toMatchSnapshot();
    });

    test.each(ENVIRONMENTS.map(({ name }) => name).filter((name) => name !== 'prod'))(
      'in %s differs from prod as was reviewed',
      (name) => {
        expect(differences(of('prod'), of(name)).join('\n')).toMatchSnapshot();
      },
    );
  });
}
