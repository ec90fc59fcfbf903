/** The permissions in a template. */
import type { Template } from 'aws-cdk-lib/assertions';
import { resources } from './synthesized.ts';

export interface Statement {
  /** Logical id of the role. */
  role: string;
  actions: string[];
  resources: unknown[];
}

interface Document {
  Statement: { Effect: string; Action: string | string[]; Resource: unknown }[];
}
interface PolicyProperties {
  PolicyDocument: Document;
  Roles: { Ref: string }[];
}

/** All statements of all inline policies, one for each role that they hold for. */
export function statements(template: Template): Statement[] {
  const beside = resources(template, 'AWS::IAM::Policy').flatMap(([, { Properties }]) => {
    const { PolicyDocument, Roles } = Properties as unknown as PolicyProperties;
    return Roles.flatMap(({ Ref }) => inDocument(Ref, PolicyDocument));
  });
  const within = resources(template, 'AWS::IAM::Role').flatMap(([role, { Properties }]) => {
    const { Policies = [] } = Properties as { Policies?: { PolicyDocument: Document }[] };
    return Policies.flatMap(({ PolicyDocument }) => inDocument(role, PolicyDocument));
  });
  return [...beside, ...within];
}

function inDocument(role: string, { Statement }: Document): Statement[] {
  return Statement.map(({ Action, Resource }) => ({
    role,
    actions: [Action].flat(),
    resources: [Resource].flat(),
  }));
}
