/** `PATCH /meetings/{meetingId}`: prepared, moved, held, missed, cancelled, noted down (policy book §12). */
import { updateMeeting } from '../../../core/pipeline/meeting-update.ts';
import { epochMs } from '../../../core/time.ts';
import { apiHandler } from '../../shared/api.ts';
import { changePart, MEETING } from '../../shared/pipeline.ts';
import { viewMeeting } from '../views/pipeline.ts';

export const handler = apiHandler('update-meeting', async ({ path, body, services }) => {
  const { meetingId } = path;
  const { startsAt, invitedAt, researchedAt, debriefedAt, ...rest } = body;
  const { lead, part } = await changePart(services, MEETING, meetingId, body.by, (world, before) =>
    updateMeeting(world, before, {
      ...rest,
      meetingId,
      startsAt: instantOf(startsAt),
      invitedAt: instantOf(invitedAt),
      researchedAt: instantOf(researchedAt),
      debriefedAt: instantOf(debriefedAt),
    }),
  );
  return { status: 200, body: viewMeeting(lead, part, services) };
});

function instantOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : epochMs(text);
}
