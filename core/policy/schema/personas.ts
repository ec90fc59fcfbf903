/** What a title says of a person: seniority, function, and from them the persona (policy book §6). */
import { z } from 'zod';
import { fromSchema, idSchema } from './basics.ts';

export const PERSONAS = ['none', 'influencer', 'economic_buyer'] as const;

/**
 * A word or phrase of titles, compared as whole words without regard to case, accents and punctuation; an umlaut is
 * found in either spelling. A single word may begin or end with a star, for compounds: `*leiter`, `vertrieb*`.
 */
const titleWord = z
  .string()
  .regex(
    /^\*?[^*]*[\p{L}\p{N}@][^*]*\*?$/u,
    'a word or phrase of titles, with a star only at its beginning or end',
  );
const words = z.array(titleWord);

export const personasSchema = z.strictObject({
  /** What follows within a part of the title belongs to the past; alone in its part (`CEO (former)`) all of it does. */
  former: words,
  /** What follows within a part of the title names an employer or somebody else. */
  others: words,
  /** Phrases that look like a rank and are none. The longest phrase wins: `product owner` over `owner`. */
  notARank: words,
  /** The first row of which a word is found decides, wherever in the title it stands. */
  seniorities: z
    .array(z.strictObject({ id: idSchema, persona: z.enum(PERSONAS), words: words.min(1), from: fromSchema }))
    .min(1),
  /** The word that stands first in the title decides. */
  functions: z.array(
    z.strictObject({
      id: idSchema,
      words: words.min(1),
      /** The most that somebody of this function can be, whatever their seniority. */
      atMost: z.enum(PERSONAS).optional(),
      from: fromSchema,
    }),
  ),
  from: fromSchema,
});
export type Personas = z.infer<typeof personasSchema>;
export type SeniorityRow = Personas['seniorities'][number];
export type FunctionRow = Personas['functions'][number];
