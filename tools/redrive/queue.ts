/** The queue of undelivered events: read to its end, put back, deleted from. */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** Most messages of one request. */
export const BATCH = 10;
/** Seconds for which nobody else sees what was read; then what an interrupted run has left is there again. */
const HIDDEN_SECONDS = 300;
/** SQS asks some of its servers only, so one empty answer says little. */
const EMPTY_ANSWERS = 2;

export interface Queue {
  sqs: SQSClient;
  queueUrl: string;
}

/** Batches of messages until there are no more, or the reader has enough. */
export async function* batches({ sqs, queueUrl }: Queue): AsyncGenerator<Message[]> {
  let empty = 0;
  while (empty < EMPTY_ANSWERS) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: BATCH,
        MessageAttributeNames: ['All'],
        VisibilityTimeout: HIDDEN_SECONDS,
        WaitTimeSeconds: 1,
      }),
    );
    empty = Messages.length === 0 ? empty + 1 : 0;
    if (Messages.length > 0) yield Messages;
  }
}

/** Messages that stay are to be seen again at once. */
export async function putBack({ sqs, queueUrl }: Queue, receipts: readonly string[]): Promise<void> {
  for (let from = 0; from < receipts.length; from += BATCH) {
    const Entries = receipts
      .slice(from, from + BATCH)
      .map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }));
  }
}

/**
 * Deletes at most ten messages.
 * @returns how many were not deleted; they are sent once more by the next run
 */
export async function deleteAll({ sqs, queueUrl }: Queue, receipts: readonly string[]): Promise<number> {
  if (receipts.length === 0) return 0;
  const Entries = receipts.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
  const { Failed = [] } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  return Failed.length;
}
