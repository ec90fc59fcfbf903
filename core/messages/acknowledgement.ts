/**
 * The answer to a prospect who wrote outside hours (policy book §4). It says when somebody will be in touch and
 * nothing of what the product knows or thinks: no score, no tier, no name of staff, and no free text of the form.
 */
import { storedMs } from '../time.ts';
import { paragraph } from './document.ts';
import type { Block } from './document.ts';
import { greetingName } from './safe.ts';
import { instantWords } from './times.ts';
import type { NoticeInput } from './view.ts';

/** Subject and blocks of the acknowledgement. */
export function acknowledgement(input: NoticeInput): { subject: string; blocks: Block[] } {
  const { lead, clock, now } = input;
  const name = greetingName(lead.contact.firstName);
  const opens = clock === null ? null : storedMs(clock.countsFrom);
  const when =
    opens === null || opens <= now
      ? 'Somebody from our team will be in touch with you shortly.'
      : `Our team is back on ${instantWords(opens, lead.zone.timeZone)} and will be in touch with you then.`;
  return {
    subject: 'Thank you for your request',
    blocks: [
      paragraph(name === null ? 'Hello,' : `Hello ${name},`),
      paragraph(`thank you for getting in touch. Your request has reached us. ${when}`),
      paragraph('If this message reached you by mistake, you need not do anything.'),
      paragraph('The sales team'),
    ],
  };
}
