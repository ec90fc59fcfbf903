/** Parameters in paths. */
import { z } from 'zod';
import {
  idSchema,
  leadIdSchema,
  line,
  personIdSchema,
  pipelineIdSchema,
  suppressionIdSchema,
  ticketIdSchema,
} from './common.ts';

export const leadPath = z.strictObject({ leadId: leadIdSchema });
export const inquiryPath = z.strictObject({ inquiryId: leadIdSchema });
export const suppressionPath = z.strictObject({ suppressionId: suppressionIdSchema });
export const personPath = z.strictObject({ personId: personIdSchema });
export const opportunityPath = z.strictObject({ opportunityId: pipelineIdSchema });
export const meetingPath = z.strictObject({ meetingId: pipelineIdSchema });
export const ticketPath = z.strictObject({ ticketId: ticketIdSchema });
export const outagePath = z.strictObject({ service: idSchema, outageId: idSchema });
export const partnerPath = z.strictObject({ partnerId: line(64) });
