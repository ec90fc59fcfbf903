import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pythonEnvironment, PythonMissing } from '../../tools/python.ts';

const { PATH } = process.env;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lead-sla-python-'));
});
afterEach(() => {
  process.env['PATH'] = PATH;
  rmSync(folder, { recursive: true, force: true });
});

const requirements = (text: string): string => {
  const file = path.join(folder, 'requirements.txt');
  writeFileSync(file, text);
  return file;
};

test('without Python it says what is missing and how to get it', async () => {
  process.env['PATH'] = folder;
  const made = pythonEnvironment(path.join(folder, 'made'), requirements('six==1.17.0\n'));
  await expect(made).rejects.toThrow(PythonMissing);
  await expect(made).rejects.toThrow(/Python 3\.11 or later .* Install it/);
});

test('a Python that cannot make environments counts as none', async () => {
  process.env['PATH'] = folder;
  writeFileSync(path.join(folder, 'python3'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  await expect(pythonEnvironment(path.join(folder, 'made'), requirements(''))).rejects.toThrow(PythonMissing);
});
