/** A clock as the API shows it. */
import { executionName } from '../../../core/ladder/facts.ts';
import { RESPONSE } from '../../../core/ladder/next.ts';
import type { Clock } from '../../../core/model/clock.ts';
import { pauseReason } from '../../../core/model/clock.ts';
import type { Subject } from '../../../core/model/subject.ts';
import type { Services } from '../../shared/services.ts';
import type { ClockView } from '../schemas/clock-view.ts';

/** Fields of the clock that the answer's schema does not name are dropped by it. */
export function viewClock(
  subject: Subject,
  clock: Clock,
  { executions }: Pick<Services, 'executions'>,
): ClockView {
  const machine = clock.commitment === RESPONSE ? 'mql-response' : 'commitment-clock';
  return {
    ...clock,
    pauses: clock.pauses.map((pause) => ({ ...pause, reason: pauseReason(pause) })),
    executionArn: clock.run === 0 ? null : executions.arn(machine, executionName(subject, clock, machine)),
  };
}
