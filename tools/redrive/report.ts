/** What a run has done and what waits, as lines for the terminal. */
import type { Waiting } from './list.ts';
import type { Broken } from './message.ts';
import type { RedriveReport } from './redrive.ts';

/** What a run has sent, and what it has left where it was. */
export function redriveLines(report: RedriveReport): string[] {
  const { sent, sentButKept, refused, passedOver, broken } = report;
  return [
    `${counted(sent)} sent again.`,
    ...(sentButKept > 0
      ? [
          `  ${counted(sentButKept)} sent and not deleted: the next run sends them once more, with the same id.`,
        ]
      : []),
    ...Object.entries(refused).map(
      ([code, count]) => `  ${counted(count)} refused by the bus (${code}); they stay.`,
    ),
    ...(passedOver > 0 ? [`  ${counted(passedOver)} passed over; they stay.`] : []),
    ...brokenLines(broken),
  ];
}

/** What waits, a line for each rule and error. */
export function waitingLines(waiting: readonly Waiting[], broken: readonly Broken[]): string[] {
  if (waiting.length === 0 && broken.length === 0) return ['Nothing waits.'];
  return [
    ...waiting.map(
      ({ rule, error, count, detailTypes }) =>
        `${String(count).padStart(6)}  ${rule}  ${error}  (${detailTypes.join(', ')})`,
    ),
    ...brokenLines(broken),
  ];
}

function brokenLines(broken: readonly Broken[]): string[] {
  return broken.map(({ messageId, reason }) => `  message ${messageId} cannot be sent: ${reason}; it stays.`);
}

function counted(n: number): string {
  return `${n} ${n === 1 ? 'event' : 'events'}`;
}
