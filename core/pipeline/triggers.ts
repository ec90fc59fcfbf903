/**
 * Triggers that an update sets off (policy book §12): a close date that is pushed again and again, a size that has
 * changed. Those that nobody's update brings about are clocks, whose rungs make the same kind of fact happen.
 */
import type { Opportunity } from '../model/life.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { World } from '../ladder/tell.ts';
import { iso } from '../time.ts';
import { quarterAt } from './dates.ts';

type TriggerRow = CompiledPolicy['opportunityTriggers'][number];

interface SetOff {
  row: TriggerRow;
  /** The fact that opens the remedy. */
  fact: string;
  because: string;
}

/** The opportunity with the triggers that its latest entries set off, each of them once per occurrence. */
export function withTriggers(world: World, deal: Opportunity): { deal: Opportunity; setOff: SetOff[] } {
  const setOff = world.policy.opportunityTriggers.flatMap((row) => {
    const remedy = world.policy.commitments.find(({ id }) => id === row.remedy);
    if (remedy?.enforced !== true) return [];
    const because = whyNow(world, deal, row);
    return because === null ? [] : [{ row, fact: remedy.start, because }];
  });
  if (setOff.length === 0) return { deal, setOff };
  const triggered = setOff.map(({ row }) => ({
    trigger: row.id,
    at: iso(world.now),
    entries: 'closeDatePushed' in row.when ? deal.closeDates.length : deal.amounts.length,
  }));
  const others = deal.triggered.filter(({ trigger }) => setOff.every(({ row }) => row.id !== trigger));
  return { deal: { ...deal, triggered: [...others, ...triggered] }, setOff };
}

function whyNow(world: World, deal: Opportunity, { id, when }: TriggerRow): string | null {
  const judged = deal.triggered.find(({ trigger }) => trigger === id)?.entries ?? 0;
  if ('closeDatePushed' in when) return pushed(world, deal, judged, when.closeDatePushed.times);
  if ('dealSizeChangedAbovePercent' in when) return resized(deal, judged, when.dealSizeChangedAbovePercent);
  return null;
}

/** Pushes of the present quarter, those of an occurrence that was told already left out. */
function pushed(world: World, deal: Opportunity, judged: number, times: number): string | null {
  const quarter = quarterAt(world.now, world.policy.home.timeZone);
  const count = deal.closeDates.slice(judged).filter((one) => one.pushed && one.quarter === quarter).length;
  return count < times ? null : `The close date was pushed ${count} times in ${quarter}.`;
}

/** Against the first estimate, or the amount at which it was told last. Compared in hundredths, which are whole numbers. */
function resized(deal: Opportunity, judged: number, percent: number): string | null {
  const base = deal.amounts[Math.max(judged - 1, 0)];
  const latest = deal.amounts.at(-1);
  if (base === undefined || latest === undefined) return null;
  const [from, to] = [Math.round(base.amount * 100), Math.round(latest.amount * 100)];
  const isAbove = Math.abs(to - from) * 100 > from * percent;
  return isAbove ? `The size of the deal has changed by more than ${percent} percent.` : null;
}
