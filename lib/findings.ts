/** What the validation of the templates has found, as CDK leaves it beside them. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const reportSchema = z.object({
  pluginReports: z.array(
    z.object({
      pluginName: z.string(),
      violations: z.array(
        z.object({
          ruleName: z.string(),
          description: z.string(),
          violatingConstructs: z.array(z.object({ constructPath: z.string().optional() })),
        }),
      ),
    }),
  ),
});

/**
 * The findings of a cloud assembly that nobody has acknowledged, one line each; none if all is well.
 * @param assembly the folder that `cdk synth` has written
 * @throws if the report is not one
 */
export function findingsIn(assembly: string): string[] {
  const file = path.join(assembly, 'validation-report.json');
  if (!existsSync(file)) return [];
  const report = reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return report.pluginReports.flatMap(({ pluginName, violations }) =>
    violations.flatMap(({ ruleName, description, violatingConstructs }) =>
      violatingConstructs.map(
        ({ constructPath = '' }) => `${pluginName} ${ruleName} ${constructPath}: ${description}`,
      ),
    ),
  );
}
