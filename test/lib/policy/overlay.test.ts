import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { issueText } from '../../../core/policy/issue.ts';
import { checkLayers } from '../../../lib/policy/compile.ts';
import { changesOf } from '../../../lib/policy/differences.ts';
import { readLayers } from '../../../lib/policy/layers.ts';
import { loadPolicy, writeCompiled } from '../../../lib/policy/load.ts';
import { overlayJsonSchema } from '../../../lib/policy/overlay-schema.ts';

let folder: string;
let base: string;
/** Compiled policies that the tests leave behind. */
const kept = new Set<string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'overlay-'));
  // Looking holidays up takes most of the time; nothing below depends on how many there are.
  base = (await readFile('policy/default.yaml', 'utf8'))
    .replace(/years: \[\d+, \d+\]/g, 'years: [2026, 2026]')
    .replace(/regions: (all|\[[^\]]+\])/g, 'regions: []');
});
beforeEach(() => file('base.yaml', base));
afterAll(async () => {
  await rm(folder, { recursive: true });
  await Promise.all([...kept].map((one) => rm(one, { force: true })));
});

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
  return path;
}

/** Findings of `own.yaml` with this text, by the names of the files alone. */
async function found(text: string): Promise<string[]> {
  const { issues } = await checkLayers(await readLayers(await file('own.yaml', text)));
  return issues.map((one) => issueText(one).replaceAll(`${folder}/`, ''));
}

const lineOf = (text: string, part: string) => text.split('\n').findIndex((one) => one.includes(part)) + 1;

describe('a policy that extends another', () => {
  test('has the other values of its base, and its own version', async () => {
    const text = "extends: base.yaml\nversion: '7'\nsources: [{ id: demo_request, target: PT9S }]\n";
    const { policy, issues } = await checkLayers(await readLayers(await file('own.yaml', text)));
    expect(issues).toEqual([]);
    expect(policy?.policyVersion).toMatch(/^7\+[0-9a-f]{8}$/);
    expect(policy).not.toHaveProperty('extends');
    const demo = policy?.sources.find(({ id }) => id === 'demo_request');
    expect(demo).toMatchObject({ target: 'PT9S', intent: 'high' });
    const { commitments } = z.object({ commitments: z.array(z.unknown()) }).parse(parse(base));
    expect(policy?.commitments).toHaveLength(commitments.length);
  });

  test('is the same policy when it changes nothing', async () => {
    const own = await checkLayers(await readLayers(await file('own.yaml', 'extends: base.yaml')));
    const alone = await checkLayers(await readLayers(join(folder, 'base.yaml')));
    expect(own.policy).toEqual(alone.policy);
  });

  test('may extend one that extends another, each by a path from its own folder', async () => {
    await file(
      'regions/emea.yaml',
      'extends: ../base.yaml\nhome: { country: DE, timeZone: Europe/Berlin }\n',
    );
    const own = await file('own.yaml', 'extends: regions/emea.yaml\nhome: { region: BE }\n');
    const { policy, issues } = await checkLayers(await readLayers(own));
    expect(issues).toEqual([]);
    expect(policy?.home).toEqual({ country: 'DE', timeZone: 'Europe/Berlin', region: 'BE' });
    expect(await changesOf(own)).toEqual({
      base: join(folder, 'regions/emea.yaml'),
      differences: [{ path: 'home.region', base: undefined, own: 'BE' }],
    });
  });
});

