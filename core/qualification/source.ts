/** The source of a lead (policy book §3). */
import type { LeadFacts } from '../model/lead.ts';
import type { Policy } from '../policy/schema.ts';
import type { SourceRow } from '../policy/schema/lead-kinds.ts';
import type { EpochMs } from '../time.ts';
import { epochMs } from '../time.ts';

/** A lead names a source that the policy does not have. */
export class UnknownSource extends Error {
  override readonly name = 'UnknownSource';
}

/**
 * The policy's row of a source.
 * @throws UnknownSource that names the sources there are
 */
export function sourceRow(policy: Pick<Policy, 'sources'>, id: string): SourceRow {
  const row = policy.sources.find((candidate) => candidate.id === id);
  if (row) return row;
  const known = policy.sources.map((candidate) => candidate.id).join(', ');
  throw new UnknownSource(`The policy has no source ${id}; it has ${known}.`);
}

/**
 * The instant at which the response clock starts: when the lead qualified or, for a source whose clock waits for an
 * event (webinar), when that event ends, if that is later. Of signals that tell an end, those of the source's own
 * type count; a signal after the qualification belongs to some other event.
 */
export function clockStart(source: SourceRow, facts: Pick<LeadFacts, 'qualifiedAt' | 'signals'>): EpochMs {
  const qualified = epochMs(facts.qualifiedAt);
  if (!source.startsAfterEvent) return qualified;
  const events = facts.signals.flatMap(({ type, at, endsAt }) =>
    endsAt === undefined || epochMs(at) > qualified ? [] : [{ type, endsAt: epochMs(endsAt) }],
  );
  const own = events.filter(({ type }) => type === source.id);
  return Math.max(qualified, ...(own.length > 0 ? own : events).map(({ endsAt }) => endsAt));
}
