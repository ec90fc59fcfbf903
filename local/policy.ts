/** `npm run policy -- check|show|diff|explain|explain-score|try|schema`: what a policy file says, and what is wrong with it (design §6). */
import { parseArgs } from 'node:util';
import { join } from 'node:path';
import { check } from './policy/check.ts';
import { diff } from './policy/diff.ts';
import { explainLead } from './policy/explain.ts';
import { explainScore } from './policy/explain-score.ts';
import { show } from './policy/show.ts';
import { writeSchemas } from './policy/schema.ts';
import { tryPolicy } from './policy/try.ts';

const DEFAULT = join(import.meta.dirname, '..', 'policy', 'default.yaml');
const PEOPLE = join(import.meta.dirname, '..', 'policy', 'people.yaml');

const USAGE = `usage: npm run policy -- COMMAND
  check [FILE]                                 every error and warning of a policy file; exit 1 if there are errors
  show [FILE]                                  the policy as tables
  diff FILE                                    what a policy file changes of the one that it extends
  explain LEAD.json [--at INSTANT] [--policy FILE]
                                               which target holds for a lead (the body of POST /v1/leads) and when each
                                               rung is due; --at: as if it had qualified then
  explain-score INQUIRY.json [--at INSTANT] [--policy FILE] [--people FILE] [--mx]
                                               what the gate says of an inquiry: verdict, every point, every criterion;
                                               --mx: asks the name servers whether the domain takes mail
  try NEW.yaml --inquiries FILE [--at INSTANT] [--policy OLD] [--people FILE]
                                               which inquiries of a file (one a line, JSON) another policy would judge
                                               otherwise, and why; exit 1 if a line is none
  schema                                       writes policy/policy.schema.json and policy/overlay.schema.json
FILE is policy/default.yaml if left out. It may extend another file (extends: default.yaml).`;

/** Runs a command; returns its exit code: 0, 1 for a policy or lead that is wrong, 2 for a command that is. */
async function run(args: string[], say: (text: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      at: { type: 'string' },
      policy: { type: 'string' },
      people: { type: 'string' },
      inquiries: { type: 'string' },
      mx: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const [command, file, ...more] = positionals;
  if (more.length === 0 && command === 'check') return check(values.policy ?? file ?? DEFAULT, say);
  if (more.length === 0 && command === 'show') return show(values.policy ?? file ?? DEFAULT, say);
  if (more.length === 0 && command === 'diff' && file !== undefined) return diff(file, say);
  if (more.length === 0 && command === 'schema' && file === undefined) return writeSchemas(say);
  if (more.length === 0 && command === 'explain' && file !== undefined) {
    return explainLead({ leadFile: file, at: values.at, policyFile: values.policy ?? DEFAULT }, say);
  }
  if (more.length === 0 && command === 'explain-score' && file !== undefined) {
    const { at, mx, policy: policyFile = DEFAULT, people: peopleFile = PEOPLE } = values;
    return explainScore({ inquiryFile: file, at, policyFile, peopleFile, mx }, say);
  }
  if (more.length === 0 && command === 'try' && file !== undefined && values.inquiries !== undefined) {
    const { at, inquiries, policy = DEFAULT, people = PEOPLE } = values;
    const files = { newFile: file, oldFile: policy, inquiriesFile: inquiries, peopleFile: people };
    return tryPolicy({ ...files, at }, say);
  }
  say(USAGE);
  return 2;
}

// A reader that has seen enough (`| head`) closes the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await run(process.argv.slice(2), (text) => process.stdout.write(`${text}\n`));
} catch (error) {
  // A file that cannot be read, a flag that does not exist: the message tells, a stack would not.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
