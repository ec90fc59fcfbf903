/** `policy explain`: what a lead is owed under a policy, and when each rung of its ladder is due. */
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { calendarOf, describeSpan, localText } from '../../core/calendar/index.ts';
import type { Calendar } from '../../core/calendar/index.ts';
import { rungInstants } from '../../core/ladder/rungs.ts';
import type { LeadFacts } from '../../core/model/lead.ts';
import type { CompiledPolicy } from '../../core/policy/compiled.ts';
import { qualify } from '../../core/qualification/index.ts';
import type { Qualification } from '../../core/qualification/index.ts';
import { epochMs, iso } from '../../core/time.ts';
import { submitLeadSchema } from '../../lambdas/api/schemas/lead-intake.ts';
import { loadPolicy } from '../../lib/policy/load.ts';
import { cell, table } from './table.ts';

export interface ExplainOptions {
  leadFile: string;
  /** As if the lead had qualified at this instant; left out: when it says it did. */
  at: string | undefined;
  policyFile: string;
}

/** @returns the exit code: 1 if the lead is not one that could be posted */
export async function explainLead(options: ExplainOptions, say: (text: string) => void): Promise<number> {
  const policy = await loadPolicy(options.policyFile);
  const read = await readAs(submitLeadSchema, options.leadFile, say);
  if (read === null) return 1;
  const facts: LeadFacts = { ...read, qualifiedAt: iso(instantOf(options.at ?? read.qualifiedAt)) };
  const kind = qualify(policy, facts, epochMs(facts.qualifiedAt));
  say(kind.explanation.join('\n'));
  say(summary(policy, kind));
  say(ladder(policy, kind));
  return 0;
}

/**
 * What a JSON file holds, or null after every fault of it was told.
 * @throws SyntaxError that names the file
 */
export async function readAs<S extends z.ZodType>(
  schema: S,
  file: string,
  say: (text: string) => void,
): Promise<z.output<S> | null> {
  const read = schema.safeParse(parseJson(await readFile(file, 'utf8'), file));
  if (read.success) return read.data;
  for (const { path, message } of read.error.issues) say(`${file}: ${path.join('.')}: ${message}`);
  return null;
}

/** @throws SyntaxError that names the file */
function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`${file} is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/** @throws RangeError that says what an instant is */
export function instantOf(text: string): number {
  try {
    return epochMs(text);
  } catch (cause) {
    throw new RangeError(`"${text}" is not an instant; write it with an offset, like 2026-11-20T15:04:05Z`, {
      cause,
    });
  }
}

/** Instants stay on one line. */
const WIDE = 80;

function summary(policy: CompiledPolicy, kind: Qualification): string {
  const calendar = calendarOf(policy, kind.calendar);
  const when = (instant: string) => `${instant}  ${localText(calendar, epochMs(instant))}`;
  return table(
    ['', ''],
    [
      ['source', `${kind.source.id} (${kind.source.intent} intent)`],
      ['tier', String(kind.tier)],
      ['segment', kind.segment ?? 'not known'],
      ['priority', kind.priority],
      ['territory', kind.territory ?? 'none'],
      ['target', `${kind.target} (${describeSpan(kind.target)})`],
      ['targetFrom', kind.targetFrom],
      ['zone', `${kind.zone.timeZone}, from ${kind.zone.from}`],
      [
        'calendar',
        `${kind.calendar.id} in ${kind.calendar.timeZone}, holidays ${kind.calendar.holidays ?? 'none'}`,
      ],
      ['afterHours', kind.afterHours ?? 'no, within hours'],
      ['startedAt', when(kind.startedAt)],
      ['countsFrom', when(kind.countsFrom)],
      ['dueAt', when(kind.dueAt)],
      ['notBefore', kind.notBefore === null ? 'at once' : when(kind.notBefore)],
      ['policyVersion', policy.policyVersion],
    ],
    WIDE,
  );
}

/** The rungs of the response commitment, soonest first. */
function ladder(policy: CompiledPolicy, kind: Qualification): string {
  const commitment = policy.commitments.find(({ machine }) => machine === 'mql-response');
  if (!commitment) return 'The policy has no commitment for the response.';
  const calendar: Calendar = calendarOf(policy, kind.calendar);
  const instants = rungInstants(policy, commitment, {
    tier: kind.tier,
    calendar: kind.calendar,
    countsFrom: epochMs(kind.countsFrom),
    target: kind.target,
    pauses: [],
    addedMs: 0,
  });
  const rows = instants.map(({ rung, at }) => {
    const row = commitment.rungs.find((one) => one.rung === rung);
    return [rung, cell(row?.at), iso(at), localText(calendar, at), cell(row?.tell), cell(row?.actions)];
  });
  return table([commitment.id, 'at', 'instant', kind.calendar.timeZone, 'tells', 'does'], rows);
}
