/** Commitments: who owes what, from which event, within which time, until which event, and the ladder (policy book §5). */
import { z } from 'zod';
import { fromSchema, idSchema, recipientSchema, roleSchema, spanSchema } from './basics.ts';
import { amongSchema } from './lead-kinds.ts';

export const RUNGS = ['remind', 'warn', 'breach', 'backup', 'critical', 'incident', 'threshold'] as const;
export const rungNameSchema = z.enum(RUNGS);
export type RungName = z.infer<typeof rungNameSchema>;

/** When a rung is due, always in business time of the clock's own calendar. */
export const rungAtSchema = z.union([
  z.strictObject({ percent: z.number().positive() }),
  z.strictObject({ afterBreach: spanSchema }),
  z.strictObject({ afterStart: spanSchema }),
  /** The breach threshold of the lead's tier (§3). */
  z.strictObject({ tierThreshold: z.literal(true) }),
  /** Before the instant that was agreed on, of a commitment whose target counts to it or from it (wall clock). */
  z.strictObject({ beforeAppointed: spanSchema }),
]);

/** What a rung does besides telling people. */
export const RUNG_ACTIONS = [
  'flag_at_risk',
  'flag_urgent',
  'log_breach',
  'reassign',
  'manager_task',
  'breach_review',
  'to_backup_queue',
  'escalate',
  'process_review',
  'open_incident',
  /** The prospect is reminded of the meeting that the clock is about. */
  'remind_prospect',
  /** A touch of the cadence was missed: whom to tell, and what else, is said by `cadence.missed`. */
  'missed_touch',
] as const;
export const rungActionSchema = z.enum(RUNG_ACTIONS);
export type RungAction = z.infer<typeof rungActionSchema>;
/** Those that mean something for a ticket: it has no pool, no cadence and no flags. */
export const TICKET_ACTIONS: readonly RungAction[] = [
  'log_breach',
  'manager_task',
  'process_review',
  'open_incident',
];

/** Actions that leave something behind by themselves. */
const SILENT: readonly RungAction[] = ['log_breach', 'missed_touch'];

export const rungRowSchema = z
  .strictObject({
    rung: rungNameSchema,
    at: rungAtSchema,
    /** Nobody only where an action tells people by a table of its own, or where a miss is logged and nothing more. */
    tell: z.array(recipientSchema),
    actions: z.array(rungActionSchema).default([]),
    /** Facts that come to pass when the rung is climbed: other commitments start and stop by them. */
    happens: z.array(idSchema).optional(),
    /** A recipient outside hours: wait for their next opening, or go to the next person up who is in hours. */
    outsideHours: z.enum(['wait', 'next_up']).default('wait'),
    from: fromSchema,
  })
  .refine(({ tell, actions }) => tell.length > 0 || SILENT.some((action) => actions.includes(action)), {
    path: ['tell'],
    message: 'a rung must tell somebody, or log the breach',
  });
export type RungRow = z.infer<typeof rungRowSchema>;

export const commitmentRowSchema = z.strictObject({
  id: idSchema,
  title: z.string().min(1),
  /** What the commitment is about. */
  subject: z.enum(['lead', 'opportunity', 'meeting', 'ticket', 'account', 'month']),
  /** Who owes: the owner of the subject or a role. */
  owes: z.union([z.literal('owner'), roleSchema]),
  /** Of which leads it is owed, as pools name theirs; left out: of every lead. */
  when: amongSchema.optional(),
  start: z.string().min(1),
  /** A row that is stopped by its start, too, begins anew with each. */
  stop: z.array(z.string().min(1)).min(1),
  /**
   * `lead`: the strictest row of §3. `at_once`: measured, no time allowed, its rungs are due at once.
   * `same_business_day`: until the close of the day of the start, or of the next opening if it is closed by then.
   * `next_business_day`: until the close of the business day after that, at whatever hour it starts: what is daily.
   * `before:PT24H`, `after:PT2H`: counted to (wall clock) or from (on its calendar) the instant that was agreed on, a
   * meeting's start or the date of a next step.
   */
  target: z.union([
    z.string().regex(/^(before|after):P(T\d+[HM]|\d+D)$/, 'before:PT24H or after:P7D, of what was agreed on'),
    spanSchema,
    z.literal('lead'),
    z.literal('at_once'),
    z.literal('same_business_day'),
    z.literal('next_business_day'),
  ]),
  calendar: idSchema,
  /** Which machine climbs its ladder; `none`: judged when its stop event arrives, nobody is woken. */
  machine: z.enum(['mql-response', 'commitment-clock', 'none']),
  /**
   * The execution is started only if the clock still runs after this time (wall clock). A clock that is usually met
   * within a second costs no execution then. It is started at the first rung, if that comes sooner.
   */
  startExecutionAfter: spanSchema.optional(),
  rungs: z.array(rungRowSchema),
  /** Whether the product enforces the row, or whether it is carried for a later release. */
  enforced: z.boolean(),
  from: fromSchema,
});
export type CommitmentRow = z.infer<typeof commitmentRowSchema>;

export const commitmentsSchema = z.strictObject({ commitments: z.array(commitmentRowSchema).min(1) });
