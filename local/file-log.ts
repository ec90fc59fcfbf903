/** The functions' log: lines of JSON in the data folder, so that the console stays readable. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { iso } from '../core/time.ts';
import type { SystemClock } from '../lambdas/shared/clock.ts';
import { errorText } from '../lambdas/shared/redact.ts';
import type { Log } from '../lambdas/shared/services.ts';

export interface FileLog extends Log {
  close(): void;
}

/** @param onError called with each error as well */
export function fileLog(
  file: string,
  clock: SystemClock,
  onError: (message: string, fields: Record<string, unknown>) => void,
): FileLog {
  const handle = openSync(file, 'a', 0o600);
  let open = true;
  const write = (level: string, message: string, fields: Record<string, unknown>): void => {
    if (!open) return;
    const line = JSON.stringify({ at: iso(clock.now()), level, message, ...fields }, shown);
    writeSync(handle, `${line}\n`);
  };
  return {
    info: (message, fields = {}) => write('info', message, fields),
    warn: (message, fields = {}) => write('warn', message, fields),
    error: (message, fields = {}) => {
      write('error', message, fields);
      onError(message, fields);
    },
    close: () => {
      open = false;
      closeSync(handle);
    },
  };
}

function shown(_key: string, value: unknown): unknown {
  return value instanceof Error ? errorText(value) : value;
}
