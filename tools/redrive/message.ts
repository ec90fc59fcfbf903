/** A message of the queue of undelivered events: the event, and why its target did not take it. */
import type { Message } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { EVENT_SOURCE, REDRIVE_SOURCE } from '../../core/events/schemas.ts';

const SOURCES = [EVENT_SOURCE, REDRIVE_SOURCE];

/** An event that can be sent again. */
export interface Undelivered {
  /** What has to be told to the queue to delete the message. */
  receipt: string;
  messageId: string;
  /** ARN of the rule whose target refused it. */
  rule: string;
  error: string;
  detailType: string;
  /** As it came, so that `metadata.id` stays the same and consumers recognise a repetition. */
  detail: object;
  time: Date | undefined;
}

/** A message that cannot be sent again; it stays where it is. */
export interface Broken {
  messageId: string;
  reason: string;
}

const eventSchema = z.object({
  source: z.string(),
  'detail-type': z.string().min(1),
  detail: z.record(z.string(), z.unknown()),
  time: z.iso.datetime({ offset: true }).optional(),
});

/** What a message says. EventBridge puts the rule and the error into its attributes. */
export function readMessage(message: Message): Undelivered | Broken {
  const {
    MessageId: messageId = '',
    ReceiptHandle: receipt = '',
    Body = '',
    MessageAttributes = {},
  } = message;
  const broken = (reason: string): Broken => ({ messageId, reason });
  const rule = MessageAttributes['RULE_ARN']?.StringValue;
  if (rule === undefined) return broken('it does not name its rule (RULE_ARN)');
  let body: unknown;
  try {
    body = JSON.parse(Body);
  } catch {
    return broken('its body is not JSON');
  }
  const event = eventSchema.safeParse(body);
  if (!event.success) {
    return broken(
      `its body is not an event: ${event.error.issues.map(({ path }) => path.join('.')).join(', ')}`,
    );
  }
  const { source, detail, time, 'detail-type': detailType } = event.data;
  if (!SOURCES.includes(source)) return broken(`its source is ${source}`);
  const error = MessageAttributes['ERROR_CODE']?.StringValue ?? 'no error code';
  return {
    messageId,
    receipt,
    rule,
    error,
    detailType,
    detail,
    time: time === undefined ? undefined : new Date(time),
  };
}

/** `slack` of `arn:aws:events:us-east-1:123456789012:rule/lead-sla-prod-events/slack`. */
export function ruleName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
