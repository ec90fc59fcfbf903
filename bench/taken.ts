/** What a play on the embedded runner has taken of each service, as AWS charges for it. */
import { ROUTES } from '../lambdas/api/routes.ts';
import { FUNCTIONS } from '../lib/functions.ts';
import type { Runner } from '../local/runner.ts';
import type { Units } from './meter.ts';
import type { Priced } from './prices.ts';

/** Assumed: how long an invocation takes on Lambda once it is warm. Local times say nothing about it. */
export const ASSUMED_MS = 100;

export interface Taken extends Units {
  /** State transitions of the response ladder alone, and of all executions. */
  ladder: number;
  transitions: number;
  executions: number;
  invocations: number;
  gbSeconds: number;
  apiRequests: number;
  events: number;
  mails: number;
}

/** The function that answers a request; undefined for what is not of the API. @param path with `/v1` */
export function functionOf(method: string, path: string): string | undefined {
  const parts = path.split('/').slice(2);
  const fits = (route: string): boolean => {
    const wanted = route.split('/').slice(1);
    return (
      wanted.length === parts.length && wanted.every((one, i) => one.startsWith('{') || one === parts[i])
    );
  };
  if (!path.startsWith('/v1/')) return undefined;
  return ROUTES.find((route) => route.method === method && fits(route.path))?.name;
}

/** Counts all executions of a runner. @param requests functions that were called through the API */
export function takenBy(
  { engine }: Runner,
  requests: readonly string[],
  units: Units,
  told: Pick<Taken, 'events' | 'mails'>,
): Taken {
  const executions = [...engine.executions.values()];
  const entered = (only?: string): string[] =>
    executions
      .filter(({ machine }) => only === undefined || machine === only)
      .flatMap(({ history }) => history)
      .flatMap(([, type, state]) => (type.endsWith('StateEntered') && state !== null ? [state] : []));
  const folders = executions.flatMap(({ machine, history }) => {
    const tasks = engine.machines.get(machine)?.tasks;
    return history.flatMap(([, type, state]) =>
      type === 'TaskStateEntered' ? [tasks?.get(state ?? '') ?? ''] : [],
    );
  });
  const invoked = [...folders, ...requests];
  return {
    ...units,
    ...told,
    ladder: entered('mql-response').length,
    transitions: entered().length,
    executions: executions.length,
    invocations: invoked.length,
    gbSeconds: invoked.reduce((sum, name) => sum + gbSeconds(name), 0),
    apiRequests: requests.length,
  };
}

/** The same per lead. */
export function perLeadOf(taken: Taken, leads: number): Taken {
  return Object.fromEntries(
    Object.entries(taken).map(([key, value]) => [key, value / leads]),
  ) as unknown as Taken;
}

/** What of it has a price. */
export function amountsOf(one: Taken): Record<Priced, number> {
  return {
    stateTransition: one.transitions,
    invocation: one.invocations,
    gbSecond: one.gbSeconds,
    apiRequest: one.apiRequests,
    writeUnit: one.write,
    readUnit: one.read,
    event: one.events,
    mail: one.mails,
  };
}

function gbSeconds(name: string): number {
  const memoryMb = FUNCTIONS.find(({ folder }) => folder === name)?.memoryMb;
  if (memoryMb === undefined) throw new Error(`There is no function ${name}.`);
  return ((memoryMb / 1024) * ASSUMED_MS) / 1000;
}
