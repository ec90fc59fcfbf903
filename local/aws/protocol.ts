/** What the endpoints of the services have in common: operations by name, and errors as the clients read them. */
import { z } from 'zod';
import type { Json } from '../json.ts';

/** An error of the service: its name is what the client throws. */
export class ServiceError extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Takes a parsed request and gives the answer. @throws ServiceError */
export type Operation = (request: Json) => unknown;

/** Checks a request; what it lacks is a ValidationException, as with the service. */
export function checked<T>(schema: z.ZodType<T>, request: Json): T {
  const parsed = schema.safeParse(request);
  if (!parsed.success) throw new ServiceError('ValidationException', z.prettifyError(parsed.error));
  return parsed.data;
}
