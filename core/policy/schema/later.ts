/** Tables that later releases enforce; carried, validated and shown already. */
import { z } from 'zod';

export const laterTablesSchema = z.strictObject({});
