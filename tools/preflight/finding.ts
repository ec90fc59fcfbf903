/** What a check finds, and what it looks at. */
import type { EnvironmentSettings } from '../../lib/environments.ts';
import { isForbidden, type Aws } from '../shared/aws.ts';
import type { Deployed } from '../shared/stacks.ts';

export interface Finding {
  /** Whether the deployment would fail, or would not keep its promises, without it. */
  level: 'required' | 'warning';
  /** What is missing. */
  what: string;
  why: string;
  /** What puts it right: a command, or what to edit. */
  fix: string;
}

export interface Surroundings {
  settings: EnvironmentSettings;
  aws: Aws;
  /** Left out where nothing is deployed yet. */
  deployed: Deployed | null;
}

export type Check = (around: Surroundings) => Promise<Finding[]>;

export const required = (what: string, why: string, fix: string): Finding => ({
  level: 'required',
  ...{ what, why, fix },
});
export const warning = (what: string, why: string, fix: string): Finding => ({
  level: 'warning',
  ...{ what, why, fix },
});

/**
 * A check that may fail to look: what it was not allowed or not able to see becomes a warning, for the deployment may
 * do without.
 * @param subject what it is about, such as `the sender`
 * @param action the permission that it needs
 */
export function looking(subject: string, action: string, check: Check): Check {
  return async (around) => {
    try {
      return await check(around);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const fix = isForbidden(error)
        ? `Ask for the permission ${action}, or look in the console.`
        : 'Try again.';
      return [warning(`Not checked: ${subject}`, message, fix)];
    }
  };
}

/** Whether an address or a domain is one of those that are reserved for examples. */
export function isPlaceholder(address: string): boolean {
  return /(^|[@.])example(\.(com|org|net))?$/i.test(address);
}

/** The domain of an address. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** Findings as lines for the terminal, what is required first; none if there are none. */
export function findingLines(findings: readonly Finding[]): string[] {
  const lines = (level: Finding['level'], title: string): string[] => {
    const some = findings.filter((finding) => finding.level === level);
    if (some.length === 0) return [];
    return [
      title,
      ...some.flatMap(({ what, why, fix }) => [`  - ${what}`, `      why: ${why}`, `      do:  ${fix}`]),
    ];
  };
  return [...lines('required', 'Missing:'), ...lines('warning', 'Worth knowing:')];
}
