/** A whole replay: read, send, count. */
import { iso } from '../../core/time.ts';
import type { EpochMs } from '../../core/time.ts';
import type { LeadApi } from './client.ts';
import { readContacts } from './contacts.ts';
import { figuresOf, tally } from './figures.ts';
import { readLeads } from './leads.ts';
import { mailKind } from './mail-kinds.ts';
import { readMapping } from './mapping.ts';
import { finish, play } from './play.ts';
import { progress } from './progress.ts';
import { ExportError } from './rows.ts';
import { schedule } from './schedule.ts';
import type { Report } from './summary.ts';
import { openTarget } from './target.ts';
import type { TargetOptions } from './target.ts';

export interface ReplayOptions extends TargetOptions {
  file: string;
  map: string;
  /** At most so many leads, the first to arrive. */
  limit?: number | undefined;
  /** Takes the place of the contacts' file of the mapping. */
  contacts?: string | undefined;
  /** Where the clock stops; without it, when every ladder has ended. */
  until?: EpochMs | undefined;
  /** Moments a second, towards a system whose clock cannot be set. */
  rate?: number | undefined;
  signal?: AbortSignal | undefined;
}

const DEFAULT_RATE = 10;

/** @throws MappingError, ExportError, TypeError for options that do not fit, or the file system's error */
export async function replay(options: ReplayOptions): Promise<Report> {
  const started = performance.now();
  const mapping = await readMapping(options.map);
  const { arrivals, bad } = await readLeads(options.file, mapping, options.limit);
  const first = arrivals[0];
  if (first === undefined)
    throw new ExportError(`${options.file} has no row that can be sent. ${reasons(bad)}`);
  const joined = await readContacts(options.file, mapping, arrivals, options.contacts);
  const { until } = options;
  const moments = schedule(arrivals, joined.contacts).filter(
    (moment) => until === undefined || moment.at <= until,
  );
  const target = await openTarget(options, first.at);
  try {
    const seen = await seenBefore(target.api);
    const notes = [...mapping.notes, ...joined.notes, ...lateNote(seen.now, first.at)];
    const bar = progress(moments.length, process.stderr);
    const played = await play(target.api, moments, {
      rate: seen.now === null ? (options.rate ?? DEFAULT_RATE) : null,
      onMoment: (moment) => bar.step(moment),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    }).finally(() => bar.stop());
    const last = moments.at(-1)?.at ?? first.at;
    const aborted = options.signal?.aborted === true;
    const end = seen.now === null || aborted ? null : await finish(target.api, last, until ?? null);
    if (end !== null && end.waiting > 0) notes.push(`Executions that still wait at the end: ${end.waiting}.`);
    if (aborted) notes.push('Stopped before the end.');
    notes.push(
      ...target.errors
        .slice(0, 1)
        .map((error) => `The system reported ${target.errors.length} errors: ${error}`),
    );
    const shown = await outcome(target.api, played.leadIds, seen);
    return {
      ...{ name: mapping.name, notes, played, ...shown, bad: [...bad, ...joined.bad] },
      ...{ from: iso(first.at), to: iso(end?.at ?? last), wallMs: performance.now() - started },
    };
  } finally {
    await target.close();
  }
}

interface SeenBefore {
  now: EpochMs | null;
  mails: number;
  events: number;
}

/** Mails and events of earlier days are not this replay's. */
async function seenBefore(api: LeadApi): Promise<SeenBefore> {
  const now = await api.localNow();
  if (now === null) return { now, mails: 0, events: 0 };
  return { now, mails: (await api.subjects()).length, events: (await api.eventTypes()).length };
}

async function outcome(
  api: LeadApi,
  leadIds: readonly string[],
  before: SeenBefore,
): Promise<Pick<Report, 'figures' | 'mails' | 'events'>> {
  const leads = [];
  for (const leadId of leadIds) leads.push(await api.lead(leadId));
  const figures = figuresOf(leads);
  if (before.now === null) return { figures, mails: null, events: null };
  const subjects = (await api.subjects()).slice(before.mails);
  return {
    figures,
    mails: tally(subjects.map(mailKind)),
    events: tally((await api.eventTypes()).slice(before.events)),
  };
}

function lateNote(now: EpochMs | null, first: EpochMs): string[] {
  if (now === null)
    return [
      'The clock of this system cannot be set: leads are sent with their times of arrival, all of them past.',
    ];
  return now > first + 60_000
    ? [`The clock stood at ${iso(now)}, after the first arrival: earlier leads come late.`]
    : [];
}

function reasons(bad: { line: number; reason: string }[]): string {
  const [one] = bad;
  return one === undefined ? '' : `Line ${one.line}: ${one.reason}`;
}
