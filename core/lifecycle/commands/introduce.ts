/** The three-way introduction: the SDR makes prospect and AE known to each other (policy book §11). */
import { wallMs } from '../../calendar/index.ts';
import type { Lead } from '../../model/lead.ts';
import type { Handoff } from '../../model/life.ts';
import { iso, storedMs } from '../../time.ts';
import type { EpochMs } from '../../time.ts';
import { and, entry, event } from '../../ladder/facts.ts';
import type { World } from '../../ladder/tell.ts';
import { happen } from '../happen.ts';
import type { RecordedBy } from '../typed-in.ts';
import { countsFrom } from '../typed-in.ts';
import type { Asked, Outcome, Refused } from './command.ts';
import { withLife } from './command.ts';
import { isAllowed, notAllowed, refusedFor } from './table.ts';

interface IntroductionAsked extends Asked {
  /** When the mail was sent; left out: now. */
  sentAt?: EpochMs | undefined;
  /** Whether a system of record stamped it; else somebody typed it in. */
  recordedBy: RecordedBy;
}

/**
 * Notes the introduction, once per handoff. What somebody typed in long after counts from when it was typed in, as with
 * attempts (§5).
 */
export function introduce(world: World, lead: Lead, asked: IntroductionAsked): Outcome {
  if (!isAllowed(lead, 'introduce')) return notAllowed(lead, 'introduce');
  const { handoff } = lead.life;
  if (handoff === null || handoff.rejected !== null) return nobodyToIntroduce(lead);
  if (handoff.introducedAt !== null) return { lead, effects: [] };
  const sentAt = asked.sentAt ?? world.now;
  return impossible(world, lead, sentAt) ?? introduced(world, lead, handoff, { ...asked, sentAt });
}

function introduced(
  world: World,
  lead: Lead,
  handoff: Handoff,
  { by, sentAt, recordedBy }: IntroductionAsked & { sentAt: EpochMs },
): Outcome {
  const noted = { ...handoff, introducedAt: iso(sentAt), introducedBy: by };
  const changed = withLife(lead, { handoff: noted });
  const countsAt = countsFrom(world, lead, 'introduction_sent', sentAt, recordedBy);
  const key = String(handoff.n);
  const why = `Sent at ${iso(sentAt)}, ${recordedBy === 'manual' ? 'typed in by hand' : 'stamped by a system'}.`;
  const told = {
    lead: changed,
    effects: [
      entry(world.now, 'introduction_sent', why, { key }, `person:${by}`),
      event(
        changed,
        'IntroductionSent',
        world.now,
        { key },
        { by, n: handoff.n, aeId: handoff.ae.personId, sentAt: iso(sentAt) },
      ),
    ],
  };
  return and(told, happen(world, changed, ['introduction_sent'], countsAt));
}

function nobodyToIntroduce(lead: Lead): Refused {
  const gap = { path: 'handoff', message: 'no AE has been notified' };
  const detail =
    lead.life.handoff === null
      ? 'There is no AE to introduce yet: complete the briefing first.'
      : 'There is no AE to introduce: RevOps has to decide first whose the SQL is.';
  return refusedFor(lead, { refused: 'no-ae', detail, missing: [gap] });
}

/** A mail of the future, or from before there was anything to introduce. */
function impossible({ policy, now }: World, lead: Lead, sentAt: EpochMs): Refused | null {
  const since = lead.life.sql?.at;
  if (sentAt > now + wallMs(policy.activities.futureTolerance)) {
    const detail = `sentAt ${iso(sentAt)} lies in the future: it is ${iso(now)} now. Send an instant that has passed.`;
    return refusedFor(lead, { refused: 'introduction-in-future', detail, missing: [] });
  }
  if (since !== undefined && sentAt < storedMs(since)) {
    const detail = `sentAt ${iso(sentAt)} is before the lead became an SQL at ${since}; it introduced nobody to this AE.`;
    return refusedFor(lead, { refused: 'introduction-before-sql', detail, missing: [] });
  }
  return null;
}
