/** What is wrong with a policy file: one issue per finding, all of them at once. */

/** Where in the file: keys and indices from the top. */
export type IssuePath = readonly (string | number)[];

export interface PolicyIssue {
  /** A warning is told and does not stop the policy from being used. */
  severity: 'error' | 'warning';
  path: IssuePath;
  /** The offending value; left out where there is none (a missing key). */
  value?: unknown;
  /** What is wrong and what is allowed, in a plain sentence without a final stop. */
  message: string;
  /** Line of the source file, from 1. */
  line?: number | undefined;
  /** The source file, where it is not the one that was named but one that this extends. */
  file?: string | undefined;
}

/** `pools[2].backup.pool`, the way the path is printed. */
export function pathText(path: IssuePath): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return text === '' ? '(the whole file)' : text.replace(/^\./, '');
}

/** One line for people: file, line, path, value and what is allowed. */
export function issueText(issue: PolicyIssue): string {
  const line = issue.line === undefined ? '' : `line ${issue.line}: `;
  const file = issue.file === undefined ? '' : `${issue.file} `;
  const value = issue.value === undefined ? '' : ` is ${valueText(issue.value)}`;
  return `${issue.severity} ${file}${line}${pathText(issue.path)}${value}: ${issue.message}`;
}

function valueText(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** A policy that cannot be used. Carries every finding; its message lists them, one a line. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly issues: readonly PolicyIssue[];
  constructor(file: string, issues: readonly PolicyIssue[]) {
    super(
      [`${file} is not a policy that can be used`, ...issues.map((one) => `  ${issueText(one)}`)].join('\n'),
    );
    this.issues = issues;
  }
}
