/** Business time (policy book §4). Built from the policy's calendar rows; computes on intervals, never by stepping. */
export { atPercent, deadline, elapsed, isOpenAt, nextOpening, type PauseSpan } from './business-time.ts';
export { calendarOf, compileCalendar, wholeCalendar, type Calendar } from './calendar.ts';
export { CalendarError, type CalendarProblem } from './error.ts';
export { explainDeadline, localText } from './explain.ts';
export { describeSpan, formatSpan, parseSpan, wallMs, type Span } from './span.ts';
