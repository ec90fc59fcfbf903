/** Values inside of values, by path. */
import type { IssuePath } from './issue.ts';

/** The value at a path; undefined where there is none. */
export function valueAt(content: unknown, path: IssuePath): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return content;
  if (Array.isArray(content)) return valueAt(typeof step === 'number' ? content[step] : undefined, rest);
  if (typeof content !== 'object' || content === null) return undefined;
  return valueAt(new Map<string, unknown>(Object.entries(content)).get(String(step)), rest);
}

/** A copy with another value at a path; `undefined` takes the key away. Where the path leads nowhere nothing changes. */
export function withValueAt(content: unknown, path: IssuePath, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(content)) {
    return content.map((one: unknown, i) => (i === step ? withValueAt(one, rest, value) : one));
  }
  if (typeof content !== 'object' || content === null) return content;
  const entries = new Map<string, unknown>(Object.entries(content));
  const changed = withValueAt(entries.get(String(step)), rest, value);
  if (changed === undefined) entries.delete(String(step));
  else entries.set(String(step), changed);
  return Object.fromEntries(entries);
}
