/** `GET /meetings/{meetingId}`: what was prepared, what became of it, and its clocks (policy book §12). */
import { apiHandler } from '../../shared/api.ts';
import { MEETING, readPart } from '../../shared/pipeline.ts';
import { viewMeeting } from '../views/pipeline.ts';

export const handler = apiHandler('get-meeting', async ({ path, services }) => {
  const { lead, part } = await readPart(services, MEETING, path.meetingId);
  return { status: 200, body: viewMeeting(lead, part, services) };
});
