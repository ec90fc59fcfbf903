/** The queue of runs of the reconciler that failed. There is nothing to send again: the next run has done the work. */
import { GetQueueAttributesCommand, PurgeQueueCommand } from '@aws-sdk/client-sqs';
import type { Queue } from './queue.ts';

/** How many failed runs it holds, about. */
export async function failedRuns({ sqs, queueUrl }: Queue): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return Number(Attributes?.['ApproximateNumberOfMessages'] ?? 0);
}

/** Empties it. SQS allows this once a minute. */
export async function purgeFailedRuns({ sqs, queueUrl }: Queue): Promise<void> {
  await sqs.send(new PurgeQueueCommand({ QueueUrl: queueUrl }));
}
