/** What CloudFormation takes at most, with room for what comes. */
import type { EnvironmentTemplates } from './synthesized.ts';

/** Of a stack. */
const RESOURCES = 500;
/** Of a template, in bytes. */
const TEMPLATE_BYTES = 1_000_000;

export function limitPromises(templates: () => EnvironmentTemplates): void {
  test.each(['stateful', 'service'] as const)('CloudFormation takes the %s stack', (which) => {
    const template = templates()[which].toJSON() as { Resources: object };
    expect(Object.keys(template.Resources).length).toBeLessThanOrEqual(RESOURCES);
    // As it is sent: indented, and not compressed.
    expect(Buffer.byteLength(JSON.stringify(template, null, 1))).toBeLessThan(TEMPLATE_BYTES);
  });
}
