/** Who may send which message: claimed before the mail, marked after it. */
import {
  GetCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { wallMs } from '../../../core/calendar/index.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { iso } from '../../../core/time.ts';
import { conditionally } from '../dynamo.ts';
import type { NoticeStore } from '../services.ts';
import { partition } from './items.ts';

/** `free`: failed, may be tried again. `sent` and `given_up` are final. */
const noticeSchema = z.object({
  state: z.enum(['claimed', 'free', 'sent', 'given_up']),
  attempts: z.int(),
});

/**
 * Claims expire after the policy's lease: a process that died between claim and mark does not keep the message.
 * @param partitionOf what the messages are about, as a partition: a lead, unless it is said otherwise
 */
export function dynamoNotices(
  client: DynamoDBDocumentClient,
  table: string,
  policy: CompiledPolicy,
  partitionOf: (subjectId: string) => string = partition,
): NoticeStore {
  const keyOf = (subjectId: string, noticeId: string) => ({
    pk: partitionOf(subjectId),
    sk: `NOTICE#${noticeId}`,
  });
  const update = (
    subjectId: string,
    noticeId: string,
    input: Omit<UpdateCommandInput, 'TableName' | 'Key'>,
  ) => client.send(new UpdateCommand({ TableName: table, Key: keyOf(subjectId, noticeId), ...input }));
  return {
    claim: async (subjectId, noticeId, now) => {
      let attempts = 0;
      const claimed = await conditionally(async () => {
        const { Attributes } = await update(subjectId, noticeId, {
          UpdateExpression: 'SET #state = :claimed, claimedAt = :now, leaseUntil = :lease ADD attempts :one',
          ConditionExpression:
            'attribute_not_exists(pk) OR #state = :free OR (#state = :claimed AND leaseUntil <= :now)',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: {
            ':claimed': 'claimed',
            ':free': 'free',
            ':now': iso(now),
            ':lease': iso(now + wallMs(policy.notifications.lease)),
            ':one': 1,
          },
          ReturnValues: 'ALL_NEW',
        });
        attempts = noticeSchema.parse(Attributes).attempts;
      });
      if (claimed) return { state: 'claimed', attempts };
      const key = keyOf(subjectId, noticeId);
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: key, ConsistentRead: true }),
      );
      const notice = noticeSchema.parse(Item);
      const done = notice.state === 'sent' || notice.state === 'given_up';
      return { state: done ? 'done' : 'busy', attempts: notice.attempts };
    },
    markSent: async (subjectId, noticeId, at, messageId) => {
      await update(subjectId, noticeId, {
        UpdateExpression: 'SET #state = :sent, sentAt = :at, messageId = :messageId',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':sent': 'sent', ':at': iso(at), ':messageId': messageId },
      });
    },
    markFailed: async (subjectId, noticeId, at, error, final) => {
      // Whoever took over an expired claim may have sent the message meanwhile: sent stays sent.
      await conditionally(() =>
        update(subjectId, noticeId, {
          UpdateExpression: 'SET #state = :state, failedAt = :at, lastError = :error',
          ConditionExpression: '#state = :claimed',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: {
            ':state': final ? 'given_up' : 'free',
            ':claimed': 'claimed',
            ':at': iso(at),
            ':error': error.slice(0, 500),
          },
        }),
      );
    },
  };
}
