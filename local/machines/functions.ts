/** The deployed functions, called in-process by the very handler that is deployed. */
import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { z } from 'zod';
import { overTheWire } from '../json.ts';
import type { Json } from '../json.ts';
import type { Machine } from './definition.ts';

export type Invocation = Omit<Context, 'done' | 'fail' | 'succeed'>;
export type LambdaHandler = (event: unknown, context: Invocation) => Promise<unknown>;

export type TaskHandler = (input: Json) => Promise<Json>;

const handlerModule = z.object({
  handler: z.custom<LambdaHandler>((value) => typeof value === 'function', {
    error: 'has no function named handler',
  }),
});

/** Longest time that a function has on Lambda, in milliseconds; nothing here enforces it. */
const LAMBDA_LIMIT_MS = 900_000;

/** The handler of a module that has been imported. @throws if it exports none */
export function handlerOf(name: string, module: unknown): LambdaHandler {
  const parsed = handlerModule.safeParse(module);
  if (!parsed.success) throw new TypeError(`${name}: ${z.prettifyError(parsed.error)}`);
  return parsed.data.handler;
}

/** `lambdas/workflow/<folder>/handler.ts` */
export async function workflowHandler(folder: string): Promise<LambdaHandler> {
  return handlerOf(`lambdas/workflow/${folder}`, await import(`../../lambdas/workflow/${folder}/handler.ts`));
}

/** `lambdas/api/<folder>/handler.ts` */
export async function apiHandler(folder: string): Promise<LambdaHandler> {
  return handlerOf(`lambdas/api/${folder}`, await import(`../../lambdas/api/${folder}/handler.ts`));
}

/** `lambdas/schedule/<folder>/handler.ts` */
export async function scheduleHandler(folder: string): Promise<LambdaHandler> {
  return handlerOf(`lambdas/schedule/${folder}`, await import(`../../lambdas/schedule/${folder}/handler.ts`));
}

/** What Lambda tells a function about its invocation. */
export function invocation(functionName: string): Invocation {
  const awsRequestId = randomUUID();
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    memoryLimitInMB: '512',
    awsRequestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => LAMBDA_LIMIT_MS,
  };
}

/**
 * What the interpreter calls for each task: the function, with JSON on both ways as on Lambda.
 * @throws Error if a task has no function
 */
export function taskHandlers(
  machine: Machine,
  functions: ReadonlyMap<string, LambdaHandler>,
): Record<string, TaskHandler> {
  const calls = [...machine.tasks].map(([task, folder]): [string, TaskHandler] => {
    const handler = functions.get(folder);
    if (handler === undefined) throw new Error(`${machine.name}: no function ${folder} for "${task}".`);
    return [task, async (input) => overTheWire(await handler(overTheWire(input), invocation(folder)))];
  });
  return Object.fromEntries(calls);
}
