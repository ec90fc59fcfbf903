/** The permissions in a template. */
import type { Template } from 'aws-cdk-lib/assertions';
import { resources } from './synthesized.ts';

export interface Statement {
  /** Logical id of the role. */
  role: string;
  actions: string[];
  resources: unknown[];
}

interface PolicyProperties {
  PolicyDocument: { Statement: { Effect: string; Action: string | string[]; Resource: unknown }[] };
  Roles: { Ref: string }[];
}

/** All statements of all inline policies, one for each role that they hold for. */
export function statements(template: Template): Statement[] {
  return resources(template, 'AWS::IAM::Policy').flatMap(([, { Properties }]) => {
    const { PolicyDocument, Roles } = Properties as unknown as PolicyProperties;
    return Roles.flatMap(({ Ref }) =>
      PolicyDocument.Statement.map(({ Action, Resource }) => ({
        role: Ref,
        actions: [Action].flat(),
        resources: [Resource].flat(),
      })),
    );
  });
}
