/** Lists whose rows have names: by them rows are told apart, and an overlay finds the row that it changes. */
import type { IssuePath } from './issue.ts';

/**
 * The keys of a list's rows, by the names that lead to the list. Each of them may be given once in a list; an overlay
 * goes by the first that it writes.
 */
export const ROW_KEYS: Readonly<Record<string, readonly string[]>> = {
  calendars: ['id'],
  territories: ['id'],
  sources: ['id'],
  segments: ['id'],
  tiers: ['tier'],
  priorities: ['id'],
  pools: ['id'],
  commitments: ['id'],
  'commitments.rungs': ['rung'],
  'mqlGate.personas.seniorities': ['id'],
  'mqlGate.personas.functions': ['id'],
  'scoring.acts': ['id'],
  'scoring.decay': ['id'],
  signals: ['id'],
  signalRules: ['id'],
  rejections: ['code'],
  aeRejections: ['code'],
  'cadence.touches': ['touch'],
  'cadence.missed': ['touches'],
  'sqlGate.meddpic': ['element'],
  stages: ['id', 'stage'],
  opportunityTriggers: ['id'],
  meetings: ['id'],
  dispositions: ['id'],
  recycling: ['id'],
  complianceBands: ['id'],
  metrics: ['id'],
  figures: ['id'],
  reports: ['id'],
  'support.severities': ['id'],
  'support.customers': ['id'],
  'support.services': ['id'],
  exclusions: ['id'],
  remedies: ['id'],
  'crm.fields': ['value'],
};

/** Mappings that say one of several things, each by keys of its own: mixed with another they would say nothing. */
const ONE_OF_SEVERAL: ReadonlySet<string> = new Set(['commitments.rungs.at', 'opportunityTriggers.when']);

/** The keys of the rows of the list at a path; undefined where rows have no names, or where there is no list. */
export function rowKeysAt(path: IssuePath): readonly string[] | undefined {
  const names = namesOf(path);
  return Object.hasOwn(ROW_KEYS, names) ? ROW_KEYS[names] : undefined;
}

/** Whether the mapping at a path is replaced as a whole. */
export function isOneOfSeveral(path: IssuePath): boolean {
  return ONE_OF_SEVERAL.has(namesOf(path));
}

function namesOf(path: IssuePath): string {
  return path.filter((step) => typeof step === 'string').join('.');
}
