/** Mail by SES. Says of every failure whether trying again can help. */
import { SendEmailCommand } from '@aws-sdk/client-ses';
import type { SESClient } from '@aws-sdk/client-ses';
import { MailRejected, MailThrottled } from './errors.ts';
import { withoutAddresses } from './redact.ts';
import type { Mail, Mailer } from './services.ts';

export interface SesOptions {
  /** A verified sender. */
  from: string;
  /** Configuration set that collects bounces and complaints; none if absent. */
  configurationSet?: string | undefined;
}

/** Name of the message tag that holds the id of the lead. */
export const LEAD_TAG = 'leadId';

/** Refusals of this message, this sender or this set-up: the same request would be refused again. */
const REJECTED = new Set([
  'MessageRejected',
  'MailFromDomainNotVerified',
  'MailFromDomainNotVerifiedException',
  'FromEmailAddressNotVerifiedException',
  'ConfigurationSetDoesNotExist',
  'ConfigurationSetDoesNotExistException',
  'InvalidParameterValue',
  'InvalidParameterValueException',
  'ValidationError',
]);

/** Slow down, come back later, or nobody answered. A paused account is the operator's to resume, so it is waited for. */
const THROTTLED = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'LimitExceeded',
  'LimitExceededException',
  'AccountSendingPausedException',
  'AccountSendingPaused',
  'ConfigurationSetSendingPausedException',
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'AbortError',
]);

const CONNECTION = new Set(['ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN']);

/**
 * A mailer over SES. The client's own retries come first; what it still throws is sorted into
 * {@link MailRejected} and {@link MailThrottled} with the client's error as cause, anything else is passed on.
 */
export function sesMailer(client: SESClient, options: SesOptions): Mailer {
  return {
    async send(mail: Mail): Promise<string> {
      try {
        const answer = await client.send(new SendEmailCommand(request(mail, options)));
        return answer.MessageId ?? '';
      } catch (error) {
        throw sorted(error);
      }
    },
  };
}

function request(mail: Mail, options: SesOptions): ConstructorParameters<typeof SendEmailCommand>[0] {
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  const set = options.configurationSet;
  return {
    Source: options.from,
    Destination: { ToAddresses: [mail.to] },
    Message: { Subject: utf8(mail.subject), Body: { Text: utf8(mail.text), Html: utf8(mail.html) } },
    Tags: [
      { Name: 'notice', Value: tagValue(mail.noticeId) },
      ...Object.entries(mail.about).map(([Name, id]) => ({ Name, Value: tagValue(id) })),
    ],
    ...(set === undefined || set === '' ? {} : { ConfigurationSetName: set }),
  };
}

/** SES takes letters, digits, `_` and `-` in a tag, at most 256 of them and at least one. */
function tagValue(text: string): string {
  const value = text.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 256);
  return value === '' ? '_' : value;
}

function sorted(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const message = withoutAddresses(`${error.name}: ${error.message}`);
  if (REJECTED.has(error.name)) return new MailRejected(message, { cause: error });
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (THROTTLED.has(error.name) || CONNECTION.has(code) || status(error) >= 500) {
    return new MailThrottled(message, { cause: error });
  }
  return error;
}

function status(error: Error): number {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  const isRecord = typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata;
  return isRecord && typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : 0;
}
