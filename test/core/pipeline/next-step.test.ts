import { isNoNextStep } from '../../../core/pipeline/next-step.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { dealWorld } from './deals.ts';

let world: World;
beforeAll(async () => {
  world = await dealWorld();
});

test.each([
  ['follow up'],
  ['Follow-up'],
  ['FOLLOWUP!'],
  ['follow   up with the client next week'],
  ['Fóllow up'],
  ['check in'],
  ['touch base with them soon'],
  ['waiting to hear back'],
  ['n/a'],
  ['TBD'],
  ['Nachfassen'],
  ['relance'],
  ['dar seguimiento'],
  ['Retomar contato'],
  ['ricontattare'],
  ['opvolgen'],
  [''],
  ['  -  '],
  ['next week'],
])('"%s" is no next step', (text) => {
  expect(isNoNextStep(world.policy, text)).toBe(true);
});

test.each([
  ['Security review with their CISO'],
  ['Follow up on the legal redlines with Ada'],
  ['Send the mutual plan'],
  ['Demo for the finance team'],
  ['Angebot mit dem Einkauf besprechen'],
  ['契約書を送る'],
])('"%s" is one', (text) => {
  expect(isNoNextStep(world.policy, text)).toBe(false);
});
