/**
 * What API Gateway checks of a body before a function is called.
 *
 * It refuses what is not a JSON object. The fields are listed for whoever reads or exports the API, without their
 * constraints: a refusal by the gateway cannot say which field is wrong, a refusal by the function lists every
 * `{path, message}`. So the details are left to the function.
 */
import { type JsonSchema, JsonSchemaType, JsonSchemaVersion } from 'aws-cdk-lib/aws-apigateway';
import { z } from 'zod';

/** A model in JSON Schema draft 4, the dialect that API Gateway takes, with the fields of a zod schema. */
export function bodyModel(title: string, schema: z.ZodType): JsonSchema {
  const fields = schema instanceof z.ZodObject ? Object.entries(schema.shape) : [];
  return {
    schema: JsonSchemaVersion.DRAFT4,
    title,
    type: JsonSchemaType.OBJECT,
    properties: Object.fromEntries(
      fields.map(([name, field]) => [name, { description: isOptional(field) ? 'Optional.' : 'Required.' }]),
    ),
  };
}

function isOptional(field: unknown): boolean {
  return field instanceof z.ZodType && field.safeParse(undefined).success;
}
