/** How large the functions are that are deployed. */
import { bundleAll, bundleLimit } from '../lib/bundle.ts';
import { FUNCTIONS } from '../lib/functions.ts';
import { number, table } from './table.ts';

/** Runs the section. @returns tables for the terminal */
export async function benchBundles(): Promise<string> {
  const all = await bundleAll();
  return Object.entries(all)
    .map(([policy, sizes]) => {
      const rows = FUNCTIONS.map((spec) => ({
        ...spec,
        bytes: sizes[spec.folder] ?? 0,
        limit: bundleLimit(spec),
      }))
        .sort((a, b) => b.bytes - a.bytes)
        .map(({ folder, bytes, limit }) => [
          folder,
          number(bytes / 1000),
          number(limit / 1000),
          `${Math.round((100 * bytes) / limit)} %`,
        ]);
      return table(
        `Bundles with the policy ${policy}, minified`,
        ['function', 'kB', 'limit, kB', 'of it'],
        rows,
      );
    })
    .join('\n');
}
