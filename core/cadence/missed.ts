/** The steps of missed touches (policy book §9): a task for the next business hour, the manager, a disposition. */
import { calendarOf, deadline, parseSpan } from '../calendar/index.ts';
import type { Clock } from '../model/clock.ts';
import type { NoticeKind } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { EpochMs } from '../time.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry, event, task } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import { peopleFor, tellPeople } from '../ladder/tell.ts';
import { settle, takeFacts } from '../lifecycle/happen.ts';
import { dispositionClock, progressOf } from './progress.ts';
import type { TouchProgress } from './progress.ts';
import { cadenceStep } from './step.ts';

type MissedRow = CompiledPolicy['cadence']['missed'][number];

export interface MissedStep {
  row: MissedRow;
  /** Which of the missing touches it is, from 1. */
  nth: number;
  touch: TouchProgress;
}

const KIND: Readonly<Record<MissedRow['action'], NoticeKind>> = {
  task_next_business_hour: 'touch_missed',
  tell: 'touches_missed',
  recycle_with_disposition: 'disposition_required',
};

/**
 * The step that a missing touch takes: the row with the most touches up to its place among those that are missing now.
 * @param number of the touch; the last missing one, unless told
 * @returns null if it is not missing, or no row begins with so few
 */
export function missedStep(world: World, lead: Lead, number?: number): MissedStep | null {
  return stepOf(world.policy, progressOf(world, lead)?.missed ?? [], number);
}

function stepOf(
  policy: CompiledPolicy,
  missed: readonly TouchProgress[],
  number?: number,
): MissedStep | null {
  const touch = number === undefined ? missed.at(-1) : missed.find((one) => one.touch === number);
  if (touch === undefined) return null;
  const nth = missed.indexOf(touch) + 1;
  const rows = policy.cadence.missed.toSorted((a, b) => b.touches - a.touches);
  const row = rows.find(({ touches }) => touches <= nth);
  return row === undefined ? null : { row, nth, touch };
}

/** What the deadline of a touch brings about, once: it is the action of the clock's own rung. Then the next ones wait. */
export function missedTouch(world: World, lead: Lead, clock: Clock): Decision {
  const step = missedStep(world, lead, clock.touch);
  const progress = progressOf(world, lead);
  if (step === null || progress === null || progress.ended !== null) return cadenceStep(world, lead);
  const { touch, nth } = step;
  const data = { touch: touch.touch, channel: touch.channel, missed: nth };
  const why = `Touch ${touch.touch} (${touch.channel}, day ${touch.day}) was not made; ${nth} missing now.`;
  const facts: Decision = {
    lead,
    effects: [
      entry(world.now, 'touch_missed', why, { clock }),
      event(lead, 'TouchMissed', world.now, { clock }, data),
    ],
  };
  const acted = and(facts, act(world, lead, clock, step));
  return and(acted, cadenceStep(world, acted.lead));
}

function act(world: World, lead: Lead, clock: Clock, step: MissedStep): Decision {
  switch (step.row.action) {
    case 'tell':
      return tell(world, lead, clock, step.row);
    case 'task_next_business_hour': {
      const told = tell(world, lead, clock, step.row);
      const { touch } = step.touch;
      const title = `Make up for touch ${touch} of lead ${lead.leadId}: ${step.touch.channel}`;
      const due = taskDue(world, step);
      return and(told, {
        lead: told.lead,
        effects: [assign(world, lead, `touch-${lead.cycle}-${touch}`, title, due)],
      });
    }
    case 'recycle_with_disposition':
      return requireDisposition(world, lead, 'touches_missed');
  }
}

/** When the task for the next business hour has to be done: that hour counts from the miss, on the touch's own calendar. */
function taskDue({ policy, now }: World, { row, touch }: MissedStep): EpochMs {
  return deadline(calendarOf(policy, touch.calendar), now, parseSpan(row.within ?? 'PT0S'));
}

function assign(
  world: World,
  lead: Lead,
  key: string,
  title: string,
  due?: EpochMs,
): Decision['effects'][number] {
  return task(world.now, key, title, lead.owner?.personId ?? null, due);
}

function tell(world: World, lead: Lead, clock: Clock | null, row: MissedRow): Decision {
  return row.tell.reduce<Decision>(
    (sum, recipient) => {
      const { people } = peopleFor(world, sum.lead, recipient, null, clock);
      const told = tellPeople(
        world,
        people,
        KIND[row.action],
        { clock, key: KIND[row.action] },
        'wait',
        sum.lead.held,
      );
      return and(sum, {
        lead: { ...sum.lead, held: [...sum.lead.held, ...told.held] },
        effects: told.effects,
      });
    },
    { lead, effects: [] },
  );
}

/**
 * From here on the owner owes the lead a disposition: recycling is what that does. Once per cycle.
 * @param because `touches_missed`, or `cadence_exhausted`
 */
export function requireDisposition(
  world: World,
  lead: Lead,
  because: 'touches_missed' | 'cadence_exhausted',
): Decision {
  if (dispositionClock(lead) !== undefined) return { lead, effects: [] };
  const key = String(lead.cycle);
  const why =
    because === 'touches_missed'
      ? 'Too many touches are missing: the cadence is over, and the lead is recycled by its disposition.'
      : 'Every touch of the cadence is over: the lead is recycled by its disposition.';
  // Its execution is started when it is known what is held until somebody's hours: it waits for that as well.
  const opened = takeFacts(world, lead, ['disposition_required'], world.now, {});
  const title = `Give lead ${lead.leadId} a disposition`;
  // Told with the clock that is open now: those of the touches are over, and what waits with them is dropped.
  const row = world.policy.cadence.missed.find(({ action }) => action === 'recycle_with_disposition');
  const clock = dispositionClock(opened.lead) ?? null;
  const held = row === undefined ? opened : and(opened, tell(world, opened.lead, clock, row));
  const told = settle(world, lead, held);
  return and(told, {
    lead: told.lead,
    effects: [
      entry(world.now, 'disposition_required', why, { key }),
      event(told.lead, 'DispositionRequired', world.now, { key }, { because }),
      assign(world, lead, `disposition-${key}`, title),
    ],
  });
}
