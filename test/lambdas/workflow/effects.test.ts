/** The ladder goes on whatever becomes of its messages; what is owed is done later, once. */
import type { WorkflowState } from '../../../core/model/effects.ts';
import { reconcile } from '../../../lambdas/shared/reconcile.ts';
import { handler as reassignOnBreach } from '../../../lambdas/workflow/reassign-on-breach/handler.ts';
import { handler as remindOwner } from '../../../lambdas/workflow/remind-owner/handler.ts';
import { owned } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import {
  busDown,
  rejectedMail,
  throttledMail,
  throttledStart,
  throttledTable,
  timedOut,
} from '../../support/troubles.ts';

let backend: Backend;
let state: WorkflowState;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  await backend.begin('2026-11-20T15:00:00Z');
  state = await owned(backend);
  [backend.mails, backend.events] = [[], []];
  backend.at('2026-11-20T15:02:30Z');
});

const WARN = { rung: 'warn', at: '2026-11-20T15:03:45.000Z' };
const owed = async () => (await backend.lead(state.leadId)).owed.map(({ kind }) => kind);
const history = () => backend.happened(state.leadId);
const laterOn = async (seconds = 60) => {
  backend.pass(seconds);
  return reconcile(backend.services);
};
const expectReminded = async () => {
  expect(backend.mails.map(({ tag }) => tag)).toEqual([expect.stringMatching(/^mql_respond-1_remind_/)]);
  // The bus may get it again after a death: under the same id.
  expect(new Set(backend.events.map(({ id }) => id)).size).toBe(1);
  expect(await owed()).toEqual([]);
};

describe('a mail', () => {
  it('that SES rejects is given up, in the history and to the operator, and the ladder goes on', async () => {
    backend.fail('SendEmailCommand', rejectedMail);
    expect((await remindOwner(state)).next).toEqual(WARN);
    expect(await owed()).toEqual([]);
    expect(await history()).toContain('notice_failed');
    expect(backend.facts().sort()).toEqual(['NotificationFailed', 'SlaReminderDue']);
    expect(backend.logged).toContain('A notice was given up');

    backend.heal();
    await remindOwner(state);
    await laterOn();
    expect(backend.mails).toEqual([]);
  });

  it('that SES rejects tells nobody the address', async () => {
    backend.fail('SendEmailCommand', rejectedMail);
    await remindOwner(state);
    const entries = await backend.services.leads.timeline(state.leadId);
    expect(JSON.stringify([entries, backend.events])).not.toContain('ada@');
    expect(JSON.stringify(entries)).toContain('<address> is not verified');
  });

  it.each([
    ['is throttled', throttledMail],
    ['times out', timedOut],
  ])('that %s stays owed, the ladder goes on, and the reconciler sends it once', async (_, error) => {
    backend.fail('SendEmailCommand', error);
    expect((await remindOwner(state)).next).toEqual(WARN);
    expect(await owed()).toEqual(['notice']);

    backend.heal();
    await laterOn();
    await laterOn();
    await expectReminded();
  });

  it('that stays throttled is given up after as many tries as the policy allows', async () => {
    backend.fail('SendEmailCommand', throttledMail);
    await remindOwner(state);
    const tries = () => backend.asked['SendEmailCommand'] ?? 0;
    const first = tries();
    const { attempts } = backend.services.policy.notifications;
    for (let n = 2; n < attempts; n += 1) await laterOn();
    expect([tries() - first, await owed()]).toEqual([attempts - 2, ['notice']]);
    await laterOn();
    expect(await owed()).toEqual([]);
    expect(backend.facts()).toContain('NotificationFailed');
    await laterOn();
    expect(tries() - first).toBe(attempts - 1);
  });

  it('does not keep those to others from being sent', async () => {
    backend.at('2026-11-20T15:05:00Z');
    backend.fail('SendEmailCommand', throttledMail, { times: 1 });
    await reassignOnBreach(state);
    expect(backend.mails).toHaveLength(2);
    expect(await owed()).toEqual(['notice']);
    await laterOn();
    expect(new Set(backend.mails.map(({ to }) => to))).toEqual(new Set(['jo', 'mona', 'sam']));
    expect(backend.mails).toHaveLength(3);
  });

  it('whose claim cannot be written stays owed and is sent later', async () => {
    backend.fail('UpdateCommand', throttledTable);
    expect((await remindOwner(state)).next).toEqual(WARN);
    expect([backend.mails, await owed()]).toEqual([[], ['notice']]);
    backend.heal();
    await laterOn();
    await expectReminded();
  });

  it('claimed by a process that died before sending it is sent when the claim has expired, once', async () => {
    backend.dieAfter('UpdateCommand');
    await remindOwner(state);
    await backend.restart();
    await laterOn(60);
    expect(backend.mails).toEqual([]);
    await laterOn(60);
    await expectReminded();
  });

  it('sent by a process that died before it could say so is sent again: twice, but never lost', async () => {
    backend.dieAfter('SendEmailCommand');
    await remindOwner(state);
    await backend.restart();
    await laterOn(120);
    expect(backend.mails).toHaveLength(2);
    expect(new Set(backend.told()).size).toBe(1);
    expect(await owed()).toEqual([]);
    await laterOn(600);
    expect(backend.mails).toHaveLength(2);
  });

  it('sent and recorded by a process that died before it could settle is not sent again', async () => {
    backend.dieAfter(
      'UpdateCommand',
      ({ Key, ...input }) => JSON.stringify(input).includes('messageId') && Key !== undefined,
    );
    await remindOwner(state);
    await backend.restart();
    expect(await owed()).not.toEqual([]);
    await laterOn();
    expect(backend.mails).toHaveLength(1);
    expect(await owed()).toEqual([]);
  });
});

