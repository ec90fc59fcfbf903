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
import {
  closeConsequenceSchema,
  consequenceSchema,
  consequencesSchema,
  itemPath,
  listConsequencesQuerySchema,
  personConsequencesQuerySchema,
  personConsequencesSchema,
} from './schemas/consequences.ts';
import {
  inquiryViewSchema,
  recordSignalsSchema,
  reviewInquirySchema,
  submitInquirySchema,
} from './schemas/inquiry.ts';
import {
  inquiryPath,
  leadPath,
  meetingPath,
  opportunityPath,
  outagePath,
  partnerPath,
  personPath,
  suppressionPath,
  ticketPath,
} from './schemas/paths.ts';
import { submitLeadSchema } from './schemas/lead-intake.ts';
import {
  acceptLeadSchema,
  aeAcceptSchema,
  aeRejectSchema,
  arbitrateLeadSchema,
  disposeLeadSchema,
  promoteLeadSchema,
  recordIntroductionSchema,
  rejectLeadSchema,
  resolveRejectionSchema,
  signDiscoveryDelaySchema,
  tellFactSchema,
  writeBriefingSchema,
} from './schemas/life.ts';
import { leadDetailSchema, leadViewSchema } from './schemas/lead-view.ts';
import {
  bookMeetingSchema,
  meetingViewSchema,
  opportunityViewSchema,
  updateMeetingSchema,
  updateOpportunitySchema,
} from './schemas/pipeline.ts';
import {
  availabilityAnswerSchema,
  peopleSchema,
  personAnswerSchema,
  putPersonSchema,
  setAvailabilitySchema,
} from './schemas/person.ts';
import { leadPageSchema, listLeadsQuerySchema, timelineSchema } from './schemas/reading.ts';
import {
  liftedSchema,
  liftSuppressionQuerySchema,
  putSuppressionSchema,
  suppressionSchema,
} from './schemas/suppression.ts';
import {
  monthQuerySchema,
  outageSchema,
  partnerMonthSchema,
  putOutageSchema,
  remediesQuerySchema,
  remediesSchema,
} from './schemas/support-reports.ts';
import {
  excludeTicketSchema,
  submitTicketSchema,
  ticketActivitySchema,
  ticketTimelineSchema,
  ticketViewSchema,
  updateTicketSchema,
} from './schemas/ticket.ts';
import { updateLeadSchema } from './schemas/update-lead.ts';

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
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
    ...clockRoute,
    path: '/leads/{leadId}/accept',
    name: 'accept-lead',
    summary: 'Accept an MQL',
    description: 'The SDR takes it: a SAL. The same again changes nothing.',
    request: { path: leadPath, body: acceptLeadSchema },
  },
  {
    ...clockRoute,
    path: '/leads/{leadId}/reject',
    name: 'reject-lead',
    summary: 'Reject an MQL',
    description:
      "By one of Marketing's codes, no free text instead. Each code opens its task for Marketing, suppresses whom the book says, and holds the lead where it may come back.",
    request: { path: leadPath, body: rejectLeadSchema },
  },
  {
    ...clockRoute,
    path: '/leads/{leadId}/promote',
    name: 'promote-lead',
    summary: 'Promote a SAL to SQL',
    description:
      'Through the SQL gate: booked meeting, pain, timeline, meeting link, MEDDPIC. What is missing is said field by field with 422.',
    request: { path: leadPath, body: promoteLeadSchema },
  },
  {
    ...clockRoute,
    method: 'PUT',
    path: '/leads/{leadId}/briefing',
    name: 'write-briefing',
    summary: 'Write the briefing for the AE',
    description:
      'Parts add up. Once none is missing an AE is drawn, whoever owns the account first, and notified.',
    request: { path: leadPath, body: writeBriefingSchema },
  },
  {
    ...clockRoute,
    path: '/leads/{leadId}/introduction',
    name: 'record-introduction',
    summary: 'Record the three-way introduction',
    description: 'Once per handoff.',
    request: { path: leadPath, body: recordIntroductionSchema },
  },
  {
    ...clockRoute,
    path: '/leads/{leadId}/ae-accept',
    name: 'ae-accept-lead',
    summary: 'Accept an SQL as AE',
    description:
      'By the AE to whom it was handed over, with the briefing confirmed read; opens the opportunity in the same act.',
    request: { path: leadPath, body: aeAcceptSchema },
  },
  {
    ...clockRoute,
    path: '/leads/{leadId}/ae-reject',
    name: 'ae-reject-lead',
    summary: 'Reject an SQL as AE',
    description: 'By one of the codes AE-REJ-01 to 05, each with its way back.',
    request: { path: leadPath, body: aeRejectSchema },
  },
  {
    ...clockRoute,
    path: '/leads/{leadId}/arbitrate',
    name: 'arbitrate-lead',
    summary: 'Decide whose an SQL is',
    description:
      'By RevOps, after an AE has given it back for a conflict of territories: hands it over to a named AE. The same decision again changes nothing.',
    request: { path: leadPath, body: arbitrateLeadSchema },
  },
  {
    ...clockRoute,
    path: '/leads/{leadId}/discovery-delay',
    name: 'sign-discovery-delay',
    summary: 'Sign a later discovery meeting',
    description: 'By a manager, with a reason that says something specific. Once per opportunity.',
    request: { path: leadPath, body: signDiscoveryDelaySchema },
  },
  {
    ...clockRoute,
    path: '/leads/{leadId}/resolve-rejection',
    name: 'resolve-rejection',
    summary: 'Say that what a rejection asked for is done',
    description:
      'By Marketing or RevOps. What was held by the rejection passes the gate again, and the acts that had made an MQL of it count on. The same again changes nothing.',
    request: { path: leadPath, body: resolveRejectionSchema },
  },
  {
    ...clockRoute,
    path: '/leads/{leadId}/facts',
    name: 'tell-fact',
    summary: 'Tell a fact by which commitments start or stop',
    description:
      'Any word of the policy that nothing else brings about, those of commitments of one’s own included. Identity is fact, about and occurredAt. What a command or the product itself brings about is refused with what does; an unknown word with those that can be told. What is typed in afterwards turns no verdict.',
    request: { path: leadPath, body: tellFactSchema },
  },
  {
    ...clockRoute,
    path: '/leads/{leadId}/dispose',
    name: 'dispose-lead',
    summary: 'Dispose of a lead',
    description:
      'With a reason of the policy; unable_to_reach takes the attempts and channels that are required, or a manager who signs that it comes early.',
    request: { path: leadPath, body: disposeLeadSchema },
  },
  {
    method: 'PATCH',
    path: '/leads/{leadId}',
    name: 'update-lead',
    summary: 'Add what is missing about a lead',
    description:
      'Fields that are left out stay, null takes one away. A lead that was held becomes an MQL as soon as nothing is missing, and its response clock starts then; an inquiry is evaluated again.',
    request: { path: leadPath, body: updateLeadSchema },
    responses: { 200: leadViewSchema },
    problems: [404, 409, 422],
  },
  {
    method: 'DELETE',
    path: '/leads/{leadId}/personal-data',
    name: 'erase-personal-data',
    summary: "Remove a person's data",
    description:
      'From the lead, its timeline, its signals and the mails that are kept locally. Open clocks are cancelled; the figures stay, and so does a suppression, which knows the person by a keyed hash alone. The same again changes nothing.',
    request: { path: leadPath },
    responses: { 200: leadViewSchema },
    problems: [404],
  },
  {
    method: 'POST',
    path: '/inquiries',
    name: 'submit-inquiry',
    summary: 'Submit a lead that is not yet qualified',
    description:
      'Identity is crm.system and crm.recordId, as for leads; inquiryId is the leadId. The gate is evaluated at once: an inquiry that passes becomes an MQL. A new one answers 202; posting it again answers 200 and takes in the signals that are new.',
    request: { body: submitInquirySchema },
    responses: { 200: inquiryViewSchema, 202: inquiryViewSchema },
    problems: [409, 422],
  },
  {
    method: 'GET',
    path: '/inquiries/{inquiryId}',
    name: 'get-inquiry',
    summary: 'Read an inquiry with its score',
    description:
      'The score for this instant with every contribution, every criterion, what is missing to the threshold, and two sentences.',
    request: { path: inquiryPath },
    responses: { 200: inquiryViewSchema },
    problems: [404],
  },
  {
    method: 'POST',
    path: '/inquiries/{inquiryId}/signals',
    name: 'record-signals',
    summary: 'Tell what the contact did',
    description:
      'Identity is the id of each signal: a repetition changes nothing. The gate is evaluated anew; order of arrival does not matter.',
    request: { path: inquiryPath, body: recordSignalsSchema },
    responses: { 200: inquiryViewSchema },
    problems: [404, 409, 422],
  },
  {
    method: 'POST',
    path: '/inquiries/{inquiryId}/review',
    name: 'review-inquiry',
    summary: 'Accept an inquiry of the review band, or leave it',
    description:
      'For scores a little below the threshold, which are offered to the SDR manager and never routed by themselves.',
    request: { path: inquiryPath, body: reviewInquirySchema },
    responses: { 200: inquiryViewSchema },
    problems: [404, 409, 422],
  },
  {
    method: 'GET',
    path: '/opportunities/{opportunityId}',
    name: 'get-opportunity',
    summary: 'Read an opportunity',
    description:
      'Stage, amounts, close dates, next step, acts, triggers and flags, with the clocks about it.',
    request: { path: opportunityPath },
    responses: { 200: opportunityViewSchema },
    problems: [404],
  },
  {
    method: 'PATCH',
    path: '/opportunities/{opportunityId}',
    name: 'update-opportunity',
    summary: 'Say how an opportunity stands',
    description:
      'All that is sent is taken or, with the field and what would be right, none of it. What is known already changes nothing.',
    request: { path: opportunityPath, body: updateOpportunitySchema },
    responses: { 200: opportunityViewSchema },
    problems: [404, 409, 422],
  },
  {
    method: 'POST',
    path: '/meetings',
    name: 'book-meeting',
    summary: 'Book a meeting with the prospect',
    description:
      'Identity is lead, kind and instant: booking it again while it is booked answers the same meeting. Its invitation, research, reminders and outcome are owed from now on.',
    request: { body: bookMeetingSchema },
    responses: { 200: meetingViewSchema },
    problems: [404, 409, 422],
  },
  {
    method: 'GET',
    path: '/meetings/{meetingId}',
    name: 'get-meeting',
    summary: 'Read a meeting',
    description: 'What was prepared, what became of it, its history, and its own clocks.',
    request: { path: meetingPath },
    responses: { 200: meetingViewSchema },
    problems: [404],
  },
  {
    method: 'PATCH',
    path: '/meetings/{meetingId}',
    name: 'update-meeting',
    summary: 'Say what becomes of a meeting',
    description:
      'Prepared, moved with its clocks, held, missed, cancelled, noted down. What is known already changes nothing.',
    request: { path: meetingPath, body: updateMeetingSchema },
    responses: { 200: meetingViewSchema },
    problems: [404, 409, 422],
  },
  {
    method: 'POST',
    path: '/tickets',
    name: 'submit-ticket',
    summary: 'Submit a support ticket',
    description:
      'Identity is desk.system and desk.recordId. A new ticket answers 202; posting it again answers 200 with the same ticket and starts nothing. Of the rows of severity, customer and service the strictest holds.',
    request: { body: submitTicketSchema },
    responses: { 200: ticketViewSchema, 202: ticketViewSchema },
    problems: [],
  },
  {
    method: 'GET',
    path: '/tickets/{ticketId}',
    name: 'get-ticket',
    summary: 'Read a ticket',
    description: 'The ticket with its clocks as they stand now.',
    request: { path: ticketPath },
    responses: { 200: ticketViewSchema },
    problems: [404],
  },
  {
    method: 'GET',
    path: '/tickets/{ticketId}/timeline',
    name: 'get-ticket-timeline',
    summary: 'Read what happened to a ticket',
    description: 'All that happened, oldest first, with who, when and why.',
    request: { path: ticketPath },
    responses: { 200: ticketTimelineSchema },
    problems: [404],
  },
  {
    method: 'PATCH',
    path: '/tickets/{ticketId}',
    name: 'update-ticket',
    summary: 'Say anew how severe a ticket is, or whose',
    description:
      'Fields that are left out stay. The first judgement of the severity counts from the opening, a change from the change; a miss stays one.',
    request: { path: ticketPath, body: updateTicketSchema },
    responses: { 200: ticketViewSchema },
    problems: [404, 422],
  },
  {
    method: 'POST',
    path: '/tickets/{ticketId}/activities',
    name: 'record-ticket-activity',
    summary: 'Record an answer, a resolution or a reopening',
    description:
      'Identity is what happened and when: a repetition changes nothing. The earliest answer counts whatever the order of arrival; whoever comes back has another clock for the resolution.',
    request: { path: ticketPath, body: ticketActivitySchema },
    responses: { 200: ticketViewSchema },
    problems: [404, 409, 422],
  },
  {
    method: 'POST',
    path: '/tickets/{ticketId}/exclusions',
    name: 'exclude-ticket',
    summary: 'Exclude time from the clocks of a ticket',
    description:
      'Scheduled maintenance and the like; may be entered afterwards: the deadline moves, the verdict turns, and the history keeps both. The same again with an end ends one that had none.',
    request: { path: ticketPath, body: excludeTicketSchema },
    responses: { 200: ticketViewSchema },
    problems: [404, 409, 422],
  },
  {
    method: 'PUT',
    path: '/services/{service}/outages/{outageId}',
    name: 'put-outage',
    summary: 'Write when a service was down',
    description: 'Replaces what was said of this outage before; availability is reckoned anew each time.',
    request: { path: outagePath, body: putOutageSchema },
    responses: { 200: outageSchema },
    problems: [422],
  },
  {
    method: 'GET',
    path: '/reports/remedies',
    name: 'get-remedies',
    summary: 'Read what is owed to a customer for a month',
    description:
      'Service credits and root cause analyses, reckoned from tickets and outages. A clock belongs to the month of its deadline.',
    request: { query: remediesQuerySchema },
    responses: { 200: remediesSchema },
    problems: [],
  },
  {
    method: 'GET',
    path: '/reports/partners/{partnerId}',
    name: 'get-partner-report',
    summary: 'Read what a partner was promised for a month',
    description: 'Each promise with what was kept, how complete the partner’s data are, and the credits.',
    request: { path: partnerPath, query: monthQuerySchema },
    responses: { 200: partnerMonthSchema },
    problems: [422],
  },
  {
    method: 'POST',
    path: '/suppressions',
    name: 'put-suppression',
    summary: 'Suppress a person, a domain or a company',
    description:
      'Leads of theirs are refused at intake with 409 until they may return. The same subject and scenario again replaces what was there.',
    request: { body: putSuppressionSchema },
    responses: { 200: suppressionSchema },
    problems: [422],
  },
  {
    method: 'GET',
    path: '/suppressions/{suppressionId}',
    name: 'get-suppression',
    summary: 'Read a suppression',
    description: 'With window, reason and origin.',
    request: { path: suppressionPath },
    responses: { 200: suppressionSchema },
    problems: [404],
  },
  {
    method: 'DELETE',
    path: '/suppressions/{suppressionId}',
    name: 'lift-suppression',
    summary: 'Lift a suppression',
    description: 'By a manager. Lifting what is not there changes nothing.',
    request: { path: suppressionPath, query: liftSuppressionQuerySchema },
    responses: { 200: liftedSchema },
    problems: [422],
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
  {
    method: 'GET',
    path: '/people/{personId}/consequences',
    name: 'get-person-consequences',
    summary: 'Read what is open about a person',
    description:
      'Items with their reasons and the breaches behind them, by period, those that were closed or taken back included; and the compliance of a month with its band. The system opens items and tells the manager; what follows, people decide.',
    request: { path: personPath, query: personConsequencesQuerySchema },
    responses: { 200: personConsequencesSchema },
    problems: [404],
  },
  {
    method: 'POST',
    path: '/people/{personId}/consequences/{period}/{item}/close',
    name: 'close-consequence',
    summary: 'Close what is open about a person',
    description:
      'By a manager other than the person, with what came of it. It stays closed as long as the facts call for it; what was closed already stays as it was closed.',
    request: { path: itemPath, body: closeConsequenceSchema },
    responses: { 200: consequenceSchema },
    problems: [404, 409, 422],
  },
  {
    method: 'GET',
    path: '/consequences',
    name: 'list-consequences',
    summary: 'Read what is open for a week',
    description: 'Of everybody on the roster, by person.',
    request: { query: listConsequencesQuerySchema },
    responses: { 200: consequencesSchema },
    problems: [],
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
