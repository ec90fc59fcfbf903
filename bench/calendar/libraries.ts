/** The same question put to our calendar and to the npm libraries for business hours. */
import vm from 'node:vm';
import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import dayjsBusinessTime from 'dayjs-business-time';
import moment from 'moment-timezone';
import 'moment-business-time';
import { compileCalendar, deadline, parseSpan } from '../../core/calendar/index.ts';
import type { WholeCalendar } from '../../core/policy/schema/calendars.ts';
import type { EpochMs } from '../../core/time.ts';

dayjs.extend(utc);
dayjs.extend(timezone);
dayjs.extend(dayjsBusinessTime);

/** Minutes on the calendar or whole business days: what every library can express. */
export interface Target {
  iso: string;
  amount: number;
  unit: 'minutes' | 'days';
}

/** Answers with the deadline of a start; set up for one calendar and one target. */
export type Asked = (start: EpochMs) => EpochMs;

export interface Library {
  name: string;
  prepare(calendar: WholeCalendar, target: Target): Asked;
}

/** In the order in which moment numbers them. */
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export const ours: Library = {
  name: 'lead-sla',
  prepare(whole, target) {
    const calendar = compileCalendar(whole);
    const span = parseSpan(target.iso);
    return (start) => deadline(calendar, start, span);
  },
};

const momentBusinessTime: Library = {
  name: 'moment-business-time',
  prepare({ timeZone, weekly, holidays }, { amount, unit }) {
    const hours = DAYS.map((day, i) => [i, weekly[day]?.flat().map((time) => `${time}:00`) ?? null] as const);
    const workinghours = Object.fromEntries(hours);
    moment.updateLocale('en', { workinghours, holidays });
    return (start) => moment.tz(start, timeZone).addWorkingTime(amount, unit).valueOf();
  },
};

const dayjsLibrary: Library = {
  name: 'dayjs-business-time',
  prepare({ timeZone, weekly, holidays }, { amount, unit }) {
    const hours = (day: keyof WholeCalendar['weekly']): dayjs.BusinessHours[] | null =>
      weekly[day]?.map(([start, end]) => ({ start: `${start}:00`, end: `${end}:00` })) ?? null;
    dayjs.setHolidays(holidays);
    dayjs.setBusinessTime({
      sunday: hours('sun'),
      monday: hours('mon'),
      tuesday: hours('tue'),
      wednesday: hours('wed'),
      thursday: hours('thu'),
      friday: hours('fri'),
      saturday: hours('sat'),
    });
    return (start) => dayjs(start).tz(timeZone).addBusinessTime(amount, unit).valueOf();
  },
};

export const others = [momentBusinessTime, dayjsLibrary];

/** An answer, or in words why there is none: some inputs make a library loop for ever. */
export function within(ms: number, ask: () => EpochMs): EpochMs | string {
  Object.assign(globalThis, { askLibrary: ask });
  try {
    const answer: unknown = vm.runInThisContext('askLibrary()', { timeout: ms });
    return typeof answer === 'number' && Number.isFinite(answer) ? answer : 'no date';
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.includes('timed out') ? 'never ends' : message;
  }
}
