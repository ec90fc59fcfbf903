/** `/local`: the clock, and what came of everything. Without a key, for this machine alone. */
import type { FastifyPluginCallback, FastifyReply } from 'fastify';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { EpochMs } from '../../core/time.ts';
import { epochMs, iso } from '../../core/time.ts';
import { Problem } from '../../lambdas/shared/errors.ts';
import { invalidRequest } from '../../lambdas/shared/problem.ts';
import { shownMails } from '../aws/mail.ts';
import { HIGHEST_SPEED } from '../clock/virtual-clock.ts';
import type { Scheduler } from '../clock/scheduler.ts';
import type { Journal } from '../data/journal.ts';
import type { Engine } from '../machines/engine.ts';
import type { Execution } from '../machines/execution.ts';
import { refusal, refuse } from './problem.ts';

const error = `must be {"advance":"PT10M"}, {"to":"2026-11-20T15:00:00Z"} or {"speed":60}, a speed above 0 and up to ${HIGHEST_SPEED}`;
const moveSchema = z.union(
  [
    z.strictObject({ advance: z.string() }),
    z.strictObject({ to: z.string() }),
    z.strictObject({ speed: z.number({ error }).positive({ error }).max(HIGHEST_SPEED, { error }) }),
  ],
  { error },
);

const notFound = refusal('MISSING_AUTHENTICATION_TOKEN');

export interface LocalParts {
  scheduler: Scheduler;
  engine: Engine;
  mails: Journal;
  events: Journal;
  /** Keeps the clock's state. */
  keepClock: () => void;
}

/** Registers the routes; to be mounted under `/local`. */
export function localRoutes(parts: LocalParts): FastifyPluginCallback {
  const { scheduler, engine } = parts;
  const shown = () => ({ now: iso(scheduler.clock.now()), speed: scheduler.clock.speed });
  return (app, _options, done) => {
    app.addHook('onRequest', (request, _reply, next) => {
      // A page in a browser may resolve its own name to this machine; it cannot pretend to have been asked for ours.
      const ours = ['127.0.0.1', 'localhost'].includes(request.hostname);
      next(ours ? undefined : new Problem(403, 'forbidden', 'Forbidden', 'For this machine alone.'));
    });
    app.setNotFoundHandler((request, reply) => refuse(request, reply, notFound));
    app.get('/clock', () => shown());
    app.post('/clock', async (request) => {
      await move(parts, request.body);
      return shown();
    });
    app.get('/mail', () => shownMails(parts.mails));
    app.get('/events', (_request, reply) => asArray(reply, parts.events));
    app.get('/executions', () => [...engine.executions.values()].map(summary));
    app.get<{ Params: { name: string } }>('/executions/:name', (request, reply) => {
      const one = named(engine, request.params.name);
      return one === undefined ? refuse(request, reply, notFound) : reply.send(detail(one));
    });
    // What an operator does in the console of Step Functions.
    app.post<{ Params: { name: string } }>('/executions/:name/stop', (request, reply) => {
      const one = named(engine, request.params.name);
      if (one === undefined) return refuse(request, reply, notFound);
      engine.stop(one, undefined, undefined);
      return reply.send(summary(one));
    });
    done();
  };
}

async function move({ scheduler, keepClock }: LocalParts, body: unknown): Promise<void> {
  const parsed = moveSchema.safeParse(jsonOf(body));
  if (!parsed.success) throw invalid('', parsed.error.issues[0]?.message ?? 'is not valid');
  const wanted = parsed.data;
  if ('speed' in wanted) scheduler.setSpeed(wanted.speed);
  else {
    const target = 'to' in wanted ? destination(wanted.to, scheduler) : distance(wanted.advance);
    await scheduler.advance((now) => {
      scheduler.clock.leaveRealTime();
      keepClock();
      return target(now);
    });
  }
  keepClock();
}

/** @throws Problem if the text is no instant or has passed */
function destination(text: string, scheduler: Scheduler): (now: EpochMs) => EpochMs {
  let to: EpochMs;
  try {
    to = epochMs(text);
  } catch {
    throw invalid('to', 'must be an instant with its offset, such as 2026-11-20T15:00:00Z');
  }
  const now = scheduler.clock.now();
  if (to < now) throw invalid('to', `must not have passed: it is ${iso(now)}, and time does not go back`);
  return () => to;
}

/** @throws Problem if the text is no duration or negative */
function distance(text: string): (now: EpochMs) => EpochMs {
  const message = 'must be a duration that is not negative, such as PT10M or P3D';
  try {
    const duration = Temporal.Duration.from(text);
    if (duration.sign >= 0) return (now) => plus(now, duration);
  } catch {
    throw invalid('advance', message);
  }
  throw invalid('advance', message);
}

/** Days of 24 hours; months and years by the calendar, in UTC. */
function plus(now: EpochMs, duration: Temporal.Duration): EpochMs {
  const start = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC');
  try {
    return start.add(duration).epochMilliseconds;
  } catch {
    throw invalid('advance', 'leads out of the calendar');
  }
}

function invalid(path: string, message: string): Problem {
  return invalidRequest([{ path, message }], `${path === '' ? 'The body' : path} ${message}.`);
}

function jsonOf(body: unknown): unknown {
  try {
    return Buffer.isBuffer(body) ? JSON.parse(body.toString()) : undefined;
  } catch {
    return undefined;
  }
}

/** The lines of a journal are the elements of the array. */
function asArray(reply: FastifyReply, journal: Journal): FastifyReply {
  return reply.type('application/json').send(`[${journal.lines().join(',')}]`);
}

function named(engine: Engine, name: string): Execution | undefined {
  return [...engine.executions.values()].find((execution) => execution.name === name);
}

function detail(one: Execution): Record<string, unknown> {
  const { output, error, cause, at } = one.end ?? {};
  return {
    ...summary(one),
    ...(one.resume?.wait == null ? {} : { waitsUntil: iso(one.resume.at) }),
    ...(at === undefined ? {} : { endedAt: iso(at), output, error, cause }),
    history: one.history.map(([when, type, state]) => ({ at: iso(when), type, state })),
  };
}

/** An execution in the list. */
function summary(one: Execution): Record<string, string | null> {
  const { name, machine, status, state } = one;
  return { name, stateMachine: machine, status, state, startedAt: iso(one.startedAt) };
}
