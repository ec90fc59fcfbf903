/** One sentence for whoever asks why somebody may not come back (policy book §13). */
import type { Suppression } from '../model/suppression.ts';
import type { Iso } from '../time.ts';
import type { RecyclingRow, Way } from './suppression.ts';

/** What would bring them back: never, or one of these ways once the window is over. */
type Back =
  | 'never'
  | {
      /** End of the window; null: it is over, or there is none. */
      end: Iso | null;
      /** Whether a high-intent act brings them back even before it. */
      early: boolean;
      ways: readonly Way[];
    };

const SUBJECT = { person: 'The person', domain: 'The domain', company: 'The company' } as const;

/**
 * Names the scenario, the reason that was given for it and what brings them back. Holds no value of the subject.
 * @param row undefined if the policy no longer has the scenario
 */
export function sentenceOf(one: Suppression, row: RecyclingRow | undefined, back: Back): string {
  const scenario = row?.scenario ?? one.scenario;
  const reason = one.reason.replace(/[.\s]+$/, '');
  return `${SUBJECT[one.kind]} has been suppressed since ${day(one.from)}: ${scenario} (${reason}); ${backWords(back)}.`;
}

function backWords(back: Back): string {
  if (back === 'never') return 'this holds for ever';
  const { end, early, ways } = back;
  const all = ways.map(wayWords).join(', or ');
  if (end === null) return all === '' ? 'it has to be lifted by hand' : `what brings them back is ${all}`;
  const until = early ? `before ${day(end)} a new high-intent act brings them back, ` : '';
  const after = all === '' ? `they may return on ${day(end)}` : `from ${day(end)} on it takes ${all}`;
  return `${until}${after}`;
}

function wayWords(way: Way): string {
  if ('fresh' in way) return `fresh engagement on ${day(way.fresh)} or later`;
  if ('timelineUnder' in way) return `a timeline under ${spanWords(way.timelineUnder)}`;
  if ('act' in way) return way.act === 'high_intent' ? 'a new high-intent act' : 'a new signal';
  return way.event === 'valid_email_and_phone'
    ? 'a valid e-mail address and phone number'
    : 'an SDR who qualifies them again';
}

function spanWords(span: string): string {
  const n = Number(span.slice(1, -1));
  return `${n} ${span.endsWith('M') ? 'month' : 'day'}${n === 1 ? '' : 's'}`;
}

function day(at: Iso): string {
  return at.slice(0, 10);
}
