/** A progress bar, on a terminal only. */
import { SingleBar } from 'cli-progress';
import { iso } from '../../core/time.ts';
import type { Moment } from './schedule.ts';

export interface Progress {
  step(moment: Moment): void;
  stop(): void;
}

/** @param total number of moments */
export function progress(total: number, terminal: NodeJS.WriteStream): Progress {
  if (!terminal.isTTY) return { step: () => undefined, stop: () => undefined };
  const format = '{bar} {value}/{total}  {day}  {eta_formatted} left';
  const bar = new SingleBar({ format, stream: terminal, hideCursor: true, clearOnComplete: true });
  bar.start(total, 0, { day: '' });
  return {
    step: (moment) => bar.increment({ day: iso(moment.at).slice(0, 10) }),
    stop: () => bar.stop(),
  };
}
