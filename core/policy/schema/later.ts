/** Tables that later releases enforce; carried, validated and shown already. */
import { cadenceSchema } from './cadence.ts';
import { consequencesSchema } from './consequences.ts';
import { customersSchema } from './customers.ts';
import { dispositionsSchema } from './dispositions.ts';
import { handoffSchema } from './handoff.ts';
import { marketingSchema } from './marketing.ts';
import { metricsSchema } from './metrics.ts';
import { mqlGateSchema } from './mql-gate.ts';
import { pipelineSchema } from './pipeline.ts';
import { scoringSchema } from './scoring.ts';
import { sqlGateSchema } from './sql-gate.ts';
import { z } from 'zod';

export const laterTablesSchema = z.strictObject({
  ...mqlGateSchema.shape,
  ...scoringSchema.shape,
  ...marketingSchema.shape,
  ...cadenceSchema.shape,
  ...sqlGateSchema.shape,
  ...handoffSchema.shape,
  ...pipelineSchema.shape,
  ...dispositionsSchema.shape,
  ...consequencesSchema.shape,
  ...metricsSchema.shape,
  ...customersSchema.shape,
});
