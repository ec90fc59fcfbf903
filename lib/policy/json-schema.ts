/** The JSON Schema of a policy file, by which editors complete and check it. */
import { z } from 'zod';
import { policySchema } from '../../core/policy/schema.ts';

/** The content of `policy/policy.schema.json`; `npm run policy -- schema` writes it. */
export function policyJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(policySchema, { io: 'input', reused: 'ref' }), title: 'lead-sla policy' };
}
