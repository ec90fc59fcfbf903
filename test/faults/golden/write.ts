/** Writes a version of golden inputs; see README.md beside this. */
import { Backend } from '../../support/services.ts';
import { writeGolden } from '../golden.ts';

it('writes what the present code leaves', async () => {
  const version = process.env['GOLDEN'] ?? '';
  expect(version).toMatch(/^v\d+$/);
  const backend = await Backend.start();
  await writeGolden(backend, version);
  await backend.stop();
}, 120_000);
