/** The text of a policy: whatever it is, it gets findings. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { checkText } from '../../lib/policy/compile.ts';
import { MappingError, parseMapping } from '../../local/replay/mapping.ts';
import { anyText, deepJson } from './texts.ts';

describe('a policy', () => {
  const known = readFileSync('policy/default.yaml', 'utf8')
    .replace(/years: \[\d+, \d+\]/g, 'years: [2026, 2027]')
    .replaceAll('regions: all', 'regions: []');

  async function check(text: string): Promise<void> {
    const { policy, issues } = await checkText(text);
    expect(policy !== null || issues.length > 0).toBe(true);
    for (const { message, severity } of issues) {
      expect(message.length).toBeGreaterThan(0);
      expect(['error', 'warning']).toContain(severity);
    }
  }

  it('that is any text gets findings and never an exception', async () => {
    const parts = [
      'version: 1\n',
      '- ',
      'a: ',
      '&x ',
      '*x',
      '<<: ',
      '? ',
      '!!set ',
      '{',
      '}',
      '[',
      '|\n',
      '"',
      '\t',
      '\n  ',
      '---\n',
      '#',
    ];
    await fc.assert(fc.asyncProperty(fc.oneof(anyText(...parts), deepJson()), check), { numRuns: 150 });
  });

  it('that is the default one with something broken in it gets findings and never an exception', async () => {
    const lines = known.split('\n');
    const spoilt = fc.constantFrom(
      'null',
      '-1',
      '1e999',
      '[]',
      '{}',
      '"\\ud800"',
      'PT999999999H',
      '*x',
      '__proto__',
      "''",
      'yes',
    );
    const change = fc.record({
      at: fc.nat(lines.length - 1),
      how: fc.constantFrom('drop', 'double', 'indent', 'value'),
      spoilt,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const changed = [...lines];
        for (const { at, how, spoilt: value } of changes) {
          const old = changed[at] ?? '';
          if (how === 'drop') changed[at] = '';
          if (how === 'double') changed[at] = `${old}\n${old}`;
          if (how === 'indent') changed[at] = ` ${old}`;
          if (how === 'value') changed[at] = old.replace(/: .*$/, `: ${value}`);
        }
        await check(changed.join('\n'));
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['aliases that unfold without end', aliases(9)],
    ['an alias to itself', 'calendars: &a\n  - *a'],
    ['10,000 lists in lists', '['.repeat(10_000)],
    ['a prototype', '__proto__: { version: 1 }\nconstructor: { prototype: 1 }'],
    ['a NUL', '\u0000'],
  ])('with %s gets findings', async (_, text) => {
    expect((await checkText(text)).issues.length).toBeGreaterThan(0);
    expect(() => parseMapping(text, 'test.yaml')).toThrow(MappingError);
  });

  function aliases(depth: number): string {
    const names = 'abcdefghij'.slice(0, depth + 1);
    return Array.from(names, (name, n) => {
      const inside = n === 0 ? 'x' : `*${names[n - 1] ?? ''}`;
      return `${name}: &${name} [${Array<string>(9).fill(inside).join(',')}]`;
    }).join('\n');
  }
});
