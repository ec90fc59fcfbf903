/** Texts for parsers that must neither throw anything but their own errors nor go on forever. */
import fc from 'fast-check';

/** Any text: printable, any code point, half characters; and often a part of what would be right. */
export const anyText = (...parts: string[]): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('\ud800', '\udc00', '\u0000', '\ufeff', '\u202e', '٣', '−', 'é') }),
    fc.array(fc.constantFrom(...parts), { maxLength: 12 }).map((all) => all.join('')),
    fc.tuple(fc.constantFrom(...parts), fc.string()).map(([part, rest]) => part + rest),
  );
export const digits = ['0', '1', '9', '99999', '9'.repeat(400)];

/** Lists and objects within each other, up to 10,000 deep. */
export function deepJson(): fc.Arbitrary<string> {
  const pair = fc.constantFrom(['[', ']'] as const, ['{"a":', '}'] as const);
  return fc
    .tuple(pair, fc.integer({ min: 1, max: 10_000 }))
    .map(([[open, close], n]) => `${open.repeat(n)}1${close.repeat(n)}`);
}
