/** What an AE has to know of an SQL: the briefing, the meeting, and what the SDR could not find out (policy book §11). */
import { isStrategic } from '../lifecycle/strategic.ts';
import { storedMs } from '../time.ts';
import { heading, list, rows } from './document.ts';
import type { Block, Row } from './document.ts';
import type { View } from './view.ts';
import { plain } from './words.ts';

/** The briefing by its parts, for the AE alone. */
export function briefing(view: View): Block[] {
  const { notice, lead, policy } = view;
  if (notice !== 'handed_over') return [];
  const parts = lead.life.briefing?.parts ?? {};
  const written = policy.briefing.parts.map((part): Row | null => {
    const value = parts[part];
    return value === undefined ? null : { label: plain(part), value };
  });
  return [heading('The briefing'), rows(...written, ...meeting(view)), ...flagged(view)];
}

function meeting(view: View): Row[] {
  const { lead, policy } = view;
  const { startsAt, link } = lead.life.sql?.meeting ?? { startsAt: null, link: null };
  return [
    ...(startsAt === null ? [] : [{ label: 'Meeting', value: view.at(storedMs(startsAt)) }]),
    ...(link === null ? [] : [{ label: 'Meeting link', value: link }]),
    ...(isStrategic(policy, lead)
      ? [{ label: 'Debrief', value: 'A strategic account: meet the SDR before you meet the prospect.' }]
      : []),
  ];
}

/** Preferred elements that are missing: nothing that keeps an SQL from being one. */
function flagged({ lead }: View): Block[] {
  const missing = lead.life.sql?.flagged ?? [];
  return missing.length === 0
    ? []
    : [heading('Not known yet, for you to find out'), list(missing.map((element) => plain(element)))];
}
