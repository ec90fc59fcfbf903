/** Business time (policy book §4). Built from the policy's calendar rows; computes on intervals, never by stepping. */
export { untilClose } from './business-days.ts';
export { atPercent, deadline, elapsed, isOpenAt, nextOpening } from './business-time.ts';
export { calendarOf, compileCalendar, type Calendar } from './calendar.ts';
export { CalendarError } from './error.ts';
export { businessDay, businessDaysBetween } from './nth-day.ts';
export { explainDeadline, localText } from './explain.ts';
export { describeSpan, formatSpan, parseSpan, wallMs, type Span } from './span.ts';