describe('the bus', () => {
  it('that is down keeps its events owed, and the ladder goes on', async () => {
    backend.fail('PutEventsCommand', busDown);
    expect((await remindOwner(state)).next).toEqual(WARN);
    expect([await owed(), backend.mails.length]).toEqual([['event'], 1]);
    backend.heal();
    await laterOn();
    await expectReminded();
  });

  it('that took an event without an answer may get it twice, under the same id', async () => {
    backend.loseAnswer('PutEventsCommand');
    await remindOwner(state);
    await laterOn();
    expect(backend.events).toHaveLength(2);
    expect(new Set(backend.events.map(({ id }) => id)).size).toBe(1);
  });

  it('that is down while SES rejects keeps the notice owed until both are told', async () => {
    backend.fail('PutEventsCommand', busDown);
    backend.fail('SendEmailCommand', rejectedMail);
    expect((await remindOwner(state)).next).toEqual(WARN);
    expect((await owed()).sort()).toEqual(['event', 'notice']);
    backend.heal();
    backend.fail('SendEmailCommand', rejectedMail);
    await laterOn(120);
    expect(backend.facts().sort()).toEqual(['NotificationFailed', 'SlaReminderDue']);
    expect(await owed()).toEqual([]);
    expect((await history()).filter((what) => what === 'notice_failed')).toHaveLength(1);
  });
});

describe('history and records', () => {
  it('that cannot be written stay owed, and people are told all the same', async () => {
    backend.at('2026-11-20T15:05:00Z');
    backend.fail('BatchWriteCommand', throttledTable);
    backend.fail('PutCommand', throttledTable, {
      when: ({ Item }) => String(Item?.['sk']).startsWith('RECORD#'),
    });
    expect((await reassignOnBreach(state)).outcome).toBe('climb');
    expect(backend.mails).toHaveLength(3);
    expect(new Set(await owed())).toEqual(new Set(['timeline', 'record']));
    backend.heal();
    await laterOn();
    const records = await backend.services.leads.records(state.leadId);
    expect(records.map(({ type }) => type).sort()).toEqual(['breach', 'breach_review', 'task']);
    expect(await history()).toContain('rung_breach');
    expect(backend.mails).toHaveLength(3);
  });

  it('say that something was finished only when it was', async () => {
    backend.fail('SendEmailCommand', throttledMail);
    await remindOwner(state);
    await laterOn();
    expect(await owed()).toEqual(['notice']);
    expect(await history()).not.toContain('finished_by_reconciler');
    backend.heal();
    await laterOn();
    const finished = (await history()).filter((what) => what === 'finished_by_reconciler');
    expect(finished).toHaveLength(1);
  });
});

it('the clock of the new owner gets its execution although starting it fails at first', async () => {
  backend.at('2026-11-20T15:05:00Z');
  backend.fail('StartExecutionCommand', throttledStart);
  expect((await reassignOnBreach(state)).outcome).toBe('climb');
  expect(await owed()).toEqual(['start']);
  backend.heal();
  await laterOn();
  expect([...backend.started.keys()]).toContain(`${state.leadId}-owner-respond-1`);
  expect(await owed()).toEqual([]);
});
