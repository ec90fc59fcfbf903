/** Spans that are not business time. */
import { z } from 'zod';

/** A stretch of the civil calendar: `P90D` is ninety days, `P6M` six months, weekends and holidays included. */
export const calendarSpanSchema = z
  .string()
  .regex(/^P\d+[DM]$/, 'a stretch like P90D (days) or P6M (months)');

/** Whole days of 24 hours each, at least one: `P7D`. What is counted within a window needs windows of one length. */
export const daysSchema = z.string().regex(/^P[1-9]\d*D$/, 'a stretch of days like P7D, at least one');

export const percentSchema = z.number().min(0).max(100);