describe('findings', () => {
  test.each<[string, string, string[]]>([
    [
      'a wrong value is told with the line and the path of the overlay',
      'extends: base.yaml\nsources:\n  - id: contact_sales\n    target: soon\n',
      ['error line 4: sources[0].target is "soon": allowed: a span like PT5M'],
    ],
    [
      'a required key that the overlay takes away is told where it does',
      'extends: base.yaml\nhome:\n  region: MA\n  country: null\n',
      ['error line 4: home.country: missing; allowed'],
    ],
    [
      'an unknown key',
      'extends: base.yaml\nhome: { contry: DE }\n',
      ['error line 2: home.contry: unknown key (did you mean country?)'],
    ],
    [
      'a reference that leads nowhere',
      'extends: base.yaml\npools:\n  - { id: enterprise, backup: { pool: nobody } }\n',
      ['error line 3: pools[0].backup.pool is "nobody": no such pool'],
    ],
    [
      'a row that cannot be removed',
      'extends: base.yaml\nsources:\n  - { id: demo_requst, remove: true }\n',
      [
        'error line 3: sources[0] is "demo_requst": removes a row that is not there (did you mean demo_request?)',
      ],
    ],
    [
      'a row that is not complete, and most likely meant another, as one finding',
      'extends: base.yaml\nsources:\n  - id: demo_requst\n    target: PT9S\n    remov: true\n',
      [
        'error line 3: sources[0] is "demo_requst": no such row to change (did you mean demo_request?); a new row needs intent',
      ],
    ],
    [
      'a new row that is complete and wrong, where it is wrong',
      'extends: base.yaml\nsources:\n  - { id: fair, intent: some, target: PT9S }\n',
      ['error line 3: sources[0].intent is "some": allowed: high'],
    ],
    [
      'a key given twice in the overlay, with what else is wrong',
      'extends: base.yaml\nname: a\nname: b\nhome: { country: XX }\n',
      [
        'error line 3: (the whole file): the key name is given twice',
        'warning line 4: home.country is "XX": no public holidays are compiled',
        'error line 4: home.country is "XX": no such country',
      ],
    ],
    ['a syntax error of the overlay', 'extends: base.yaml\nname: [', ['error line 2: (the whole file): ']],
    [
      'a base that is missing',
      'name: x\nextends: nowhere.yaml\n',
      ['error line 2: extends is "nowhere.yaml": there is no such file'],
    ],
    [
      'a base that is no text',
      'extends: [base.yaml]\n',
      ['error line 1: extends is ["base.yaml"]: allowed: the path of another policy file'],
    ],
    [
      'a base by an absolute path',
      'extends: /etc/policy.yaml\n',
      ['error line 1: extends is "/etc/policy.yaml": allowed: the path of another policy file'],
    ],
    [
      'a file that extends itself',
      'extends: ./own.yaml\n',
      [
        'error line 1: extends is "./own.yaml": files must not extend each other in a circle: own.yaml, own.yaml',
      ],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await found(text)).toEqual(expected.map((one) => expect.stringContaining(one) as string));
  });

  test('of the base are told with its name and its lines, after those of the overlay', async () => {
    const wrong = base
      .replace('id: newsletter_signup', 'id: demo_request')
      .replace("tell: ['role:vp_sales']", "tell: ['role:nobody']");
    await file('base.yaml', wrong);
    const twice = base.split('\n').findIndex((one) => one.includes('id: newsletter_signup')) + 1;
    const nobody = lineOf(wrong, "tell: ['role:nobody']");
    expect(await found('extends: base.yaml\n\nhome: { country: 7 }\n')).toEqual([
      expect.stringContaining('error line 3: home.country is 7'),
      expect.stringContaining(`error base.yaml line ${twice}: sources[12].id is "demo_request": given twice`),
      expect.stringContaining(
        `error base.yaml line ${nobody}: commitments[0].rungs[4].tell[0] is "role:nobody"`,
      ),
    ]);
  });

  test('about a row of the base keep its line when the overlay has moved it', async () => {
    await file('base.yaml', base.replace('id: newsletter_signup', 'id: demo_request'));
    const line = lineOf(base, 'id: newsletter_signup');
    const texts = await found('extends: base.yaml\nsources: [{ id: contact_sales, remove: true }]\n');
    expect(texts).toContainEqual(expect.stringContaining(`base.yaml line ${line}: sources[12].id`));
  });

  test.each([
    ['syntax errors', 'name: [', 'error base.yaml line 1: (the whole file): '],
    ['no content', '', 'error base.yaml line 1: (the whole file): a policy is a mapping of its parts'],
    [
      'another content',
      '- a\n- b\n',
      'error base.yaml line 1: (the whole file): a policy is a mapping of its parts',
    ],
    [
      'a base that is missing',
      'extends: gone.yaml\n',
      'error base.yaml line 1: extends is "gone.yaml": there is no',
    ],
    [
      'a circle',
      '# first\nextends: own.yaml\n',
      'error base.yaml line 2: extends is "own.yaml": files must not extend each other in a circle: own.yaml, base.yaml, own.yaml',
    ],
  ])('of a base with %s name it', async (_, text, expected) => {
    await file('base.yaml', text);
    expect(await found('extends: base.yaml\nname: x\n')).toEqual([expect.stringContaining(expected)]);
  });

  test('of both files are told when neither can be read', async () => {
    await file('base.yaml', 'name: [');
    expect(await found('extends: base.yaml\nname: a\nname: b\n')).toEqual([
      expect.stringMatching(/^error line 3: .*given twice/),
      expect.stringMatching(/^error base\.yaml line 1: /),
    ]);
  });

  test('stop a load, and its error names the file', async () => {
    const own = await file('own.yaml', 'extends: base.yaml\nhome: { country: null }\n');
    await expect(loadPolicy(own)).rejects.toThrow(/own\.yaml is not a policy[^]*error line 2: home\.country/);
    await expect(changesOf(await file('own.yaml', 'extends: x.yaml'))).rejects.toThrow(/no such file/);
  });
});

