/** Names of the time zone database. */
import { Temporal } from 'temporal-polyfill';

const checked = new Map<string, boolean>();

/** Whether a name is a zone of the time zone database; `Europe/Berlin` is, `Berlin` and `+01:00` are not. */
export function isZone(name: string): boolean {
  let answer = checked.get(name);
  if (answer === undefined) {
    answer = /^[A-Za-z]/.test(name) && isKnown(name);
    // Names come from outside; memory must not grow with them.
    if (checked.size < 1000) checked.set(name, answer);
  }
  return answer;
}

function isKnown(name: string): boolean {
  try {
    new Temporal.PlainDate(2000, 1, 1).toZonedDateTime(name);
    return true;
  } catch {
    return false;
  }
}
