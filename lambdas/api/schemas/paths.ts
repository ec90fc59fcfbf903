/** Parameters in paths. */
import { z } from 'zod';
import { leadIdSchema, personIdSchema } from './common.ts';

export const leadPath = z.strictObject({ leadId: leadIdSchema });
export const personPath = z.strictObject({ personId: personIdSchema });
