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
  const { properties = {} } = z.toJSONSchema(schema, {
    target: 'draft-4',
    io: 'input',
    unrepresentable: 'any',
  });
  return {
    schema: JsonSchemaVersion.DRAFT4,
    title,
    type: JsonSchemaType.OBJECT,
    properties: Object.fromEntries(Object.keys(properties).map((field) => [field, {}])),
  };
}
