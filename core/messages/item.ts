/**
 * What is told of an item about a person (policy book §11, §13): a task for whoever is told, and never a punishment.
 * The person's name stands in it; nothing of any prospect does.
 */
import { partsOfBreach } from '../consequences/breaches.ts';
import type { ItemKind } from '../consequences/items.ts';
import type { ItemNoticeKind, KeptItem } from '../consequences/kept.ts';
import type { Person } from '../model/person.ts';
import type { Policy } from '../policy/schema.ts';
import { heading, list, paragraph } from './document.ts';
import type { Block } from './document.ts';
import { messageOf } from './message.ts';
import type { Message } from './message.ts';

/** How many commitments are told one by one; the others are counted. */
const SHOWN = 10;

export interface ItemInput {
  notice: ItemNoticeKind;
  item: KeptItem;
  /** Whom it is about; null if the roster no longer knows them. */
  person: Person | null;
  recipient: Person;
  policy: Pick<Policy, 'commitments'>;
}

const ITEM_WORDS: Record<ItemKind, string> = {
  coaching: 'coaching',
  written_warning_and_training: 'a written warning and training',
  improvement_plan: 'an improvement plan',
  role_review: 'a look at the role',
  three_way_review: 'a three-way review',
};

export function renderItem(input: ItemInput): Message {
  const { subject, blocks } = input.notice === 'item_opened' ? opened(input) : takenBack(input);
  return messageOf(subject, [paragraph(`Hello ${input.recipient.name},`), ...blocks]);
}

function opened(input: ItemInput): { subject: string; blocks: Block[] } {
  const { item } = input;
  const who = nameOf(input);
  if (item.item === 'three_way_review') {
    return {
      subject: `Please meet: rejected SQLs of ${item.period}, with ${who}`,
      blocks: [paragraph(item.explanation), ...behind(input, 'The leads'), ...howToClose(item)],
    };
  }
  const [subject, asked] =
    item.item === 'role_review'
      ? [
          `Pattern to look into: ${who} (${item.period})`,
          `${who} has been at the highest step for several weeks in a row, up to week ${item.period}. ` +
            'Look at process and workload first.',
        ]
      : [
          `Please decide: ${ITEM_WORDS[item.item]} for ${who} (${item.period})`,
          `What ${who} has missed in week ${item.period} calls for ${ITEM_WORDS[item.item]}. ` +
            'Talk to them first: there may be a reason that no clock knows.',
        ];
  const whose = 'It is for you to decide; nothing follows by itself.';
  return {
    subject,
    blocks: [paragraph(`${asked} ${whose}`), ...behind(input, 'What was missed'), ...howToClose(item)],
  };
}

function takenBack(input: ItemInput): { subject: string; blocks: Block[] } {
  const { item } = input;
  const what = `${ITEM_WORDS[item.item]} for ${nameOf(input)}`;
  const why = 'Something was delivered late or judged anew, and what is known now does not call for it.';
  return {
    subject: `No longer due: ${what} (${item.period})`,
    blocks: [paragraph(`You were told of ${what}. ${why} Nothing has to be done about it any more.`)],
  };
}

function nameOf({ person, item }: ItemInput): string {
  return person?.name ?? item.personId;
}

function behind({ item, policy }: ItemInput, title: string): Block[] {
  const lines = item.breaches.map((breachId) => {
    const { leadId, clockId } = partsOfBreach(breachId);
    const commitment = clockId?.replace(/-\d+$/, '');
    const row = policy.commitments.find(({ id }) => id === commitment);
    return row === undefined ? `Lead ${leadId}` : `${row.title} (lead ${leadId})`;
  });
  const more = lines.length - SHOWN;
  return [heading(title), list(more > 0 ? [...lines.slice(0, SHOWN), `and ${more} more`] : lines)];
}

function howToClose({ personId, period, item }: KeptItem): Block[] {
  return [
    heading('What to do'),
    paragraph(
      `When it is settled, close it with a word on what came of it: POST /people/${personId}/consequences/${period}/${item}/close. ` +
        `GET /people/${personId}/consequences shows all of it.`,
    ),
  ];
}
