/**
 * The table of routes: one description for the handlers' checks, API Gateway, the local server and the OpenAPI
 * document. It imports no handler; `name` is the folder of the function that answers.
 */
import type { z } from 'zod';
import { activityAnswerSchema, recordActivitySchema } from './schemas/activity.ts';
import {
  extendLeadSchema,
  pauseLeadSchema,
  reassignLeadSchema,
  resumeLeadSchema,
} from './schemas/clock-requests.ts';
import { leadPath, personPath } from './schemas/paths.ts';
import { submitLeadSchema } from './schemas/lead-intake.ts';
import { leadDetailSchema, leadViewSchema } from './schemas/lead-view.ts';
import {
  availabilityAnswerSchema,
  peopleSchema,
  personAnswerSchema,
  putPersonSchema,
  setAvailabilitySchema,
} from './schemas/person.ts';
import { leadPageSchema, listLeadsQuerySchema, timelineSchema } from './schemas/reading.ts';

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** Under the base path, with `{parameters}`. */
  path: string;
  /** Folder of the function under `lambdas/api`. */
  name: string;
  summary: string;
  description: string;
  request: { path?: z.ZodObject; query?: z.ZodObject; body?: z.ZodType };
  /** What is answered when all went well, by status. */
  responses: Partial<Record<number, z.ZodType>>;
  /** Statuses of the problems that this route has beside {@link COMMON_PROBLEMS} and {@link BODY_PROBLEMS}. */
  problems: readonly number[];
}

export const BASE_PATH = '/v1';

/** Bad input, no key, too many requests, a fault of ours, and one of the services behind us. */
export const COMMON_PROBLEMS = [400, 403, 429, 500, 503] as const;
/** What can be wrong with a body before it is looked into. */
export const BODY_PROBLEMS = [413, 415] as const;

const clockRoute = { method: 'POST', responses: { 200: leadViewSchema }, problems: [404, 409, 422] } as const;

export const ROUTES = [
  {
    method: 'POST',
    path: '/leads',
    name: 'submit-lead',
    summary: 'Submit an MQL',
    description:
      'Identity is crm.system and crm.recordId. A new lead answers 202; posting it again while it is open answers 200 with the same lead and starts nothing.',
    request: { body: submitLeadSchema },
    responses: { 200: leadViewSchema, 202: leadViewSchema },
    problems: [409, 422],
  },
  {
    method: 'GET',
    path: '/leads',
    name: 'list-leads',
    summary: 'List leads, soonest due first',
    description: 'By owner, status and pool; a page of up to `limit` leads and a cursor for the next one.',
    request: { query: listLeadsQuerySchema },
    responses: { 200: leadPageSchema },
    problems: [],
  },
  {
    method: 'GET',
    path: '/leads/{leadId}',
    name: 'get-lead',
    summary: 'Read a lead',
    description: 'The lead with its clocks, owner and explanations, and what the CRM said of the prospect.',
    request: { path: leadPath },
    responses: { 200: leadDetailSchema },
    problems: [404],
  },
  {
    method: 'GET',
    path: '/leads/{leadId}/timeline',
    name: 'get-timeline',
    summary: 'Read what happened to a lead',
    description: 'All that happened, oldest first, with who, when and why.',
    request: { path: leadPath },
    responses: { 200: timelineSchema },
    problems: [404],
  },
  {
    method: 'POST',
    path: '/leads/{leadId}/activities',
    name: 'record-activity',
    summary: 'Record an attempt or a contact',
    description:
      'Identity is activityId: a repetition gets the same answer. The earliest event wins whatever the order of arrival.',
    request: { path: leadPath, body: recordActivitySchema },
    responses: { 200: activityAnswerSchema },
    problems: [404, 409, 422],
  },
  {
    ...clockRoute,
    path: '/leads/{leadId}/pause',
    name: 'pause-lead',
    summary: 'Pause the clocks of a lead',
    description: 'Business time does not count until the pause ends; every open rung moves by as much.',
    request: { path: leadPath, body: pauseLeadSchema },
  },
  {
    ...clockRoute,
    path: '/leads/{leadId}/resume',
    name: 'resume-lead',
    summary: 'Resume the clocks of a lead',
    description: 'Ends a pause now.',
    request: { path: leadPath, body: resumeLeadSchema },
  },
  {
    ...clockRoute,
    path: '/leads/{leadId}/extend',
    name: 'extend-lead',
    summary: 'Extend the deadline of a lead',
    description:
      'A manager adds business time to the open clocks, with a reason. The same again is a repetition and adds nothing.',
    request: { path: leadPath, body: extendLeadSchema },
  },
  {
    ...clockRoute,
    path: '/leads/{leadId}/reassign',
    name: 'reassign-lead',
    summary: 'Give a lead to somebody else',
    description:
      "A manager moves the lead, with a reason. Somebody who is named gets it also while away or at the cap, and the owner's reason says so. The new owner gets a fresh personal target; the lead's own clock is not reset. The same again is a repetition and moves nothing.",
    request: { path: leadPath, body: reassignLeadSchema },
  },
  {
    method: 'GET',
    path: '/people',
    name: 'list-people',
    summary: 'List the people of the roster',
    description: 'Everybody, with availability, by personId.',
    request: {},
    responses: { 200: peopleSchema },
    problems: [],
  },
  {
    method: 'PUT',
    path: '/people/{personId}',
    name: 'put-person',
    summary: 'Write a person of the roster',
    description:
      'Replaces the whole person except availability. Refused with 422 if the roster would not work: unknown manager, a cycle among managers and the like.',
    request: { path: personPath, body: putPersonSchema },
    responses: { 200: personAnswerSchema },
    problems: [422],
  },
  {
    method: 'POST',
    path: '/people/{personId}/availability',
    name: 'set-availability',
    summary: 'Say that a person is away, back or available',
    description: 'Leads for which nobody was available are assigned at once if somebody is available now.',
    request: { path: personPath, body: setAvailabilitySchema },
    responses: { 200: availabilityAnswerSchema },
    problems: [404, 422],
  },
] as const satisfies readonly Route[];

export type RouteName = (typeof ROUTES)[number]['name'];
export type RouteOf<N extends RouteName> = Extract<(typeof ROUTES)[number], { name: N }>;

/** The row of a route. */
export function routeOf(name: RouteName): Route {
  const route = ROUTES.find((row) => row.name === name);
  if (route === undefined) throw new Error(`there is no route ${name}`);
  return route;
}
