import { existsSync } from 'node:fs';
import path from 'node:path';
import { LONGEST_DAYS } from '../../core/policy/checks/waits.ts';
import { RUNGS } from '../../core/policy/schema/commitments.ts';
import * as errors from '../../lambdas/shared/errors.ts';
import { substitutionName, WORKFLOW_FUNCTIONS } from '../../lib/functions.ts';
import { MACHINES, machine, placeholders, reachable, statesOf } from './machine.ts';

const hubs = { 'mql-response': 'Is the lead contacted?', 'commitment-clock': 'Is the commitment met?' };
const errorNames = Object.values(errors).flatMap((error) => ('NAME' in error ? [error.NAME] : []));

describe.each(MACHINES)('the state machine %s', (name) => {
  const definition = machine(name);
  const tasks = statesOf(definition, 'Task');

  test('has no state that cannot be reached', () => {
    expect([...reachable(definition, definition.StartAt)].sort()).toEqual(
      Object.keys(definition.States).sort(),
    );
  });

  test('can come to an end from every state', () => {
    const ends = new Set(
      [...statesOf(definition, 'Succeed'), ...statesOf(definition, 'Fail')].map(([s]) => s),
    );
    const stuck = Object.keys(definition.States).filter(
      (state) => ![...reachable(definition, state)].some((next) => ends.has(next)),
    );
    expect(stuck).toEqual([]);
  });

  test('says what it and each of its states are for', () => {
    expect(definition.Comment).toMatch(/policy/);
    const silent = Object.entries(definition.States).filter(([, state]) => (state.Comment ?? '').length < 20);
    expect(silent).toEqual([]);
  });

  test('is written in JSONPath without variables, with a time limit of at most a year', () => {
    expect(definition.QueryLanguage ?? 'JSONPath').toBe('JSONPath');
    expect(JSON.stringify(definition)).not.toMatch(/"Assign"|"Arguments"|"Output"|\{%/);
    expect(definition.TimeoutSeconds).toBeGreaterThan(0);
    expect(definition.TimeoutSeconds).toBeLessThanOrEqual(365 * 24 * 3600);
  });

  test('outlasts the longest wait that the check of a policy lets pass, and a month of closed days', () => {
    expect(definition.TimeoutSeconds).toBeGreaterThanOrEqual((LONGEST_DAYS + 30) * 24 * 3600);
  });

  test('waits only for instants that a function has computed', () => {
    const waits = statesOf(definition, 'Wait');
    expect(waits.length).toBeGreaterThan(0);
    for (const [, wait] of waits) expect(wait.TimestampPath).toBe('$.next.at');
    expect(JSON.stringify(waits)).not.toMatch(/"Seconds|SecondsPath|"Timestamp"/);
  });

  test('gives every task a time limit and retries with jitter', () => {
    for (const [task, state] of tasks) {
      expect([task, state.TimeoutSeconds]).toEqual([task, 60]);
      const retriers = state.Retry!.filter((retrier) => retrier.MaxAttempts !== 0);
      expect(retriers.flatMap((retrier) => retrier.ErrorEquals)).toEqual(
        expect.arrayContaining([
          'Lambda.ServiceException',
          'Lambda.AWSLambdaException',
          'Lambda.SdkClientException',
          'Lambda.ClientExecutionTimeoutException',
          'Lambda.TooManyRequestsException',
          'States.Timeout',
          'VersionConflict',
        ]),
      );
      for (const retrier of retriers) {
        expect(retrier.JitterStrategy).toBe('FULL');
        expect(retrier.IntervalSeconds).toBeGreaterThan(0);
        expect(retrier.BackoffRate).toBeGreaterThan(1);
        expect(retrier.MaxDelaySeconds).toBeGreaterThan(retrier.IntervalSeconds!);
        expect(retrier.MaxAttempts).toBeGreaterThan(0);
      }
    }
  });

  test('records every failure and then ends in Fail', () => {
    for (const [task, state] of tasks) {
      const recording = task === 'Record the failure';
      expect([task, state.Catch]).toEqual([
        task,
        [
          {
            ErrorEquals: ['States.ALL'],
            ResultPath: recording ? '$.recorded' : '$.error',
            Next: recording ? 'Failed' : 'Record the failure',
          },
        ],
      ]);
    }
    expect(definition.States['Record the failure']!.Next).toBe('Failed');
    expect(definition.States['Failed']!.Type).toBe('Fail');
  });

  test('names only errors that exist', () => {
    const ours = tasks
      .flatMap(([, state]) => [...state.Retry!, ...state.Catch!].flatMap((rule) => rule.ErrorEquals))
      .filter((error) => !error.startsWith('Lambda.') && !error.startsWith('States.'));
    expect(ours.length).toBeGreaterThan(0);
    expect(errorNames).toEqual(expect.arrayContaining(ours));
  });

  test('catches and retries everything else last', () => {
    for (const [, state] of tasks) expect(state.Retry!.at(-1)!.ErrorEquals).toEqual(['States.ALL']);
  });

  test('knows every rung of the policy and no other', () => {
    const own = name === 'mql-response' ? ['assign', 'tell', 'look'] : ['tell', 'look'];
    const choices = definition.States[hubs[name]]!.Choices!;
    const rungs = choices.filter((choice) => choice.Variable === '$.next.rung');
    expect(rungs.map((choice) => choice.StringEquals).sort()).toEqual([...RUNGS, ...own].sort());
    expect(new Set(rungs.map((choice) => choice.Next)).size).toBe(rungs.length);
  });

  test('asks for the end before it asks for the next rung', () => {
    const variables = definition.States[hubs[name]]!.Choices!.map((choice) => choice.Variable);
    expect(variables.lastIndexOf('$.outcome')).toBeLessThan(variables.indexOf('$.next.rung'));
  });

  test('calls only functions that are deployed, each with a folder of its own', () => {
    const known = WORKFLOW_FUNCTIONS.map(({ folder }) => substitutionName(folder));
    expect(known).toEqual(expect.arrayContaining(placeholders(name)));
    for (const { folder } of WORKFLOW_FUNCTIONS) {
      expect([folder, existsSync(path.join('lambdas/workflow', folder, 'handler.ts'))]).toEqual([
        folder,
        true,
      ]);
    }
  });
});

test('every function of the workflow is called by a state machine', () => {
  const called = new Set(MACHINES.flatMap(placeholders));
  expect(WORKFLOW_FUNCTIONS.map(({ folder }) => substitutionName(folder)).sort()).toEqual([...called].sort());
});
