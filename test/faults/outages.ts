/** What the services that we call can do to us, each by the name that AWS documents: the table of outages. */
import {
  InternalServerError,
  ProvisionedThroughputExceededException,
  RequestLimitExceeded,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeServiceException } from '@aws-sdk/client-eventbridge';
import {
  AccountSendingPausedException,
  ConfigurationSetSendingPausedException,
  MessageRejected,
  SESServiceException,
} from '@aws-sdk/client-ses';
import {
  ExecutionAlreadyExists,
  ExecutionLimitExceeded,
  SFNServiceException,
  StateMachineDeleting,
  StateMachineDoesNotExist,
} from '@aws-sdk/client-sfn';
import type { Backend } from '../support/services.ts';
import { timedOut } from '../support/troubles.ts';
import type { Allowed } from './promises.ts';

const MINUTE = 60_000;

export interface Outage {
  service: 'SES' | 'DynamoDB' | 'EventBridge' | 'Step Functions' | 'all of them';
  name: string;
  begin: (backend: Backend) => void;
  /** Milliseconds until the service is well again. */
  lasts: number;
  allowed?: Allowed;
}

const $metadata = { attempts: 4, httpStatusCode: 400 };
const client = { $fault: 'client' as const, $metadata, message: 'no' };
const server = {
  $fault: 'server' as const,
  $metadata: { ...$metadata, httpStatusCode: 500 },
  message: 'we are broken',
};

/** The commands of each service, with what it throws when it throttles and when it is broken. */
const SERVICES = [
  {
    service: 'SES',
    commands: ['SendEmailCommand'],
    throttled: new SESServiceException({ ...client, name: 'Throttling' }),
    broken: new SESServiceException({ ...server, name: 'InternalFailure' }),
  },
  {
    service: 'DynamoDB',
    commands: ['GetCommand', 'QueryCommand', 'PutCommand', 'UpdateCommand', 'BatchWriteCommand'],
    throttled: new ProvisionedThroughputExceededException(client),
    broken: new InternalServerError(server),
  },
  {
    service: 'EventBridge',
    commands: ['PutEventsCommand'],
    throttled: new EventBridgeServiceException({ ...client, name: 'ThrottlingException' }),
    broken: new EventBridgeServiceException({ ...server, name: 'InternalException' }),
  },
  {
    service: 'Step Functions',
    commands: ['StartExecutionCommand'],
    throttled: new SFNServiceException({ ...client, name: 'ThrottlingException' }),
    broken: new SFNServiceException({ ...server, name: 'ServiceUnavailable' }),
  },
] as const;

const everyCommand = SERVICES.flatMap(({ commands }) => [...commands]);
const LASTS = 90_000;

/** Every service × command × {throttled, timing out with the act done, and not done, broken, answering twice}. */
const systematic: Outage[] = SERVICES.flatMap(({ service, commands, throttled, broken }) =>
  commands.flatMap((command): Outage[] => {
    const outage = (name: string, begin: Outage['begin'], allowed?: Allowed): Outage => ({
      service,
      name: `${command.replace('Command', '')} ${name}`,
      begin,
      lasts: LASTS,
      ...(allowed !== undefined && { allowed }),
    });
    // A mail that was sent without an answer is the gap of ADR 6, each time that it happens.
    const gap = command === 'SendEmailCommand' ? { repeatedMails: Infinity } : undefined;
    const write = command !== 'GetCommand' && command !== 'QueryCommand';
    return [
      outage('is throttled', (backend) => backend.fail(command, throttled)),
      outage('times out and is not done', (backend) => backend.fail(command, timedOut)),
      outage('answers 5xx', (backend) => backend.fail(command, broken)),
      ...(write
        ? [
            outage(
              'times out and is done',
              (backend) => backend.loseAnswer(command, { times: Infinity }),
              gap,
            ),
            outage('is done twice', (backend) => backend.twice(command, { times: 3 }), gap),
          ]
        : []),
    ];
  }),
);

const fail = (
  service: Outage['service'],
  command: string,
  error: Error,
  more: Partial<Outage> = {},
): Outage => ({
  service,
  name: `${command.replace('Command', '')} throws ${error.name}`,
  begin: (backend) => backend.fail(command, error),
  lasts: LASTS,
  ...more,
});
const start = (error: Error, more: Partial<Outage> = {}) =>
  fail('Step Functions', 'StartExecutionCommand', error, more);
const mail = (error: Error, more: Partial<Outage> = {}) => fail('SES', 'SendEmailCommand', error, more);

const named: Outage[] = [
  mail(new MessageRejected(client), { allowed: { givenUp: true } }),
  mail(new AccountSendingPausedException(client)),
  mail(new ConfigurationSetSendingPausedException(client)),
  mail(new SESServiceException({ ...client, name: 'Throttling' }), {
    name: 'SendEmail is throttled for ten minutes',
    lasts: 10 * MINUTE,
    allowed: { givenUp: true },
  }),
  fail('DynamoDB', 'PutCommand', new RequestLimitExceeded(client)),
  {
    service: 'DynamoDB',
    name: 'BatchWrite leaves everything unprocessed three times',
    begin: (backend) => backend.leaveUnprocessed(3),
    lasts: LASTS,
  },
  {
    service: 'DynamoDB',
    name: 'BatchWrite leaves everything unprocessed as often as we ask',
    begin: (backend) => backend.leaveUnprocessed(8),
    lasts: LASTS,
  },
  {
    service: 'DynamoDB',
    name: 'is away for ten minutes',
    begin: (backend) => {
      for (const command of SERVICES[1].commands) backend.fail(command, timedOut);
    },
    lasts: 10 * MINUTE,
  },
  ...[
    ...['LeadReceived', 'LeadAssigned', 'SlaBreached', 'LeadReassigned'],
    ...['InquiryReceived', 'LeadHeld', 'LeadQualified', 'PersonalDataErased'],
  ].map((refused): Outage => ({
    service: 'EventBridge',
    name: `PutEvents refuses ${refused} and takes the others (FailedEntryCount)`,
    begin: (backend) => (backend.refuses = (detailType) => detailType === refused),
    lasts: LASTS,
  })),
  {
    service: 'EventBridge',
    name: 'PutEvents refuses every entry (FailedEntryCount)',
    begin: (backend) => (backend.refuses = () => true),
    lasts: LASTS,
  },
  {
    service: 'Step Functions',
    name: 'StartExecution has started it and answers ExecutionAlreadyExists',
    begin: (backend) =>
      backend.loseAnswer('StartExecutionCommand', {
        times: Infinity,
        error: new ExecutionAlreadyExists(client),
      }),
    lasts: LASTS,
  },
  start(new ExecutionLimitExceeded(client)),
  start(new StateMachineDeleting(client)),
  start(new StateMachineDoesNotExist(client), { lasts: 10 * MINUTE }),
  {
    service: 'all of them',
    name: 'are away for ten minutes',
    begin: (backend) => {
      for (const command of everyCommand) backend.fail(command, timedOut);
    },
    lasts: 10 * MINUTE,
    allowed: { givenUp: true },
  },
];

export const OUTAGES: Outage[] = [...systematic, ...named];
