import fc from 'fast-check';
import type { CompiledPolicy } from '../../../../core/policy/compiled.ts';
import { lexiconOf, lookUp } from '../../../../core/qualification/gate/lexicon.ts';
import { personaOf } from '../../../../core/qualification/gate/persona.ts';
import { formsOf } from '../../../../core/qualification/gate/title-words.ts';
import { defaultPolicy } from '../facts.ts';
import { TITLES } from './titles.ts';

let policy: CompiledPolicy;
beforeAll(async () => {
  policy = await defaultPolicy();
});

describe('the persona by title', () => {
  test.each(TITLES)('%s: %s', (title, persona, seniority, role) => {
    expect(personaOf(policy, title)).toMatchObject({ persona, seniority, function: role });
  });

  test.each([undefined, null, '', '   ', '-', '…', '\u200b'])('nothing given (%j) is nobody', (title) => {
    expect(personaOf(policy, title)).toEqual({
      persona: 'none',
      seniority: null,
      function: null,
      because: 'No title is given.',
    });
  });

  test('the reason names words of the policy and never the title', () => {
    expect(personaOf(policy, 'Vertriebsleiter Zwiebelring').because).toBe(
      '"*leiter" in the title tells the seniority head: an economic buyer.',
    );
    expect(personaOf(policy, 'ex-Zwiebelring-CEO').because).toBe(
      'The title is one that the person had before.',
    );
    expect(personaOf(policy, 'Zwiebelring').because).toBe('No word of the title tells a seniority.');
  });

  test('a function that does not buy limits the seniority', () => {
    const changed = structuredClone(policy);
    changed.mqlGate.personas.functions.find(({ id }) => id === 'people')!.atMost = 'influencer';
    expect(personaOf(changed, 'VP Human Resources')).toEqual({
      persona: 'influencer',
      seniority: 'vp',
      function: 'people',
      because: '"vp" in the title tells the seniority vp: an influencer, the most for the function people.',
    });
    expect(personaOf(changed, 'VP Finance').persona).toBe('economic_buyer');
    expect(personaOf(changed, 'HR Intern').persona).toBe('none');
  });

  test('another table reads titles its own way', () => {
    const changed = structuredClone(policy);
    changed.mqlGate.personas.seniorities = [
      { id: 'boss', persona: 'economic_buyer', words: ['grand vizier'] },
    ];
    expect(personaOf(changed, 'Grand Vizier').seniority).toBe('boss');
    expect(personaOf(changed, 'CEO').seniority).toBeNull();
    expect(personaOf(policy, 'CEO').seniority).toBe('c_level');
  });
});

describe('the table of the default policy', () => {
  const title = fc.constantFrom(...TITLES.map(([text]) => text));
  const words = () =>
    policy.mqlGate.personas.seniorities.flatMap((row) =>
      row.words.filter((word) => !word.includes('*')).map((word) => ({ row, word })),
    );
  const buyers = () => words().filter(({ row }) => row.persona !== 'none');

  test('each word alone tells its own row, in capitals and with umlauts spelt out', () => {
    expect(words().length).toBeGreaterThan(300);
    for (const { row, word } of words()) {
      for (const form of [word, word.toUpperCase(), ...formsOf(word)]) {
        expect([form, personaOf(policy, form).seniority]).toEqual([form, row.id]);
      }
    }
  });

  test.each([
    ['Former ', ''],
    ['Ex-', ''],
    ['Assistant to the ', ''],
    ['Office of the ', ''],
    ['Intern, ', ''],
    ['', "'s office"],
    ['', ' Assistant'],
    ['', ' (former)'],
    ['', ' (retired)'],
  ])('nobody is a buyer as %j … %j', (before, after) => {
    for (const { word } of buyers()) {
      expect([word, personaOf(policy, `${before}${word}${after}`).persona]).toEqual([word, 'none']);
    }
  });

  test('a word within another word tells nothing', () => {
    for (const { word } of buyers()) {
      expect([word, personaOf(policy, `q${word.replaceAll(/[^\p{L}]/gu, '')}q`).seniority]).toEqual([
        word,
        null,
      ]);
    }
  });

  test('case, accents apart from their letters, blanks and marks around do not matter', () => {
    fc.assert(
      fc.property(
        title,
        fc.constantFrom('upper', 'lower', 'apart', 'together'),
        fc.constantFrom('', ' ', '  ', '"', '*', '\u200b'),
        (text, how, mark) => {
          const written = {
            upper: text.toLocaleUpperCase('en'),
            lower: text.toLowerCase(),
            apart: text.normalize('NFD'),
            together: text.normalize('NFC'),
          }[how];
          expect(personaOf(policy, `${mark}${written}${mark}`)).toEqual(personaOf(policy, text));
        },
      ),
    );
  });

  test('any text is read, and never as somebody without a seniority', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { persona, seniority } = personaOf(policy, text);
        expect(seniority !== null || persona === 'none').toBe(true);
      }),
    );
  });
});

describe('a lexicon', () => {
  const lexicon = lexiconOf(
    ['owner', 'product owner', '*leiter', 'team*', '*abteilungsleiter', '*fach*', 'Büro'].map((word) => ({
      word,
      meaning: word,
    })),
  );
  const meanings = (text: string) => lookUp(lexicon, text.split(' ')).map(({ meaning }) => meaning);

  test.each([
    ['product owner', ['product owner']],
    ['product and owner', ['owner']],
    ['owner product owner owner', ['owner', 'product owner', 'owner']],
    ['bauleiter', ['*leiter']],
    ['leiter', []],
    ['bauabteilungsleiter', ['*abteilungsleiter']],
    ['teamplayer team', ['team*']],
    ['hauptfachlehrer', ['*fach*']],
    ['buro buero', ['Büro', 'Büro']],
    ['', []],
  ])('finds in %j: %j', (text, expected) => {
    expect(meanings(text)).toEqual(expected);
  });
});
