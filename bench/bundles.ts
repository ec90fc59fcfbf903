/** How large the functions are that are deployed. */
import { bundleAll } from '../lib/bundle.ts';
import { number, table } from './table.ts';

const LIMIT_KB = 700;

/** Runs the section. @returns tables for the terminal */
export async function benchBundles(): Promise<string> {
  const tables = Object.entries(await bundleAll()).map(([policy, sizes]) => {
    const rows = Object.entries(sizes)
      .sort(([, a], [, b]) => b - a)
      .map(([name, bytes]) => [name, number(bytes / 1000), `${Math.round(bytes / 10 / LIMIT_KB)} %`]);
    return table(
      `Bundles with the policy ${policy}, minified`,
      ['function', 'kB', `of ${LIMIT_KB} kB`],
      rows,
    );
  });
  return tables.join('\n');
}
