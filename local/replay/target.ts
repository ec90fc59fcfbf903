/** The system that a replay is sent to: one that runs already, or one that is started for it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { EpochMs } from '../../core/time.ts';
import type { Endpoint } from './client.ts';
import { LeadApi } from './client.ts';

export interface Target {
  api: LeadApi;
  /** What the system itself reported as going wrong; always empty for one that ran already. */
  errors: string[];
  close(): Promise<void>;
}

export interface TargetOptions {
  url?: string | undefined;
  key?: string | undefined;
  data?: string | undefined;
  policy?: string | undefined;
  people?: string | undefined;
}

const endpointSchema = z.object({ url: z.string(), apiKey: z.string() });

/**
 * @param at instant at which an own system starts
 * @throws TypeError if the options do not name a system
 */
export async function openTarget(options: TargetOptions, at: EpochMs): Promise<Target> {
  if (options.url === undefined && options.data === undefined) return startOwn(options, at);
  const done = (): Promise<void> => Promise.resolve();
  return { api: new LeadApi(await endpointOf(options)), errors: [], close: done };
}

/**
 * Where a system that runs already answers.
 * @throws TypeError if the options do not name one
 */
export async function endpointOf({ url, key, data }: TargetOptions): Promise<Endpoint> {
  return url === undefined ? announced(data ?? '') : given(url, key);
}

function given(url: string, key: string | undefined): Endpoint {
  if (key === undefined) throw new TypeError('--url needs --key: the API key of that system.');
  return { url, apiKey: key };
}

/** The address that a running system keeps in its data folder. */
async function announced(folder: string): Promise<Endpoint> {
  const file = join(folder, 'endpoint.json');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new TypeError(`No system runs on ${folder}: there is no ${file}.`);
  });
  return endpointSchema.parse(JSON.parse(text));
}

/** Loaded only when it is needed: another system may be in use, and the embedded one is large. */
async function startOwn({ policy, people }: TargetOptions, at: EpochMs): Promise<Target> {
  const { startRunner } = await import('../runner.ts');
  const errors: string[] = [];
  const runner = await startRunner({
    at,
    ...(policy === undefined ? {} : { policy }),
    ...(people === undefined ? {} : { people }),
    watch: { error: (message) => errors.push(message), crash: (error) => errors.push(String(error)) },
  });
  return { api: new LeadApi(runner), errors, close: () => runner.close() };
}
