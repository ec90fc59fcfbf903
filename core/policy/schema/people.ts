/** People, pools and routing (policy book §2). */
import { z } from 'zod';
import { fromSchema, idSchema, recipientSchema, roleSchema, spanSchema } from './basics.ts';
import { amongSchema } from './lead-kinds.ts';

export const MATCHES = ['territory', 'segment', 'vertical', 'partner'] as const;

export const poolRowSchema = z.strictObject({
  id: idSchema,
  /** `ae`: it takes SQLs for acceptance by an AE (§11); left out: it takes MQLs. Each kind is tried for itself. */
  for: z.literal('ae').optional(),
  /** Which leads the pool takes; every condition named must hold. Rows are tried in order, the first that holds wins. */
  when: amongSchema.extend({
    /** Never chosen by a lead: a pool that exists as somebody's backup. */
    never: z.boolean().optional(),
  }),
  /** Who belongs: active people with one of the roles whose own lists hold the lead's value (an empty list holds all). */
  members: z.strictObject({ roles: z.array(roleSchema).min(1), match: z.array(z.enum(MATCHES)) }),
  timeZone: z.string().min(1),
  manager: recipientSchema,
  backup: z.strictObject({ pool: idSchema, channel: z.string().min(1) }),
  fallback: z.strictObject({ after: spanSchema, to: recipientSchema }),
  from: fromSchema,
});
export type PoolRow = z.infer<typeof poolRowSchema>;

export const peopleSchema = z.strictObject({
  pools: z.array(poolRowSchema).min(1),
  routing: z.strictObject({
    /** Turns that somebody who was away, or who gave a lead back as the giver's fault, can catch up at most. */
    catchUpTurns: z.int().nonnegative(),
    /** Reasons for giving a lead back that are credited to the one who had it. */
    creditedReasons: z.array(z.string()),
    /** How long a draw is remembered, so that a repeated request gets the same owner (wall clock). */
    ticketMemory: spanSchema,
    from: fromSchema,
  }),
  /** In which order roles stand in when a manager is missing or absent. */
  chainOfCommand: z.array(roleSchema).min(1),
  /** Roles that may extend a clock or sign an exception. */
  managerRoles: z.array(roleSchema).min(1),
});
