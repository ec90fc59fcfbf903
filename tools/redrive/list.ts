/** What waits in the queue of undelivered events. */
import { readMessage, ruleName, type Broken } from './message.ts';
import { batches, putBack, type Queue } from './queue.ts';

/** How many wait, by rule and error. */
export interface Waiting {
  rule: string;
  error: string;
  count: number;
  detailTypes: string[];
}

/** Looks at what waits without changing it: every message is put back. */
export async function listUndelivered(
  queue: Queue,
  { max = Infinity }: { max?: number | undefined } = {},
): Promise<{ waiting: Waiting[]; broken: Broken[] }> {
  const groups = new Map<string, Waiting>();
  const broken: Broken[] = [];
  const seen: string[] = [];
  try {
    for await (const messages of batches(queue)) {
      for (const message of messages) {
        if (message.ReceiptHandle !== undefined) seen.push(message.ReceiptHandle);
        const read = readMessage(message);
        if ('reason' in read) {
          broken.push(read);
          continue;
        }
        const key = `${read.rule} ${read.error}`;
        const group = groups.get(key) ?? {
          rule: ruleName(read.rule),
          error: read.error,
          count: 0,
          detailTypes: [],
        };
        group.count += 1;
        if (!group.detailTypes.includes(read.detailType)) group.detailTypes.push(read.detailType);
        groups.set(key, group);
      }
      if (seen.length >= max) break;
    }
  } finally {
    await putBack(queue, seen);
  }
  return { waiting: [...groups.values()], broken };
}