describe('the kept copy', () => {
  async function written(own: string): Promise<string> {
    const path = await writeCompiled(own);
    kept.add(path);
    return path;
  }

  test('is another one when the base changes, and the same when it changes back', async () => {
    const own = await file('own.yaml', 'extends: base.yaml\nsources: [{ id: demo_request, target: PT9S }]\n');
    const first = await written(own);
    const before = await loadPolicy(own);
    expect(JSON.parse(await readFile(first, 'utf8'))).toEqual(before);

    await file('base.yaml', base.replace('catchUpTurns: ', 'catchUpTurns: 4'));
    expect(await written(own)).not.toBe(first);
    const after = await loadPolicy(own);
    expect(after.routing.catchUpTurns).not.toBe(before.routing.catchUpTurns);
    expect(after.policyVersion).not.toBe(before.policyVersion);

    await file('base.yaml', base);
    expect(await written(own)).toBe(first);
  });
});

describe('the JSON Schema of overlays', () => {
  const schema = z.fromJSONSchema(
    JSON.parse(JSON.stringify(overlayJsonSchema())) as z.core.JSONSchema.JSONSchema,
  );
  const accepts = (text: string) => schema.safeParse(parse(text)).success;

  test('is up to date (npm run policy -- schema)', async () => {
    const text = await readFile('policy/overlay.schema.json', 'utf8');
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(overlayJsonSchema())));
  });

  test('is named by every policy that extends another, and accepts it', async () => {
    const files = (await readdir('policy')).filter((name) => name.endsWith('.yaml'));
    const texts = await Promise.all(files.map((name) => readFile(join('policy', name), 'utf8')));
    const overlays = texts.filter((text) => /^extends:/m.test(text));
    expect(overlays).not.toEqual([]);
    for (const text of overlays) {
      expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./overlay.schema.json');
      expect(schema.safeParse(parse(text)).error).toBeUndefined();
    }
  });

  test('accepts the example of the README, which is a good policy', async () => {
    const example = /```yaml\n([^`]+)```/.exec(await readFile('README.md', 'utf8'))?.[1] ?? '';
    expect(accepts(example)).toBe(true);
    expect(await found(example.replace('default.yaml', 'base.yaml'))).toEqual([]);
  });

  test.each([
    ['nothing but its base', ''],
    ['a part of a row', 'sources: [{ id: demo_request, target: PT9S }]'],
    ['a rung', 'commitments: [{ id: mql.respond, rungs: [{ rung: backup, at: { afterStart: PT9S } }] }]'],
    ['a removal', 'pools: [{ id: enterprise, remove: true }]'],
    ['a key that is taken away', 'home: { region: null }'],
    ['an entry that is taken away', 'holidays: { countries: { FR: null } }'],
    ['a metric by its id', 'metrics: [{ id: anything, green: 5 }]'],
    ['a stage by its number', 'stages: [{ stage: 1, title: First }]'],
    ['a list that is replaced', 'segments: [{ id: smb, targets: [{ when: {}, target: PT9S }] }]'],
  ])('accepts %s', (_, text) => {
    expect(accepts(`extends: base.yaml\n${text}`)).toBe(true);
  });

  test.each([
    ['a file that extends nothing', 'name: x'],
    ['an unknown key', 'extends: base.yaml\nhmoe: {}'],
    ['a wrong value', 'extends: base.yaml\nsources: [{ id: demo_request, target: soon }]'],
    ['a row without its name', 'extends: base.yaml\nsources: [{ target: PT9S }]'],
    ['a required key that is taken away', 'extends: base.yaml\nhome: { country: null }'],
    [
      'half a row of a list that is replaced',
      'extends: base.yaml\nsegments: [{ id: smb, targets: [{ when: {} }] }]',
    ],
    [
      'a rung that is due at two times',
      'extends: base.yaml\ncommitments: [{ id: a, rungs: [{ rung: warn, at: { percent: 5, afterStart: PT1S } }] }]',
    ],
  ])('refuses %s', (_, text) => {
    expect(accepts(text)).toBe(false);
  });
});
