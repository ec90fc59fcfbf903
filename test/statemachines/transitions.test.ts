import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { RUNGS } from '../../core/policy/schema/commitments.ts';
import { type MachineName, machineText, machine, statesOf } from './machine.ts';

interface Answer {
  outcome: string;
  next: { rung: string; at: string };
}

const at = '2026-11-20T15:04:05.000Z';
const climb = (rung: string): Answer => ({ outcome: 'climb', next: { rung, at } });
const end = (outcome: string): Answer => ({ outcome, next: { rung: 'none', at } });
const assigned: Answer = { outcome: 'assigned', next: { rung: 'remind', at } };
const nobody: Answer = { outcome: 'nobody', next: { rung: 'assign', at } };

/** Runs the file itself with functions that give these answers, one after the other; the states it has entered. */
async function walk(name: MachineName, first: Answer, answers: (Answer | Error)[]): Promise<string[]> {
  const definition = JSON.parse(
    machineText(name).replaceAll(/\$\{(\w+)\}/g, 'arn:aws:lambda:eu-west-1:123456789012:function:$1'),
  ) as StateMachineDefinition;
  delete definition.TimeoutSeconds; // the interpreter passes the limit to setTimeout, which cannot hold a year
  const identity = { leadId: 'lead', cycle: 1, clockId: 'mql.respond-1', run: 1 };
  const handler = () => {
    const answer = answers.shift();
    if (answer instanceof Error) return Promise.reject(answer);
    if (answer === undefined) return Promise.reject(new Error('asked once too often'));
    return Promise.resolve({ ...identity, ...answer });
  };
  const tasks = statesOf(machine(name), 'Task').map(([state]) => state);
  const waits = statesOf(machine(name), 'Wait').map(([state]) => state);
  const run = new StateMachine(definition).run(
    { ...identity, ...first },
    {
      overrides: {
        taskResourceLocalHandlers: Object.fromEntries(tasks.map((state) => [state, handler])),
        waitTimeOverrides: Object.fromEntries(waits.map((state) => [state, 0])),
        retryIntervalOverrides: Object.fromEntries(tasks.map((state) => [state, 0])),
      },
    },
  );
  run.result.catch(() => undefined);
  const entered: string[] = [];
  for await (const event of run.eventLogs) {
    if (event.type === 'StateEntered') entered.push(event.state.name);
  }
  return entered;
}

const start = end('climb');

test('a lead contacted before its first rung enters exactly 8 states', async () => {
  expect(await walk('mql-response', start, [assigned, climb('remind'), end('met_in_time')])).toEqual([
    'Assign an owner',
    'Is somebody available?',
    'Notify the owner',
    'Is the lead contacted?',
    'Wait until 50 percent',
    'Remind the owner',
    'Is the lead contacted?',
    'Contacted in time',
  ]);
});

test('a lead that climbs every rung enters at most 30 states', async () => {
  const answers = [assigned, ...RUNGS.map(climb), end('handed_over')];
  const entered = await walk('mql-response', start, answers);
  expect(entered.at(-1)).toBe('Handed over');
  expect(entered).toEqual(expect.arrayContaining(['Open an incident', 'Escalate beyond the owner']));
  expect(entered).toHaveLength(26);
  expect(entered.length).toBeLessThanOrEqual(30);
});

test.each(['met_in_time', 'met_late'])('the general clock ends by itself when it is %s', async (outcome) => {
  const entered = await walk('commitment-clock', climb('threshold'), [end(outcome)]);
  expect(entered).toEqual([
    'Is the commitment met?',
    'Wait until the breach threshold',
    'Escalate beyond the owner',
    'Is the commitment met?',
    outcome === 'met_in_time' ? 'Met in time' : 'Met late',
  ]);
});

test('the rungs come in the order that the functions give, whatever it is', async () => {
  const order = ['incident', 'remind', 'threshold', 'backup'];
  const entered = await walk('commitment-clock', climb('incident'), [
    ...order.slice(1).map(climb),
    end('met_late'),
  ]);
  expect(entered.filter((state) => state.startsWith('Wait'))).toEqual([
    'Wait until 200 percent',
    'Wait until 50 percent',
    'Wait until the breach threshold',
    'Wait until the backup hour',
  ]);
});

test('nobody available is a path of its own, with a wait, and the draw is repeated', async () => {
  const answers = [nobody, climb('assign'), assigned, climb('remind'), end('met_late')];
  expect((await walk('mql-response', start, answers)).slice(0, 8)).toEqual([
    'Assign an owner',
    'Is somebody available?',
    'Tell the manager that nobody is available',
    'Is the lead contacted?',
    'Wait for somebody to be available',
    'Assign an owner',
    'Is somebody available?',
    'Notify the owner',
  ]);
});

test('a paused clock waits and looks again, and a deadline that has moved is waited for again', async () => {
  const answers = [end('paused'), climb('remind'), climb('remind'), end('met_in_time')];
  expect(await walk('commitment-clock', climb('look'), answers)).toEqual([
    'Is the commitment met?',
    'Wait, then look again',
    'Look again',
    'Is the commitment met?',
    'Wait while paused',
    'Look again',
    'Is the commitment met?',
    'Wait until 50 percent',
    'Remind the owner',
    'Is the commitment met?',
    'Wait until 50 percent',
    'Remind the owner',
    'Is the commitment met?',
    'Met in time',
  ]);
});

test('an answer that the graph does not know ends in a failure of its own', async () => {
  expect((await walk('commitment-clock', climb('shout'), [])).at(-1)).toBe('Unknown step');
});

test('a step that fails for good is recorded', async () => {
  const gone = Object.assign(new Error('no such lead'), { name: 'LeadNotFound' });
  const entered = await walk('commitment-clock', climb('remind'), [gone, end('handed_over')]);
  expect(entered.slice(-3)).toEqual(['Remind the owner', 'Record the failure', 'Failed']);
});

test('a conflict between writers is tried again and costs no transition', async () => {
  const conflict = Object.assign(new Error('written in between'), { name: 'VersionConflict' });
  const entered = await walk('commitment-clock', climb('remind'), [conflict, conflict, end('met_late')]);
  expect(entered.filter((state) => state === 'Remind the owner')).toHaveLength(1);
  expect(entered.at(-1)).toBe('Met late');
});
