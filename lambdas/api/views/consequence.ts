/** What is open about a person as the API shows it. */
import { partsOfBreach } from '../../../core/consequences/breaches.ts';
import type { KeptItem } from '../../../core/consequences/kept.ts';
import type { ConsequenceView } from '../schemas/consequences.ts';

export function viewConsequence(item: KeptItem): ConsequenceView {
  return {
    ...item,
    breaches: item.breaches.map(partsOfBreach),
    waiting: item.held
      .filter(({ notice }) => notice.notice === 'item_opened')
      .map(({ notice, until }) => ({ personId: notice.recipient, until })),
  };
}
