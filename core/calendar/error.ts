/** One thing that is wrong with a calendar: where, and what would be right. */
export interface CalendarProblem {
  /** Where in the calendar, e.g. `weekly.mon[0]`. */
  path: string;
  /** The value and what is allowed instead, in words. */
  message: string;
}

/** A calendar that cannot be computed with, or a question that it has no answer to. All problems at once. */
export class CalendarError extends Error {
  override readonly name = 'CalendarError';
  readonly problems: readonly CalendarProblem[];

  constructor(problems: readonly CalendarProblem[]) {
    super(problems.map(({ path, message }) => `${path}: ${message}`).join('; '));
    this.problems = problems;
  }
}
