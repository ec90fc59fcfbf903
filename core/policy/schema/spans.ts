/** Spans that are not business time. */
import { z } from 'zod';

/** A stretch of the civil calendar: `P90D` is ninety days, `P6M` six months, weekends and holidays included. */
export const calendarSpanSchema = z
  .string()
  .regex(/^P\d+[DM]$/, 'a stretch like P90D (days) or P6M (months)');

export const percentSchema = z.number().min(0).max(100);
