/** `calibrate figures`: Marketing's half of a month in tables (policy book §7, §14). */
import type { CompiledPolicy } from '../../core/policy/compiled.ts';
import { marketingFigures } from '../../core/reporting/marketing.ts';
import type { MarketingFigures, Quality } from '../../core/reporting/marketing.ts';
import { monthNamed, monthOf } from '../../core/reporting/period.ts';
import { iso } from '../../core/time.ts';
import type { EpochMs } from '../../core/time.ts';
import { table } from '../policy/table.ts';
import type { LeadSource } from './leads.ts';

export interface FiguresOptions {
  policy: CompiledPolicy;
  source: LeadSource;
  at: EpochMs | undefined;
  /** Like `2026-11`; left out: the month that runs. */
  month: string | undefined;
}

/** @returns the exit code: 1 if a line of the file was bad */
export async function figures(options: FiguresOptions, say: (text: string) => void): Promise<number> {
  const { policy, source, month } = options;
  const { timeZone } = policy.home;
  const now = options.at ?? (await source.now());
  const period = month === undefined ? monthOf(now, timeZone) : monthNamed(month, timeZone);
  const { leads, bad } = await source.leads(say);
  const found = marketingFigures(policy, leads, period, now);
  const running = found.complete ? '' : `, so far (it is ${iso(now)})`;
  say(`${period.name}, ${iso(period.from)} to ${iso(period.to)} (${timeZone})${running}`);
  say(summary(found, policy.marketing.quality));
  say(sources(found));
  if (found.failing.length > 0) {
    const rows = found.failing.map(({ criterion, mqls }) => [criterion, String(mqls)]);
    say(table(['criterion not met', 'MQLs'], rows));
  }
  return bad > 0 ? 1 : 0;
}

function summary(found: MarketingFigures, bar: CompiledPolicy['marketing']['quality']): string {
  const { volume, quality, held } = found;
  const { targetPercent, redBelowPercent } = bar;
  return table(
    ['', '', ''],
    [
      ['volume', `${volume.mqls} MQLs`, `${shown(volume.percent)} of ${volume.target}`],
      [
        'quality',
        `${shown(quality.percent)} ${quality.band ?? ''}`.trim(),
        `${quality.good} of ${quality.checked} meet every criterion; at least ${targetPercent} % green, below ${redBelowPercent} % red`,
      ],
      ['not checked', `${quality.notChecked} MQLs`, 'the gate has not seen them: neither good nor bad'],
      ['rejected since', `${quality.rejected} MQLs`, ''],
      ...found.clocks.map(({ commitment, percent, met, missed, running, cancelled }) => [
        commitment,
        shown(percent),
        `${met} met, ${missed} missed, ${running} running, ${cancelled} cancelled`,
      ]),
      ['held', `${held.leads} leads`, heldText(held)],
    ],
    80,
  );
}

function heldText({ stillHeld, medianMs, longestMs }: MarketingFigures['held']): string {
  const over =
    medianMs === null || longestMs === null
      ? ''
      : `median ${elapsed(medianMs)}, longest ${elapsed(longestMs)}; `;
  return `${over}${stillHeld} still held`;
}

function sources({ bySource }: MarketingFigures): string {
  const rowOf = (one: Quality & { source: string }): string[] => [
    one.source,
    String(one.mqls),
    shown(one.percent),
    one.band ?? '',
    `${one.good} of ${one.checked}`,
    String(one.notChecked),
    String(one.rejected),
  ];
  return table(['source', 'MQLs', 'quality', '', 'good', 'not checked', 'rejected'], bySource.map(rowOf));
}

/** One decimal, rounded down: what misses the bar does not look as if it reached it. */
function shown(percent: number | null): string {
  return percent === null ? 'none' : `${(Math.floor(percent * 10 + 1e-9) / 10).toFixed(1)} %`;
}

/** Hours and minutes, as people say them. */
function elapsed(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
