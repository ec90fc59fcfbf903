/** Who somebody is by their title: economic buyer, influencer or neither (policy book §6). */
import type { Policy } from '../../policy/schema.ts';
import { PERSONAS } from '../../policy/schema/personas.ts';
import type { FunctionRow, Personas, SeniorityRow } from '../../policy/schema/personas.ts';
import { lexiconOf, lookUp } from './lexicon.ts';
import type { Found, Lexicon } from './lexicon.ts';
import { partsOf } from './title-words.ts';

export type Persona = (typeof PERSONAS)[number];

export interface PersonaReading {
  persona: Persona;
  /** Ids of the rows of the policy; null where no word of the title is in the table. */
  seniority: string | null;
  function: string | null;
  /** A sentence; it names words of the policy, never the title. */
  because: string;
}

type Rank = 'former' | 'others' | 'not_a_rank' | SeniorityRow;

interface Table {
  ranks: Lexicon<Rank>;
  functions: Lexicon<FunctionRow>;
  order: readonly SeniorityRow[];
}

const tables = new WeakMap<Personas, Table>();

function tableOf(personas: Personas): Table {
  let table = tables.get(personas);
  if (!table) {
    const listed = (words: readonly string[], meaning: Rank) => words.map((word) => ({ word, meaning }));
    table = {
      ranks: lexiconOf<Rank>([
        ...listed(personas.former, 'former'),
        ...listed(personas.others, 'others'),
        ...listed(personas.notARank, 'not_a_rank'),
        ...personas.seniorities.flatMap((row) => listed(row.words, row)),
      ]),
      functions: lexiconOf(
        personas.functions.flatMap((row) => row.words.map((word) => ({ word, meaning: row }))),
      ),
      order: personas.seniorities,
    };
    tables.set(personas, table);
  }
  return table;
}

const NAMES: Readonly<Record<Persona, string>> = {
  none: 'neither buyer nor influencer',
  influencer: 'an influencer',
  economic_buyer: 'an economic buyer',
};

/** Reads a title by the policy's table. Every text is a title; one that says nothing makes nobody a buyer. */
export function personaOf(
  policy: { mqlGate: Pick<Policy['mqlGate'], 'personas'> },
  title: string | null | undefined,
): PersonaReading {
  const table = tableOf(policy.mqlGate.personas);
  const parts = partsOf(title ?? '');
  const nobody = (because: string): PersonaReading => {
    return { persona: 'none', seniority: null, function: null, because };
  };
  if (parts.length === 0) return nobody('No title is given.');
  const present = presentOf(table, parts);
  if (present === null) return nobody('The title is one that the person had before.');

  const role = present.flatMap((words) => lookUp(table.functions, words))[0]?.meaning ?? null;
  const rank = firstRank(table, present);
  if (!rank) {
    return { ...nobody('No word of the title tells a seniority.'), function: role?.id ?? null };
  }
  const { row, word } = rank;
  const persona = lesser(row.persona, role?.atMost ?? row.persona);
  const limit = persona === row.persona ? '' : `, the most for the function ${role?.id ?? ''}`;
  return {
    persona,
    seniority: row.id,
    function: role?.id ?? null,
    because: `"${word}" in the title tells the seniority ${row.id}: ${NAMES[persona]}${limit}.`,
  };
}

/** The parts of a title without what names others or was before; null if the whole title was before. */
function presentOf({ ranks }: Table, parts: string[][]): string[][] | null {
  const present: string[][] = [];
  let before = false;
  for (const words of parts) {
    const found = lookUp(ranks, words);
    const end = found.find(({ meaning }) => meaning === 'former' || meaning === 'others');
    if (end?.meaning === 'former') before = true;
    if (end?.meaning === 'former' && end.length === words.length) return null;
    const kept = end ? words.slice(0, end.at) : words;
    if (kept.length > 0) present.push(kept);
  }
  return before && present.length === 0 ? null : present;
}

function firstRank({ ranks, order }: Table, parts: string[][]): { row: SeniorityRow; word: string } | null {
  const found = parts.flatMap((words) => lookUp(ranks, words)).flatMap(rowOf);
  for (const row of order) {
    const hit = found.find((one) => one.row === row);
    if (hit) return hit;
  }
  return null;
}

function rowOf({ meaning, word }: Found<Rank>): { row: SeniorityRow; word: string }[] {
  return typeof meaning === 'string' ? [] : [{ row: meaning, word }];
}

function lesser(a: Persona, b: Persona): Persona {
  return PERSONAS.indexOf(a) <= PERSONAS.indexOf(b) ? a : b;
}
