/**
 * `npm run bench`: measures, each number beside its reference of the same run. `npm run bench -- post` runs one section,
 * `npm run bench -- cost --write` also writes what it found into docs/costs.md.
 */
const given = process.argv.slice(2);
const write = given.includes('--write');
const asked = given.filter((name) => name !== '--write');

const SECTIONS: Record<string, () => Promise<string>> = {
  calendar: async () => (await import('./calendar.ts')).benchCalendar(),
  gate: async () => (await import('./gate.ts')).benchGate(),
  'life-core': async () => (await import('./life-core.ts')).benchLifeCore(),
  bundles: async () => (await import('./bundles.ts')).benchBundles(),
  cost: async () => (await import('./cost.ts')).benchCost(write),
  life: async () => (await import('./life.ts')).benchLife(),
  post: async () => (await import('./post.ts')).benchPost(),
  ladders: async () => (await import('./ladders.ts')).benchLadders(),
  faults: async () => (await import('./faults.ts')).benchFaults(),
  settling: async () => (await import('./settling.ts')).benchSettling(),
};

const unknown = asked.filter((name) => !Object.hasOwn(SECTIONS, name));
if (unknown.length > 0) {
  process.stderr.write(`No section ${unknown.join(', ')}; there are ${Object.keys(SECTIONS).join(', ')}.\n`);
  process.exit(2);
}
for (const [name, run] of Object.entries(SECTIONS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stdout.write(`== ${name}\n\n${await run()}\n`);
}
// What a section leaves open (sockets that are kept alive, timers of libraries) must not keep the process.
process.exit(0);
