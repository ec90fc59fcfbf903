/** Mappings of unknown content. */

/** The entries of a mapping by key; null for a list, a plain value or nothing. */
export function entriesOf(value: unknown): Map<string, unknown> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return new Map(Object.entries(value));
}
