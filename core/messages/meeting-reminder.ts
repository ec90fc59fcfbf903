/**
 * The reminder to the prospect of a meeting (policy book §12): when it is, and nothing of what the product knows or
 * thinks.
 */
import { storedMs } from '../time.ts';
import { paragraph } from './document.ts';
import type { Block } from './document.ts';
import { greetingName } from './safe.ts';
import { instantWords } from './times.ts';
import type { NoticeInput, Template } from './view.ts';

/** Subject and blocks of the reminder. */
export function meetingReminder({ lead, clock }: NoticeInput): { subject: string; blocks: Block[] } {
  const name = greetingName(lead.contact.firstName);
  const at = clock?.appointed?.at;
  const when = at === undefined ? 'soon' : `on ${instantWords(storedMs(at), lead.zone.timeZone)}`;
  return {
    subject: 'A reminder of our meeting',
    blocks: [
      paragraph(name === null ? 'Hello,' : `Hello ${name},`),
      paragraph(`we meet ${when}. We look forward to it.`),
      paragraph('If the time does not suit you any more, please answer the invitation with another one.'),
      paragraph('The sales team'),
    ],
  };
}

/** The reminder to whoever meets the prospect. */
export const MEETING_NEAR: Template = {
  subject: (view) => `Meeting soon: ${view.company}`,
  opening: (view) => {
    const at = view.clock?.appointed?.at;
    const when = at === undefined ? '' : ` on ${view.at(storedMs(at))}`;
    return `You meet ${view.company}${when}. Afterwards, record what became of it.`;
  },
};
