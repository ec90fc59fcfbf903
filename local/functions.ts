/** All functions, loaded at the start: the first request must not wait for modules. */
import { ROUTES } from '../lambdas/api/routes.ts';
import { apiHandler, scheduleHandler, workflowHandler } from './machines/functions.ts';
import type { LambdaHandler } from './machines/functions.ts';
import type { Machine } from './machines/definition.ts';

export interface Functions {
  api: ReadonlyMap<string, LambdaHandler>;
  workflow: ReadonlyMap<string, LambdaHandler>;
  reconcile: LambdaHandler;
  settleConsequences: LambdaHandler;
}

/** @throws Error if one is missing */
export async function loadFunctions(machines: Machine[]): Promise<Functions> {
  const folders = new Set(machines.flatMap((machine) => [...machine.tasks.values()]));
  const [api, workflow, reconcile, settleConsequences] = await Promise.all([
    loadAll(new Set(ROUTES.map((route) => route.name)), apiHandler),
    loadAll(folders, workflowHandler),
    scheduleHandler('reconcile'),
    scheduleHandler('settle-consequences'),
  ]);
  return { api, workflow, reconcile, settleConsequences };
}

async function loadAll(
  names: Iterable<string>,
  load: (name: string) => Promise<LambdaHandler>,
): Promise<ReadonlyMap<string, LambdaHandler>> {
  return new Map(
    await Promise.all(
      [...names].map(async (name): Promise<[string, LambdaHandler]> => [name, await load(name)]),
    ),
  );
}
