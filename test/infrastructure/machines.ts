/** What is promised of the state machines as they are deployed. */
import type { EnvironmentSettings } from '../../lib/environments.ts';
import { MACHINES, machineText, placeholders } from '../statemachines/machine.ts';
import { statements } from './policies.ts';
import { type EnvironmentTemplates, resources } from './synthesized.ts';

interface MachineProperties {
  DefinitionString: string;
  DefinitionSubstitutions: Record<string, { 'Fn::GetAtt': [string, string] }>;
  LoggingConfiguration: { Level: string };
  TracingConfiguration: { Enabled: boolean };
  StateMachineType: string;
  RoleArn: { 'Fn::GetAtt': [string, string] };
}

export function machinePromises(settings: EnvironmentSettings, templates: () => EnvironmentTemplates): void {
  describe.each(MACHINES)('the state machine %s', (name) => {
    const machineName = `lead-sla-${settings.name}-${name}`;
    const deployed = (): MachineProperties => {
      const all = resources(templates().service, 'AWS::StepFunctions::StateMachine');
      expect(all).toHaveLength(MACHINES.length);
      return all.find(([, { Properties }]) => Properties['StateMachineName'] === machineName)![1]
        .Properties as unknown as MachineProperties;
    };

    test('is deployed exactly as its file has it', () => {
      expect(deployed().DefinitionString).toBe(machineText(name));
      expect(deployed().StateMachineType).toBe('STANDARD');
    });

    test('has a function for each of its placeholders, and may call these functions alone', () => {
      const substitutions = deployed().DefinitionSubstitutions;
      expect(Object.keys(substitutions).sort()).toEqual(placeholders(name));
      const role = deployed().RoleArn['Fn::GetAtt'][0];
      const may = statements(templates().service)
        .filter((statement) => statement.role === role && statement.actions.includes('lambda:InvokeFunction'))
        .flatMap((statement) => statement.resources);
      const byText = (values: unknown[]): string[] => values.map((value) => JSON.stringify(value)).sort();
      expect(byText(may)).toEqual(byText(Object.values(substitutions)));
    });

    test('puts each function where its name belongs', () => {
      const functions = new Map(
        resources(templates().service, 'AWS::Lambda::Function').map(([id, { Properties }]) => [
          id,
          Properties['FunctionName'],
        ]),
      );
      for (const [placeholder, { 'Fn::GetAtt': target }] of Object.entries(
        deployed().DefinitionSubstitutions,
      )) {
        const folder = placeholder.replace(/\B[A-Z]/g, '-$&').toLowerCase();
        expect(functions.get(target[0])).toBe(`lead-sla-${settings.name}-${folder}`);
      }
    });

    test('is logged and traced', () => {
      expect(deployed().LoggingConfiguration.Level).toBe('ALL');
      expect(deployed().TracingConfiguration.Enabled).toBe(true);
    });

    test('has the name from which the functions know its ARN', () => {
      const variable = name === 'mql-response' ? 'MQL_RESPONSE_ARN' : 'COMMITMENT_CLOCK_ARN';
      for (const [, { Properties }] of resources(templates().service, 'AWS::Lambda::Function')) {
        const { Variables } = Properties['Environment'] as { Variables: Record<string, unknown> };
        expect(JSON.stringify(Variables[variable])).toContain(`:stateMachine:${machineName}"`);
      }
    });
  });
}
