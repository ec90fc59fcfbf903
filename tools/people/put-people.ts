/** Puts the people of a file on the roster of an environment, through its API. */
import { z } from 'zod';
import type { Person } from '../../core/model/person.ts';
import { ApiRefused, type Api } from '../shared/api.ts';
import { changedFields, managersFirst, newAvailability } from './compare.ts';

export interface PeopleReport {
  /** Ids of the new ones. */
  added: string[];
  /** Who was changed, and in which fields. */
  changed: { personId: string; fields: string[] }[];
  unchanged: number;
  /** Who was not taken, and why. */
  refused: { personId: string; reason: string }[];
  /** On the roster and not in the file; they are left as they are. */
  others: string[];
  /** What else is wrong with the roster as it is now. */
  warnings: string[];
}

const answerSchema = z.object({ warnings: z.array(z.object({ path: z.string(), message: z.string() })) });

/**
 * Makes the roster say of these people what the file says. What is so already is not written again; nobody is removed:
 * who has left gets `active: false`. Leave that the file names is added, leave that was set since stays.
 * @throws ApiRefused if the roster cannot be read
 */
export async function putPeople(
  api: Pick<Api, 'people' | 'call'>,
  people: readonly Person[],
): Promise<PeopleReport> {
  const before = new Map((await api.people()).map((person) => [person.personId, person]));
  const report: PeopleReport = {
    added: [],
    changed: [],
    unchanged: 0,
    refused: [],
    others: [],
    warnings: [],
  };
  for (const person of managersFirst(people)) {
    const { personId, availability, ...said } = person;
    const was = before.get(personId);
    const fields = was === undefined ? [] : changedFields(was, person);
    const leave = newAvailability(was?.availability ?? [], availability);
    try {
      if (was === undefined || fields.length > 0) {
        const answer = answerSchema.parse(await api.call('PUT', `people/${personId}`, said));
        report.warnings = answer.warnings.map(({ path, message }) => `${path}: ${message}`);
      }
      for (const entry of leave) await api.call('POST', `people/${personId}/availability`, entry);
    } catch (error) {
      if (!(error instanceof ApiRefused)) throw error;
      report.refused.push({ personId, reason: error.message });
      continue;
    }
    const changed = leave.length > 0 ? [...fields, 'availability'] : fields;
    if (was === undefined) report.added.push(personId);
    else if (changed.length > 0) report.changed.push({ personId, fields: changed });
    else report.unchanged += 1;
  }
  const inFile = new Set(people.map(({ personId }) => personId));
  report.others = [...before.keys()].filter((personId) => !inFile.has(personId));
  return report;
}

/** The report as lines for the terminal. */
export function peopleLines(report: PeopleReport): string[] {
  const { added, changed, unchanged, refused, others, warnings } = report;
  return [
    `${added.length} added, ${changed.length} changed, ${unchanged} unchanged, ${refused.length} refused.`,
    ...(added.length > 0 ? [`  added: ${added.join(', ')}`] : []),
    ...changed.map(({ personId, fields }) => `  changed: ${personId} (${fields.join(', ')})`),
    ...refused.map(({ personId, reason }) => `  refused: ${personId}: ${reason}`),
    ...(others.length > 0 ? [`  not in the file, left as they are: ${others.join(', ')}`] : []),
    ...warnings.map((text) => `  warning: ${text}`),
  ];
}
