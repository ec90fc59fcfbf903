/** The summary of a replay, as text for the terminal. */
import Table from 'cli-table3';
import { percentile } from './figures.ts';
import type { Figures, Kept, KindOfLead } from './figures.ts';
import type { Played } from './play.ts';
import type { BadRow } from './rows.ts';

export interface Report {
  name: string;
  notes: string[];
  /** First and last instant of the replay in the system's time, ISO 8601. */
  from: string;
  to: string;
  played: Played;
  figures: Figures;
  /** Mails by kind and events by type; null where the system does not show them. */
  mails: Map<string, number> | null;
  events: Map<string, number> | null;
  bad: BadRow[];
  /** Real time of the whole run. */
  wallMs: number;
}

/** Bad rows shown in full; of more, only the number is told. */
const SHOWN_ROWS = 50;
const STYLE = { head: [], border: [], compact: true };

/** All tables of a report. */
export function summaryText(report: Report): string {
  const { played, figures } = report;
  const parts = [
    `Replay: ${report.name}`,
    ...report.notes.map((note) => `  ${note}`),
    '',
    table('Leads by source and tier, with the commitments kept in time', ...kinds(figures.kinds)),
    table('Owners', ['person', 'leads that came first', 'leads at the end'], ownerRows(figures)),
    table('Rungs climbed', ['commitment', 'rung', 'climbed', 'passed over'], rungRows(figures)),
    ...(report.mails === null ? [] : [table('Mails sent', ['kind', 'mails'], counts(report.mails))]),
    ...(report.events === null ? [] : [table('Events', ['type', 'events'], counts(report.events))]),
    table('Leads at the end', ['status', 'leads'], counts(figures.statuses)),
    table('From POST to owner, real milliseconds', ...times(played)),
    rowsText('Rows that were skipped', report.bad),
    rowsText('Rows that the system refused', played.refused),
    closing(report),
  ];
  return `${parts.join('\n')}\n`;
}

function kinds(rows: readonly KindOfLead[]): [string[], string[][]] {
  const commitments = [...new Set(rows.flatMap((row) => [...row.kept.keys()]))];
  const cells = (row: KindOfLead): string[] => commitments.map((name) => share(row.kept.get(name)));
  const body = rows.map((row) => [row.source, String(row.tier), String(row.leads), ...cells(row)]);
  const all: KindOfLead = {
    source: 'all',
    tier: 0,
    leads: sum(rows.map((row) => row.leads)),
    kept: new Map(),
  };
  for (const name of commitments) all.kept.set(name, together(rows.map((row) => row.kept.get(name))));
  return [
    ['source', 'tier', 'leads', ...commitments],
    [...body, ['all', '', String(all.leads), ...cells(all)]],
  ];
}

function together(parts: readonly (Kept | undefined)[]): Kept {
  return {
    inTime: sum(parts.map((part) => part?.inTime ?? 0)),
    judged: sum(parts.map((part) => part?.judged ?? 0)),
    open: sum(parts.map((part) => part?.open ?? 0)),
  };
}

function share(kept: Kept | undefined): string {
  if (kept === undefined) return '';
  const open = kept.open > 0 ? `, ${kept.open} open` : '';
  if (kept.judged === 0) return `none judged${open}`;
  return `${kept.inTime} of ${kept.judged} (${Math.round((100 * kept.inTime) / kept.judged)} %)${open}`;
}

function ownerRows({ owners }: Figures): string[][] {
  const rows = [...owners].sort(([, a], [, b]) => b.now - a.now);
  return rows.map(([personId, { first, now }]) => [personId, String(first), String(now)]);
}

function rungRows({ rungs }: Figures): string[][] {
  return [...rungs].map(([key, { done, passedOver }]) => [
    ...key.split(' '),
    String(done),
    String(passedOver),
  ]);
}

function counts(map: ReadonlyMap<string, number>): string[][] {
  return [...map].map(([name, count]) => [name, String(count)]);
}

function times({ ownerMs, withoutOwner }: Played): [string[], string[][]] {
  const shown = [percentile(ownerMs, 0.5), percentile(ownerMs, 0.95), Math.max(0, ...ownerMs)];
  return [
    ['leads', 'median', 'p95', 'longest', 'nobody available'],
    [[String(ownerMs.length), ...shown.map((ms) => ms.toFixed(0)), String(withoutOwner)]],
  ];
}

function rowsText(title: string, rows: readonly BadRow[]): string {
  if (rows.length === 0) return `${title}: none`;
  const lines = rows.slice(0, SHOWN_ROWS).map(({ line, reason }) => `  line ${line}: ${reason}`);
  const more = rows.length > SHOWN_ROWS ? [`  … and ${rows.length - SHOWN_ROWS} more`] : [];
  return [`${title}: ${rows.length}`, ...lines, ...more].join('\n');
}

function closing({ played, from, to, wallMs }: Report): string {
  const known = played.known > 0 ? ` (${played.known} of them were known before)` : '';
  const what = `${played.leadIds.length} leads${known} and ${played.contacts} first contacts`;
  return `\n${what} from ${from} to ${to}, in ${(wallMs / 1000).toFixed(1)} s.`;
}

function table(title: string, head: string[], body: string[][]): string {
  const drawn = new Table({ head, style: STYLE });
  drawn.push(...body);
  return `${title}\n${drawn.toString()}\n`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
