/** The API of a deployed environment, with the key that its stack has made. */
import { setTimeout as sleep } from 'node:timers/promises';
import { GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { z } from 'zod';
import { personViewSchema } from '../../lambdas/api/schemas/person.ts';
import type { Aws } from './aws.ts';
import type { Deployed } from './stacks.ts';

const TRIES = 4;
const peopleSchema = z.object({ people: z.array(personViewSchema) });
const answerSchema = z.looseObject({
  detail: z.string().optional(),
  message: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
});

/** Somebody on the roster, as the API shows them. */
export type PersonView = z.output<typeof personViewSchema>;

/** The API did not take a request; the message says why. */
export class ApiRefused extends Error {
  override readonly name = 'ApiRefused';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The API as the tools use it. */
export class Api {
  readonly #url: string;
  readonly #key: string;

  /** @param url base of the paths, `/v1` included */
  constructor(url: string, key: string) {
    this.#url = url.replace(/\/+$/, '');
    this.#key = key;
  }

  /** Everybody on the roster. @throws ApiRefused */
  async people(): Promise<PersonView[]> {
    return peopleSchema.parse(await this.call('GET', 'people')).people;
  }

  /**
   * One request, tried again while the API is throttled or fails.
   * @returns the body of the answer
   * @throws ApiRefused
   */
  async call(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown): Promise<unknown> {
    for (let tried = 1; ; tried += 1) {
      const response = await fetch(`${this.#url}/${path}`, {
        method,
        headers: { 'x-api-key': this.#key, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (response.ok) return JSON.parse(text);
      const again = response.status === 429 || response.status >= 500;
      if (!again || tried === TRIES) {
        const reason = `${method} ${path} answered ${response.status}: ${reasonOf(text)}`;
        throw new ApiRefused(response.status, reason);
      }
      await sleep(250 * 4 ** tried);
    }
  }
}

/**
 * The API of what is deployed; its key is read from API Gateway.
 * @throws Error if the stacks have no API, or the key cannot be read
 */
export async function apiOf(aws: Aws, deployed: Deployed): Promise<Api> {
  return new Api(reachable(outputOf(deployed, 'ApiUrl'), aws.endpoint), await keyOf(aws, deployed));
}

/** The value of the key of what is deployed. */
export async function keyOf({ apiGateway }: Aws, deployed: Deployed): Promise<string> {
  const apiKey = outputOf(deployed, 'ApiKeyId');
  const { value } = await apiGateway.send(new GetApiKeyCommand({ apiKey, includeValue: true }));
  if (value === undefined) throw new Error(`The API key ${apiKey} has no value.`);
  return value;
}

/** An output of the stacks. @throws Error if they have none of that name */
export function outputOf({ outputs }: Deployed, name: string): string {
  const value = outputs[name];
  if (value === undefined) throw new Error(`The stacks have no output ${name}.`);
  return value;
}

/** Where the API answers: AWS gives each a host of its own, an emulator serves all of them under one address. */
export function reachable(url: string, endpoint: string | undefined): string {
  if (endpoint === undefined) return url;
  const { hostname, pathname } = new URL(url);
  const stage = pathname.replaceAll('/', '');
  return `${endpoint.replace(/\/+$/, '')}/restapis/${hostname.split('.')[0] ?? ''}/${stage}/_user_request_`;
}

function reasonOf(text: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return text.slice(0, 200);
  }
  const answer = answerSchema.safeParse(parsed).data;
  const errors = answer?.errors.map(({ path, message }) => `${path}: ${message}`).join('; ') ?? '';
  return errors || (answer?.detail ?? answer?.message ?? 'it gave no reason');
}
