/** Counts the faults that were played, for `npm run bench -- faults`. */
import { appendFileSync } from 'node:fs';

/** @param failed how many of them broke a promise */
export function played(kind: string, count: number, failed: number): void {
  const file = process.env['FAULTS_REPORT'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ kind, count, failed })}\n`);
}
