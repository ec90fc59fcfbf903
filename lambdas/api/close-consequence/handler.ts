/** `POST /people/{personId}/consequences/{period}/{item}/close`: by a manager, with what came of it (policy book §13). */
import { closeItem } from '../../../core/consequences/decide.ts';
import type { KeptItem } from '../../../core/consequences/kept.ts';
import { apiHandler } from '../../shared/api.ts';
import { Problem } from '../../shared/errors.ts';
import { knownPerson } from '../../shared/known-person.ts';
import { mustBeManager } from '../../shared/manager.ts';
import { withPatience } from '../../shared/patience.ts';
import { saveItem } from '../../shared/perform-item.ts';
import { worldOf } from '../../shared/step.ts';
import { viewConsequence } from '../views/consequence.ts';

const ATTEMPTS = 12;

export const handler = apiHandler('close-consequence', async ({ path, body, services }) => {
  const world = await worldOf(services);
  knownPerson(world.roster, path.personId);
  mustBeManager(world, body.by, 'by', 'closes what is open about somebody');
  if (body.by === path.personId) throw ofOneself(body.by);
  const closed = await withPatience(ATTEMPTS, async () => {
    const stored = await services.consequences.of(path.personId, path.period);
    const item = closable(
      stored.find((one) => one.item === path.item),
      path,
    );
    // Whoever got no answer asks again; what a manager has closed stays as they closed it.
    return item.state === 'closed' ? item : saveItem(services, closeItem(world, item, body.by, body.reason));
  });
  return { status: 200, body: viewConsequence(closed) };
});

/** @throws Problem 404 if there is no such item, 409 if it has been taken back */
function closable(
  item: KeptItem | undefined,
  path: { personId: string; period: string; item: string },
): KeptItem {
  if (item === undefined) {
    const detail = `Nothing of the kind ${path.item} is open about ${path.personId} for ${path.period}; GET /people/${path.personId}/consequences shows what is.`;
    throw new Problem(404, 'not-found', 'No such item', detail);
  }
  if (item.state === 'taken_back') {
    const detail = `${item.itemId} was taken back: the facts no longer call for it, and nothing is left to close.`;
    throw new Problem(409, 'taken-back', 'The item was taken back', detail);
  }
  return item;
}

function ofOneself(personId: string): Problem {
  const error = { path: 'by', message: 'must be another manager than the person whom it is about' };
  const detail = `${personId} cannot close what is open about ${personId}.`;
  return new Problem(422, 'about-oneself', 'Nobody closes what is open about themselves', detail, {
    errors: [error],
  });
}
