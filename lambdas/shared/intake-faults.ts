/** What is wrong with facts that arrive: a source that the policy does not have, an instant that has not come. */
import { wallMs } from '../../core/calendar/index.ts';
import type { Iso } from '../../core/time.ts';
import { epochMs, iso } from '../../core/time.ts';
import { invalidRequest } from './problem.ts';
import type { Services } from './services.ts';

interface Fault {
  path: string;
  message: string;
}

/** A source that is left out is none that is wrong. */
export function sourceFaults({ policy }: Pick<Services, 'policy'>, source: string | undefined): Fault[] {
  const sources = policy.sources.map(({ id }) => id);
  if (source === undefined || sources.includes(source)) return [];
  return [{ path: 'source', message: `must be one of the policy's sources: ${sources.join(', ')}` }];
}

/** The clock of another system may be ahead of ours by the policy's tolerance. */
export function futureFaults(
  { policy, clock }: Pick<Services, 'policy' | 'clock'>,
  path: string,
  at: Iso,
): Fault[] {
  const now = clock.now();
  if (epochMs(at) <= now + wallMs(policy.intake.futureTolerance)) return [];
  return [{ path, message: `must not lie in the future: it is ${iso(now)} now` }];
}

/** @throws Problem 400 that names them all, if there are any */
export function refuseFaults(faults: Fault[]): void {
  if (faults.length > 0) throw invalidRequest(faults);
}
