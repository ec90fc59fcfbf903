/** The key of the hashes by which suppressed people are known: made once, read by few. */
import type { EnvironmentSettings } from '../../lib/environments.ts';
import { FUNCTIONS } from '../../lib/functions.ts';
import { statements } from './policies.ts';
import { type EnvironmentTemplates, properties, resources } from './synthesized.ts';

/** The functions that are given the address of a person, or owe a suppression; the reconciler finishes what they owe. */
const READERS = [
  'ae-reject-lead',
  'dispose-lead',
  'erase-personal-data',
  'get-inquiry',
  'put-suppression',
  'reconcile',
  'record-signals',
  'reject-lead',
  'resolve-rejection',
  'review-inquiry',
  'submit-inquiry',
  'submit-lead',
  'update-lead',
];

export function suppressionKeyPromises(
  { name, keepData, mxLookup }: EnvironmentSettings,
  templates: () => EnvironmentTemplates,
): void {
  const key = () => resources(templates().stateful, 'AWS::SecretsManager::Secret');
  const functions = () =>
    properties(templates().service, 'AWS::Lambda::Function').map((lambda) => ({
      folder: String(lambda['FunctionName']).replace(`lead-sla-${name}-`, ''),
      role: (lambda['Role'] as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0],
      variables: (lambda['Environment'] as { Variables: Record<string, unknown> }).Variables,
    }));

  test('there is one key of suppressed people, drawn by AWS, and never rotated', () => {
    expect(key().map(([, { Properties }]) => Properties)).toEqual([
      expect.objectContaining({
        Name: `lead-sla-${name}-suppression-key`,
        // Whoever changes this has another key drawn, and no suppression of a person holds any more.
        GenerateSecretString: { ExcludePunctuation: true, PasswordLength: 64 },
      }),
    ]);
    for (const template of [templates().stateful, templates().service]) {
      expect(resources(template, 'AWS::SecretsManager::RotationSchedule')).toEqual([]);
      expect(resources(template, 'AWS::SecretsManager::ResourcePolicy')).toEqual([]);
    }
  });

  test(`the key ${keepData ? 'outlives the stack, like the tables' : 'goes with the stack'}`, () => {
    const policy = keepData ? 'Retain' : 'Delete';
    const { DeletionPolicy, UpdateReplacePolicy } = key()[0]![1];
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual([policy, policy]);
  });

  test('the key is read by the functions that are given an address or suppress somebody, each told where it is, and by nobody else', () => {
    const id = key()[0]![0];
    const secret = statements(templates().service).filter(({ actions }) =>
      actions.some((action) => action.startsWith('secretsmanager:')),
    );
    for (const { actions, resources: on } of secret) {
      expect(actions).toEqual(['secretsmanager:GetSecretValue']);
      expect(on).toEqual([
        {
          'Fn::ImportValue': expect.stringMatching(
            new RegExp(`^lead-sla-${name}-stateful:.*Ref${id}`),
          ) as unknown,
        },
      ]);
    }
    const roles = secret.map(({ role }) => role);
    const may = functions().filter(({ role }) => roles.includes(role));
    expect(may.map(({ folder }) => folder).sort()).toEqual(READERS);
    expect(roles).toHaveLength(READERS.length);
    const told = functions().filter(({ variables }) => 'SUPPRESSION_SECRET_ARN' in variables);
    expect(told.map(({ folder }) => folder).sort()).toEqual(READERS);
    for (const { variables } of told) {
      expect(variables['SUPPRESSION_SECRET_ARN']).toEqual(secret[0]!.resources[0]);
    }
    expect(statements(templates().stateful)).toEqual([]);
  });

  test(`name servers are ${mxLookup ? '' : 'not '}asked by the functions that evaluate the gate, and no others`, () => {
    const told = functions().filter(({ variables }) => 'MX_LOOKUP' in variables);
    const expected = FUNCTIONS.filter(({ gate }) => gate === true).map(({ folder }) => folder);
    expect(told.map(({ folder }) => folder).sort()).toEqual(expected.sort());
    expect(expected).toHaveLength(7);
    for (const { variables } of told) expect(variables['MX_LOOKUP']).toBe(mxLookup ? 'on' : 'off');
  });
}
