/** Parameters in paths. */
import { z } from 'zod';
import { leadIdSchema, personIdSchema, pipelineIdSchema, suppressionIdSchema } from './common.ts';

export const leadPath = z.strictObject({ leadId: leadIdSchema });
export const inquiryPath = z.strictObject({ inquiryId: leadIdSchema });
export const suppressionPath = z.strictObject({ suppressionId: suppressionIdSchema });
export const personPath = z.strictObject({ personId: personIdSchema });
export const opportunityPath = z.strictObject({ opportunityId: pipelineIdSchema });
export const meetingPath = z.strictObject({ meetingId: pipelineIdSchema });
