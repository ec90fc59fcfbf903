/** Policy files merged into one content, of which every path leads back to the file and line where it was written. */
import type { PolicyIssue } from '../../core/policy/issue.ts';
import { entriesOf } from '../../core/policy/mapping.ts';
import { mergeLayers } from '../../core/policy/merge.ts';
import type { MergeFinding } from '../../core/policy/merge.ts';
import { foldNewRows } from '../../core/policy/new-rows.ts';
import { placeAt } from '../../core/policy/place.ts';
import type { Place } from '../../core/policy/place.ts';
import { EXTENDS } from './layers.ts';
import type { Layer, Layers } from './layers.ts';
import type { YamlFile } from './yaml.ts';

export interface MergedFiles {
  /** What the files say together; null when one of them cannot be read, is missing or holds no policy. */
  content: unknown;
  /** What is wrong with the files before anything is known about policies. */
  issues: PolicyIssue[];
  /** A finding about the merged content with file, line and path of the place that has to be changed. */
  locate: (issue: PolicyIssue) => PolicyIssue;
  /** Findings as they are told: in the order of the named file, then of those that it extends. */
  report: (issues: readonly PolicyIssue[]) => PolicyIssue[];
}

export function mergeFiles({ layers, issues: chain }: Layers): MergedFiles {
  const yamls = layers.map(({ yaml }) => yaml());
  const unread = yamls.flatMap(({ issues }, i) => issues.map((one) => ({ ...one, file: nameOf(layers, i) })));
  const noBases = layers.slice(1).filter((layer) => holdsNoMapping(layer.yaml()));
  const merged = mergeLayers(yamls.map(({ content }) => withoutExtends(content)));
  const at = (place: Place) => ({
    path: place.path,
    line: yamls[place.layer]?.lineOf(place.path),
    file: nameOf(layers, place.layer),
  });
  const told = ({ place, value, message }: MergeFinding): PolicyIssue => ({
    severity: 'error',
    message,
    ...(value === null ? {} : { value }),
    ...at(place),
  });
  const newRows = merged.added.map(({ place, name, value, known }) => ({
    issue: told({ place, value: name, message: 'a new row' }),
    keys: [...(entriesOf(value)?.keys() ?? [])],
    known,
  }));
  const rank = ({ file }: PolicyIssue) => layers.findIndex((_, i) => nameOf(layers, i) === file);
  const readable = yamls.every((yaml) => yaml.readable);
  const whole = readable && chain.length === 0 && noBases.length === 0;
  return {
    content: whole ? (merged.value ?? undefined) : null,
    issues: [...unread, ...chain, ...noBases.map(noMapping), ...merged.findings.map(told)],
    locate: (issue) => ({ ...issue, ...at(placeAt(merged.place, issue.path)) }),
    report: (issues) =>
      foldNewRows(issues, newRows).sort((a, b) => rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0)),
  };
}

/** The name that a finding tells: none for the file that was named. */
function nameOf(layers: Layers['layers'], layer: number): string | undefined {
  return layer === 0 ? undefined : layers[layer]?.file;
}

function holdsNoMapping({ readable, content }: YamlFile): boolean {
  return readable && entriesOf(content) === null;
}

function noMapping({ file }: Layer): PolicyIssue {
  return { severity: 'error', path: [], message: 'a policy is a mapping of its parts', line: 1, file };
}

function withoutExtends(content: unknown): unknown {
  const entries = entriesOf(content);
  if (!entries?.delete(EXTENDS)) return content;
  return Object.fromEntries(entries);
}
