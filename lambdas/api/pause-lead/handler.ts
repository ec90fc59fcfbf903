/** `POST /leads/{leadId}/pause`: the clocks of the lead stand still, for a reason that the policy knows. */
import { isPaused, pauseLead } from '../../../core/ladder/pause.ts';
import { isOpen } from '../../../core/model/clock.ts';
import { epochMs, iso } from '../../../core/time.ts';
import { apiHandler } from '../../shared/api.ts';
import { changeLead } from '../../shared/change-lead.ts';
import { Problem } from '../../shared/errors.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('pause-lead', async ({ path, body, services }) => {
  const reasons = services.policy.pauses.reasons;
  if (!reasons.includes(body.reason)) {
    const errors = [
      { path: 'reason', message: `must be one of the policy's reasons: ${reasons.join(', ')}` },
    ];
    throw new Problem(
      400,
      'invalid-request',
      'The request is not valid',
      'A pause needs a reason that the policy knows.',
      { errors },
    );
  }
  const until = body.until === undefined ? null : epochMs(body.until);
  const changed = await changeLead(services, path.leadId, (world, lead) => {
    if (until !== null && until <= world.now) {
      const errors = [{ path: 'until', message: `must lie in the future: it is ${iso(world.now)} now` }];
      throw new Problem(
        400,
        'invalid-request',
        'The request is not valid',
        'A pause cannot end before it begins.',
        { errors },
      );
    }
    if (isPaused(lead))
      throw new Problem(
        409,
        'already-paused',
        'Already paused',
        'The clocks of this lead stand still already; resume them first.',
      );
    if (!lead.clocks.some(isOpen))
      throw new Problem(409, 'nothing-to-pause', 'Nothing to pause', 'No clock of this lead runs.');
    const { reason, note } = body;
    return pauseLead(lead, { reason, note, by: actor(body.personId), now: world.now, until });
  });
  return { status: 200, body: viewLead(changed, services) };
});

function actor(personId: string | undefined): string {
  return personId === undefined ? 'api' : `person:${personId}`;
}
