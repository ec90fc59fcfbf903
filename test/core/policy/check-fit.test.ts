import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { checkPolicy } from '../../../core/policy/check.ts';
import { issueText } from '../../../core/policy/issue.ts';
import { mqlGateSchema } from '../../../core/policy/schema/mql-gate.ts';
import { loadPolicy } from '../../../lib/policy/load.ts';

type Gate = CompiledPolicy['mqlGate'];

async function changed(change: (gate: Gate) => unknown): Promise<CompiledPolicy> {
  const policy = structuredClone(await loadPolicy('policy/default.yaml'));
  change(policy.mqlGate);
  return policy;
}

const row = ({ personas }: Gate, id: string) => personas.seniorities.find((one) => one.id === id)!;

describe('the checks of the fit', () => {
  test.each<[string, (gate: Gate) => unknown, string]>([
    [
      'a word of two seniorities',
      (gate) => row(gate, 'vp').words.push('CEO'),
      'is "CEO": means two things; it is the same word as mqlGate.personas.seniorities[5].words[1]',
    ],
    [
      'the same word spelt otherwise',
      (gate) => row(gate, 'vp').words.push('Geschaefts-Fuehrer', 'GESCHAEFTSFUEHRER'),
      'is "GESCHAEFTSFUEHRER": means two things',
    ],
    [
      'a compound of two seniorities',
      (gate) => row(gate, 'vp').words.push('*Leiter'),
      'is "*leiter": means two things; it is the same word as mqlGate.personas.seniorities[7].words',
    ],
    [
      'a rank that is none',
      (gate) => gate.personas.notARank.push('owner'),
      'is "owner": means two things; it is the same word as mqlGate.personas.notARank',
    ],
    [
      'a rank that is past',
      (gate) => row(gate, 'vp').words.push('former'),
      'is "former": means two things; it is the same word as mqlGate.personas.former[1]',
    ],
    [
      'a word of two functions',
      (gate) => gate.personas.functions.find(({ id }) => id === 'legal')!.words.push('Sales'),
      'is "Sales": means two things; it is the same word as mqlGate.personas.functions[2].words[0]',
    ],
    [
      'a star on a phrase',
      (gate) => row(gate, 'vp').words.push('vice pres*'),
      'is "vice pres*": a star goes with a single word, not with a phrase',
    ],
    [
      'a seniority given twice',
      (gate) => (row(gate, 'vp').id = 'head'),
      'mqlGate.personas.seniorities[9].id is "head": given twice',
    ],
    [
      'weights of nothing',
      (gate) => (gate.icpFit.points = { industry: 0, companySize: 0, economicBuyer: 0, influencer: 0 }),
      'error mqlGate.icpFit.points',
    ],
    [
      'influencers above buyers',
      (gate) => (gate.icpFit.points.influencer = 30),
      'warning mqlGate.icpFit.points.influencer is 30: an influencer counts for more than an economic buyer, 20',
    ],
    [
      'sizes upside down',
      (gate) => (gate.icpFit.companySize.below = 50),
      'error mqlGate.icpFit.companySize.below is 50: must lie above from, 50',
    ],
    [
      'an industry in and out of scope',
      (gate) => {
        gate.icpFit.industries = ['Télécom'];
        gate.disqualifiers.outOfScope.industries = ['Retail', 'telecom'];
      },
      'mqlGate.disqualifiers.outOfScope.industries[1] is "telecom": is in mqlGate.icpFit.industries as well',
    ],
  ])('tell of %s', async (_, change, finding) => {
    const found = checkPolicy(await changed(change)).map(issueText);
    expect(found.filter((text) => text.includes(finding))).toHaveLength(1);
  });

  test.each<[string, (gate: Gate) => unknown]>([
    ['a word that is a rank and a function', (gate) => row(gate, 'vp').words.push('procurement')],
    ['a word given twice in its row', (gate) => row(gate, 'vp').words.push('V.P.')],
    ['a compound beside its word', (gate) => row(gate, 'c_level').words.push('*ceo', 'ceo*')],
  ])('say nothing of %s', async (_, change) => {
    expect(checkPolicy(await changed(change))).toEqual([]);
  });

  test.each<[string, (gate: Gate) => unknown]>([
    ['a star within a word', (gate) => row(gate, 'vp').words.push('v*p')],
    ['a star alone', (gate) => row(gate, 'vp').words.push('*')],
    ['a word without letters', (gate) => row(gate, 'vp').words.push('--')],
    ['a competitor with its protocol', (gate) => gate.disqualifiers.competitors.domains.push('rival')],
    ['a country in words', (gate) => gate.disqualifiers.outOfScope.countries.push('France')],
  ])('and the schema refuses %s', async (_, change) => {
    const { mqlGate } = await changed(() => undefined);
    expect(mqlGateSchema.safeParse({ mqlGate }).success).toBe(true);
    change(mqlGate);
    expect(mqlGateSchema.safeParse({ mqlGate }).success).toBe(false);
  });
});
