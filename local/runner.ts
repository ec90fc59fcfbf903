/**
 * The whole system in one process: the deployed handlers and state machines with real clients, on local endpoints.
 * One at a time in a process, because handlers find their services in one place.
 */
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { noMetrics } from '../lambdas/shared/metrics.ts';
import { servicesFromEnvironment } from '../lambdas/shared/production.ts';
import { useServices } from '../lambdas/shared/services.ts';
import { ROUTES } from '../lambdas/api/routes.ts';
import { loadPeople } from '../lib/policy/people.ts';
import { loadPolicy } from '../lib/policy/load.ts';
import { eventBridge } from './aws/event-bridge.ts';
import { MailServer } from './aws/mail.ts';
import { awsServer } from './aws/server.ts';
import { stepFunctions } from './aws/step-functions.ts';
import { Reconciliation } from './clock/reconciliation.ts';
import { Scheduler } from './clock/scheduler.ts';
import { Settling } from './clock/settling.ts';
import { keepClock, openClock } from './data/clock-file.ts';
import { DataFolder } from './data/folder.ts';
import { Journal } from './data/journal.ts';
import { startDatabase } from './database/server.ts';
import { createTables } from './database/tables.ts';
import { environment } from './environment.ts';
import { erasing } from './erasing.ts';
import { fileLog } from './file-log.ts';
import { loadFunctions } from './functions.ts';
import { gateway } from './gateway/server.ts';
import { loadMachine } from './machines/definition.ts';
import { Engine } from './machines/engine.ts';
import { invocation } from './machines/functions.ts';
import { seedPeople } from './people.ts';
import { Closing, within } from './closing.ts';
import type { Runner, RunnerOptions } from './runner-types.ts';

export type { Runner, RunnerOptions } from './runner-types.ts';

const ROOT = join(import.meta.dirname, '..');
const MACHINES = ['mql-response', 'commitment-clock'];
/** Segments at a time in real time; while the clock is advanced it is one, for a fixed order. */
const CONCURRENCY = 16;
const KEEP_CLOCK_EVERY_MS = 1000;
const PATIENCE_AT_CLOSE_MS = 5000;

/** @throws DataInUse, RangeError (time would go back), PolicyError */
export async function startRunner(options: RunnerOptions = {}): Promise<Runner> {
  const closing = new Closing();
  try {
    return await assemble(options, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function assemble(options: RunnerOptions, closing: Closing): Promise<Runner> {
  const watch = options.watch ?? {};
  const folder = new DataFolder(options.data);
  closing.add(() => folder.close());
  const databaseStarts = startDatabase(folder.file('database'), (error) => watch.crash?.(error));
  closing.add(async () => (await databaseStarts).close());
  const machines = MACHINES.map((name) => loadMachine(join(ROOT, 'statemachines'), name));
  const [functions, policy, people, database] = await Promise.all([
    loadFunctions(machines),
    loadPolicy(options.policy ?? join(ROOT, 'policy', 'default.yaml')),
    loadPeople(options.people ?? join(ROOT, 'policy', 'people.yaml')),
    databaseStarts,
  ]);

  const open = (name: string): Journal => {
    const journal = new Journal(folder.file(name));
    closing.add(() => journal.close());
    return journal;
  };
  const [mails, events, executions] = [open('mail.jsonl'), open('events.jsonl'), open('executions.jsonl')];
  const engine = new Engine({
    machines,
    functions: functions.workflow,
    journal: executions,
    onEnd: (execution) => watch.ended?.(execution),
  });
  const clockFile = folder.file('clock.json');
  const clock = openClock(clockFile, options, engine.lastEntry);
  const keep = (): void => keepClock(clockFile, clock);
  keep();
  closing.add(keep);
  const log = fileLog(folder.file('log.jsonl'), clock, (message, fields) => watch.error?.(message, fields));
  closing.add(() => log.close());

  const mail = new MailServer(mails, clock, (one) => watch.mail?.(one));
  const targets = {
    AWSStepFunctions: stepFunctions(engine),
    AWSEvents: eventBridge(
      events,
      clock,
      (one) => watch.event?.(one),
      (leadId) => mail.forget(leadId),
    ),
  };
  const aws = awsServer({ targets, mail });
  const awsUrl = await aws.listen({ host: '127.0.0.1', port: 0 });
  closing.add(async () => {
    await aws.close();
    await mail.close();
  });

  const env = environment({
    ...{ database: database.url, services: awsUrl },
    ...{ secret: folder.secret(), mx: options.mx === true },
  });
  const services = await servicesFromEnvironment(env, { clock, policy, log, metrics: noMetrics });
  await createTables(databaseClient(env));
  await seedPeople(services.roster, people, folder.file('people-written'), options.people !== undefined);
  useServices(services);

  const reconciliation = new Reconciliation({
    clock,
    nextAttention: () => services.leads.nextAttention(),
    reconcile: () => functions.reconcile({}, invocation('reconcile')),
    onError: (error) => log.error('The reconciler failed', { error }),
  });
  const settling = new Settling({
    ...{ clock, policy },
    settle: () => functions.settleConsequences({}, invocation('settle-consequences')),
    onError: (error) => log.error('The settling of consequences failed', { error }),
  });
  const fire = (key: string, at: number): Promise<void> => engine.fire(key, at);
  const scheduler = new Scheduler(clock, fire, CONCURRENCY, reconciliation, settling);
  engine.begin(scheduler);

  const apiKey = folder.apiKey();
  const app = await gateway({
    ...{ routes: ROUTES, functions: erasing(functions.api, database), apiKey, clock, log },
    limits: options.limits ?? {},
    ...{ scheduler, engine, mails, events, keepClock: keep },
  });
  const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  const keeping = setInterval(() => clock.moved && keep(), KEEP_CLOCK_EVERY_MS);
  closing.add(async () => {
    clearInterval(keeping);
    scheduler.stop();
    await app.close();
    await within(PATIENCE_AT_CLOSE_MS, scheduler.inFlight.settled());
  });
  scheduler.start();
  folder.announce({ url, apiKey, pid: process.pid, awsUrl });
  mail
    .start()
    .catch((error: unknown) =>
      log.warn('The mail server did not start; the next mail tries again', { error }),
    );

  return {
    ...{ url, apiKey, data: folder.path, services, engine, scheduler },
    now: () => clock.now(),
    advanceTo: async (at) => {
      clock.leaveRealTime();
      keep();
      await scheduler.advance(() => at);
      keep();
    },
    settled: () => scheduler.inFlight.settled(),
    close: () => closing.close(),
  };
}

function databaseClient(env: Record<string, string>): DynamoDBClient {
  const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '', AWS_REGION: region = '' } = env;
  return new DynamoDBClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}
