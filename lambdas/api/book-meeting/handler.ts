/** `POST /meetings`: a meeting with the prospect of a lead (policy book §12). */
import { bookMeeting, bookedAs } from '../../../core/pipeline/meetings.ts';
import { epochMs } from '../../../core/time.ts';
import { apiHandler } from '../../shared/api.ts';
import { carryOut } from '../../shared/command.ts';
import { viewMeeting } from '../views/pipeline.ts';

export const handler = apiHandler('book-meeting', async ({ body, services }) => {
  const booking = { ...body, startsAt: epochMs(body.startsAt) };
  const lead = await carryOut(services, body.leadId, body.by, (world, before) =>
    bookMeeting(world, before, booking),
  );
  const meeting = bookedAs(lead, booking);
  if (meeting === undefined) throw new Error(`the meeting of ${lead.leadId} was not booked`);
  return { status: 200, body: viewMeeting(lead, meeting, services) };
});
