/** The small words of which the policy is made. */
import { z } from 'zod';

/**
 * A span of business time in ISO 8601: `PT5M`, `PT24H` are time on the calendar; `P14D` is fourteen business days.
 * The two are not mixed.
 */
export const spanSchema = z
  .string()
  .regex(/^(P\d+D|PT(?=\d)(\d+H)?(\d+M)?(\d+S)?)$/, 'a span like PT5M, PT24H or P14D, not negative');

/** Where a row comes from: a section of the policy book or a seed document. */
export const fromSchema = z.string().min(1).optional();

export const ROLES = [
  'sdr',
  'ae',
  'sdr_manager',
  'ae_manager',
  'sales_director',
  'vp_sales',
  'executive',
  'marketing_ops',
  'marketing_director',
  'revops',
] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** Whom a rung tells: somebody in relation to the lead, or whoever holds a role. */
export const RELATIONS = [
  'owner',
  'owner.manager',
  'previous_owner',
  'previous_owner.manager',
  'pool.manager',
  'pool.backup',
] as const;
export const recipientSchema = z.union([
  z.enum(RELATIONS),
  z.templateLiteral(['role:', roleSchema]),
  z.templateLiteral(['person:', z.string().min(1)]),
]);
export type Recipient = z.infer<typeof recipientSchema>;

export const idSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_.-]*$/, 'lower-case letters, digits, dot, dash, underscore');
