import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lead-sla-python-'));
  writeFileSync(path.join(folder, 'requirements.txt'), 'six==1.17.0\n');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Asks for an environment in a process whose commands are those of the folder alone. */
function ask(): string {
  const script = `
    const { pythonEnvironment } = await import(process.argv[1]);
    await pythonEnvironment(process.argv[2], process.argv[3]).catch(({ name, message }) => console.log(name, message));
  `;
  const args = [
    path.resolve('tools/python.ts'),
    path.join(folder, 'made'),
    path.join(folder, 'requirements.txt'),
  ];
  const options = { encoding: 'utf8', env: { PATH: folder } } as const;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script, ...args], options).stdout;
}

test('without Python it says what is missing and how to get it', () => {
  expect(ask()).toMatch(/^PythonMissing No Python 3\.11 or later with venv and pip .* Install it/);
});

test('a Python that is too old or cannot make environments counts as none', () => {
  writeFileSync(path.join(folder, 'python3'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  expect(ask()).toMatch(/^PythonMissing No Python 3\.11/);
});
