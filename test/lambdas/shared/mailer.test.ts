import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { MailRejected, MailThrottled } from '../../../lambdas/shared/errors.ts';
import { sesMailer } from '../../../lambdas/shared/mailer.ts';

const ses = mockClient(SESClient);
const mailer = sesMailer(new SESClient({}), { from: 'sla@seller.example', configurationSet: 'lead-sla' });
const mail = {
  to: 'sam@seller.example',
  subject: 'Grüße',
  text: 'Text',
  html: '<p>Text</p>',
  noticeId: 'mql.respond-1/remind/sam',
  about: { leadId: 'lead-1' },
};

beforeEach(() => ses.reset());

function failure(name: string, more: object = {}): Error {
  return Object.assign(new Error('Address ada@prospect.example is not verified'), { name }, more);
}

async function thrownBy(error: Error): Promise<Error> {
  ses.on(SendEmailCommand).rejects(error);
  try {
    await mailer.send(mail);
  } catch (thrown) {
    return thrown as Error;
  }
  throw new Error('nothing was thrown');
}

test('sends text and HTML in UTF-8 with the configuration set and the notice as a tag', async () => {
  ses.on(SendEmailCommand).resolves({ MessageId: 'm-1' });
  await expect(mailer.send(mail)).resolves.toBe('m-1');
  expect(ses.commandCalls(SendEmailCommand)[0]?.args[0].input).toEqual({
    Source: 'sla@seller.example',
    Destination: { ToAddresses: ['sam@seller.example'] },
    Message: {
      Subject: { Data: 'Grüße', Charset: 'UTF-8' },
      Body: { Text: { Data: 'Text', Charset: 'UTF-8' }, Html: { Data: '<p>Text</p>', Charset: 'UTF-8' } },
    },
    Tags: [
      { Name: 'notice', Value: 'mql_respond-1_remind_sam' },
      { Name: 'leadId', Value: 'lead-1' },
    ],
    ConfigurationSetName: 'lead-sla',
  });
});

test.each([
  ['a long id', 'x'.repeat(400)],
  ['characters that SES refuses', 'a b/ü:{}'],
  ['nothing', ''],
])('makes a tag that SES takes out of %s', async (_what, noticeId) => {
  ses.on(SendEmailCommand).resolves({ MessageId: 'm-1' });
  await mailer.send({ ...mail, noticeId });
  const tag = ses.commandCalls(SendEmailCommand)[0]?.args[0].input.Tags?.[0]?.Value;
  expect(tag).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
});

test('does without a configuration set', async () => {
  ses.on(SendEmailCommand).resolves({ MessageId: 'm-1' });
  await sesMailer(new SESClient({}), { from: 'sla@seller.example' }).send(mail);
  expect(ses.commandCalls(SendEmailCommand)[0]?.args[0].input).not.toHaveProperty('ConfigurationSetName');
});

test.each([
  'MessageRejected',
  'MailFromDomainNotVerifiedException',
  'InvalidParameterValue',
  'ConfigurationSetDoesNotExistException',
])('%s is for good', async (name) => {
  const cause = failure(name);
  const error = await thrownBy(cause);
  expect(error).toBeInstanceOf(MailRejected);
  expect(error.cause).toBe(cause);
  expect(error.message).toBe(`${name}: Address <address> is not verified`);
});

test.each([
  ['Throttling', {}],
  ['TooManyRequestsException', {}],
  ['LimitExceededException', {}],
  ['AccountSendingPausedException', {}],
  ['TimeoutError', {}],
  ['Error', { code: 'ECONNRESET' }],
  ['InternalFailure', { $metadata: { httpStatusCode: 500 } }],
  ['ServiceUnavailable', { $metadata: { httpStatusCode: 503 } }],
])('%s %j may pass', async (name, more) => {
  const cause = failure(name, more);
  const error = await thrownBy(cause);
  expect(error).toBeInstanceOf(MailThrottled);
  expect(error.cause).toBe(cause);
});

test('what says nothing of the mail is passed on', async () => {
  const denied = failure('AccessDenied', { $metadata: { httpStatusCode: 403 } });
  await expect(thrownBy(denied)).resolves.toBe(denied);
});
