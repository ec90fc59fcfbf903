/** JSON values, as they travel through state machines and journals. */
import { z } from 'zod';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What `JSON.parse` returns is JSON: a type for it that costs nothing at run time. */
export const anyJson = z.custom<Json>();

/** The value of a JSON text. @throws SyntaxError */
export function parseJson(text: string): Json {
  return anyJson.parse(JSON.parse(text));
}

/** What is left of a value after a trip over the wire, as between a state machine and a function. */
export function overTheWire(value: unknown): Json {
  return parseJson(JSON.stringify(value ?? null));
}
