/** The local endpoints as the real clients see them. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { join } from 'node:path';
import { eventBridge } from '../../../local/aws/event-bridge.ts';
import { MailServer, shownMails } from '../../../local/aws/mail.ts';
import { awsServer } from '../../../local/aws/server.ts';
import { machineArn, stepFunctions } from '../../../local/aws/step-functions.ts';
import { Journal } from '../../../local/data/journal.ts';
import type { Bench } from './fixtures/bench.ts';
import { DAY, START, bench, makeFolder } from './fixtures/bench.ts';

let here: Bench;
let events: Journal;
let mails: Journal;
let mailServer: MailServer;
let close: () => Promise<void>;
let sfn: SFNClient;
let bus: EventBridgeClient;
let ses: SESClient;

beforeAll(async () => {
  here = bench();
  const folder = makeFolder();
  [events, mails] = [new Journal(join(folder, 'e')), new Journal(join(folder, 'm'))];
  const clock = { now: () => START };
  const mail = new MailServer(mails, clock, () => undefined);
  mailServer = mail;
  const targets = {
    AWSStepFunctions: stepFunctions(here.engine),
    AWSEvents: eventBridge(
      events,
      clock,
      () => undefined,
      (leadId) => mail.forget(leadId),
    ),
  };
  const server = awsServer({ targets, mail });
  const endpoint = await server.listen({ host: '127.0.0.1', port: 0 });
  const options = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  };
  [sfn, bus, ses] = [new SFNClient(options), new EventBridgeClient(options), new SESClient(options)];
  close = async () => {
    for (const client of [sfn, bus, ses]) client.destroy();
    await server.close();
    await mail.close();
    here.scheduler.stop();
  };
});
afterAll(() => close());

const stateMachineArn = machineArn('parcel');
const input = (parcel: string, days = 5) =>
  JSON.stringify({ parcel, ready: false, next: { at: new Date(START + days * DAY).toISOString() } });
const start = (name: string | undefined, text: string) =>
  sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: text }));

describe('Step Functions', () => {
  it('starts one execution for a name and an input, however often it is asked while that runs', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => start('same', input('same'))));
    const arns = new Set(answers.map((answer) => answer.executionArn));
    expect([...arns]).toEqual([stateMachineArn.replace(':stateMachine:', ':execution:') + ':same']);
    await here.scheduler.inFlight.settled();
    expect(here.calls.filter(([, parcel]) => parcel === 'same')).toHaveLength(1);
    expect(answers[0]!.startDate!.getTime()).toBeGreaterThanOrEqual(START);
  });

  it('refuses the name with another input, and once the execution has ended', async () => {
    await start('taken', input('taken'));
    await expect(start('taken', `${input('taken')} `)).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    });
    const executionArn = stateMachineArn.replace(':stateMachine:', ':execution:') + ':taken';
    await sfn.send(new StopExecutionCommand({ executionArn, error: 'Done', cause: 'enough' }));
    await expect(start('taken', input('taken'))).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    const described = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(described).toMatchObject({
      status: 'ABORTED',
      error: 'Done',
      cause: 'enough',
      input: input('taken'),
    });
  });

  it.each([
    ['81 characters', 'x'.repeat(81)],
    ['a blank', 'a b'],
    ['a colon', 'a:b'],
    ['an asterisk', 'a*'],
  ])('refuses a name with %s', async (_what, name) => {
    await expect(start(name, '{}')).rejects.toMatchObject({ name: 'InvalidName' });
  });

  it('takes a name of 80 characters, and makes one where none is given', async () => {
    await expect(start('y'.repeat(80), input('long'))).resolves.toBeDefined();
    expect((await start(undefined, input('none'))).executionArn).toMatch(/:parcel:[0-9a-f-]{36}$/);
  });

  it('names what does not exist', async () => {
    const other = new StartExecutionCommand({ stateMachineArn: machineArn('other') });
    await expect(sfn.send(other)).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
    const none = new DescribeExecutionCommand({
      executionArn: 'arn:aws:states:us-east-1:000000000000:execution:parcel:no',
    });
    await expect(sfn.send(none)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
    await expect(start('bad', 'not json')).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
  });

  it('lists and tells the history, in pages', async () => {
    const { executionArn } = await start('history', input('history'));
    await here.scheduler.inFlight.settled();
    const first = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 3 }));
    const rest = await sfn.send(
      new GetExecutionHistoryCommand({ executionArn, nextToken: first.nextToken, maxResults: 3 }),
    );
    expect([...first.events!, ...rest.events!].map((event) => event.type)).toEqual([
      ...['ExecutionStarted', 'TaskStateEntered', 'TaskStateExited'],
      ...['ChoiceStateEntered', 'ChoiceStateExited', 'WaitStateEntered'],
    ]);
    expect(rest.events?.[2]?.stateEnteredEventDetails?.name).toBe('Wait until it may leave');
    const listed = await sfn.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', maxResults: 1 }),
    );
    expect(listed.executions?.[0]?.name).toBe('history');
    expect(listed.nextToken).toBeDefined();
  });
});

describe('EventBridge', () => {
  it('keeps what it takes, and counts what it refuses', async () => {
    const good = {
      Source: 'lead-sla',
      DetailType: 'LeadAssigned',
      Detail: '{"data":{"leadId":"l1"}}',
      EventBusName: 'b',
    };
    const answer = await bus.send(new PutEventsCommand({ Entries: [good, { ...good, Detail: 'no' }] }));
    expect(answer.FailedEntryCount).toBe(1);
    expect(answer.Entries?.[1]?.ErrorCode).toBe('MalformedDetail');
    expect(events.values()).toEqual([
      { at: '2026-11-20T15:00:00.000Z', detailType: 'LeadAssigned', detail: { data: { leadId: 'l1' } } },
    ]);
  });

  it('takes at most ten entries', async () => {
    const entry = { Source: 's', DetailType: 't', Detail: '{}' };
    const request = new PutEventsCommand({ Entries: Array.from({ length: 11 }, () => entry) });
    await expect(bus.send(request)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('SES', () => {
  const mail = (text: string, leadId?: string) =>
    new SendEmailCommand({
      Source: 'from@example.com',
      Destination: { ToAddresses: ['jo@example.com'] },
      Message: { Subject: { Data: 'Grüße & mehr' }, Body: { Text: { Data: text }, Html: { Data: text } } },
      Tags: [
        { Name: 'notice', Value: 'n' },
        ...(leadId === undefined ? [] : [{ Name: 'leadId', Value: leadId }]),
      ],
    });

  it('keeps a mail once it has been accepted', async () => {
    const answer = await ses.send(mail('<b>50 %</b> + more'));
    expect(answer.MessageId).toMatch(/.+/);
    const kept = {
      to: 'jo@example.com',
      subject: 'Grüße & mehr',
      text: '<b>50 %</b> + more',
      html: '<b>50 %</b> + more',
    };
    expect(shownMails(mails)).toEqual([{ at: '2026-11-20T15:00:00.000Z', ...kept }]);
  });

  it('rejects a mail without a body, and does not keep it', async () => {
    await expect(ses.send(mail(''))).rejects.toMatchObject({ name: 'MessageRejected' });
    expect(mails.length).toBe(1);
  });

  const texts = () => shownMails(mails).map(({ text }) => text);
  const inMemory = async (): Promise<string> => {
    const { url } = await mailServer.start();
    return (await fetch(`${url}/store`)).text();
  };
  const erase = (leadId: string) =>
    bus.send(
      new PutEventsCommand({
        Entries: [
          {
            Source: 'lead-sla',
            DetailType: 'PersonalDataErased',
            Detail: JSON.stringify({ data: { leadId } }),
          },
        ],
      }),
    );

  it('forgets the mails about a lead whose personal data was removed, and keeps the others', async () => {
    for (const leadId of ['lead-1', 'lead-10', 'lead-1']) await ses.send(mail(`about ${leadId}`, leadId));
    expect(await inMemory()).toContain('about lead-1');
    expect((await erase('lead-1')).FailedEntryCount).toBe(0);
    expect(texts()).toEqual(['<b>50 %</b> + more', 'about lead-10']);
    expect(mails.lines().join()).not.toContain('lead-1"');
    expect(await inMemory()).not.toContain('about lead-1');
  });

  it('a mail that was on its way then is not kept either', async () => {
    await ses.send(mail('too late', 'lead-1'));
    expect(texts()).not.toContain('too late');
    expect(await inMemory()).not.toContain('too late');
  });

  it('an erasure that cannot be carried out is not taken, so that it is told again', async () => {
    const before = events.length;
    const broken = jest.spyOn(mails, 'replace').mockImplementationOnce(() => {
      throw new Error('disk full');
    });
    await expect(erase('lead-10')).rejects.toThrow('disk full');
    expect(events.length).toBe(before);
    broken.mockRestore();
    await erase('lead-10');
    expect(texts()).not.toContain('about lead-10');
    expect(events.length).toBe(before + 1);
  });
});
