/**
 * Invented contacts for exports that carry none. Everything is derived from the record's id, so that the same export
 * gives the same leads each time. Nobody can be reached by accident: mail addresses and web addresses end in `.example`
 * (reserved by RFC 2606), phone numbers are 555-01xx numbers, which the North American plan keeps for fiction.
 */
import { createHash } from 'node:crypto';
import type { StandIn } from './mapping.ts';

const FIRST = [
  'Alma',
  'Bento',
  'Clara',
  'Davi',
  'Elisa',
  'Fabio',
  'Gilda',
  'Heitor',
  'Iara',
  'Joana',
  'Kaio',
  'Lia',
];
const LAST = [
  'Almeida',
  'Barros',
  'Campos',
  'Duarte',
  'Esteves',
  'Freitas',
  'Guedes',
  'Lopes',
  'Moraes',
  'Neves',
];
const COMPANY = [
  'Aurora',
  'Boreal',
  'Cedro',
  'Delta',
  'Estrela',
  'Farol',
  'Garoa',
  'Horizonte',
  'Ipê',
  'Jade',
];
const TRADE = ['Trading', 'Stores', 'Supplies', 'Crafts', 'Market', 'Imports'];

/**
 * A number below `bound`, fixed by the id and the purpose: two purposes give independent numbers.
 * @param bound at most 2^48
 */
export function hashed(id: string, purpose: string, bound: number): number {
  return createHash('sha256').update(`${purpose}\u0000${id}`).digest().readUIntBE(0, 6) % bound;
}

/** The stand-in of a kind for a record. */
export function standIn(kind: StandIn, id: string): string {
  switch (kind) {
    case 'firstName':
      return pick(FIRST, id, kind);
    case 'lastName':
      return pick(LAST, id, kind);
    case 'email':
      return `${plain(standIn('firstName', id))}.${plain(standIn('lastName', id))}@${standIn('domain', id)}`;
    case 'phone':
      return `+1 ${200 + hashed(id, 'area', 8) * 100 + 12} 555 01${String(hashed(id, kind, 100)).padStart(2, '0')}`;
    case 'company':
      return `${pick(COMPANY, id, kind)} ${pick(TRADE, id, 'trade')} ${number(id)}`;
    case 'domain':
      return `${plain(pick(COMPANY, id, 'company'))}-${number(id)}.example`;
  }
}

function number(id: string): number {
  return 1000 + hashed(id, 'number', 9_000_000);
}

function pick(list: readonly string[], id: string, purpose: string): string {
  return list[hashed(id, purpose, list.length)] ?? '';
}

/** Without accents and in lower case, for addresses. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
