import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { checkPolicy } from '../../../core/policy/check.ts';
import { issueText } from '../../../core/policy/issue.ts';
import { epochMs } from '../../../core/time.ts';
import { loadPolicy } from '../../../lib/policy/load.ts';

/** Findings after a change, in the words that people read. */
async function findings(change: (policy: CompiledPolicy) => unknown, at?: string): Promise<string[]> {
  const policy = structuredClone(await loadPolicy('policy/default.yaml'));
  change(policy);
  return checkPolicy(policy, at === undefined ? undefined : epochMs(at)).map(issueText);
}

describe('the checks', () => {
  test.each<[string, (policy: CompiledPolicy) => unknown, string]>([
    [
      'a duplicate id',
      (p) => (p.sources[1]!.id = 'demo_request'),
      'error sources[1].id is "demo_request": given twice; entry 0 has it already',
    ],
    [
      'a rung given twice',
      (p) => (p.commitments[0]!.rungs[1]!.rung = 'remind'),
      'error commitments[0].rungs[1].rung is "remind": given twice',
    ],
    [
      'a rejection code given twice',
      (p) => (p.rejections[3]!.code = 'REJ-01'),
      'error rejections[3].code is "REJ-01": given twice',
    ],
    [
      'an unknown calendar',
      (p) => (p.commitments[0]!.calendar = 'busines'),
      'commitments[0].calendar is "busines": no such calendar (did you mean business?); allowed: business, around_the_clock',
    ],
    [
      'a trigger whose missed commitment makes nothing happen',
      (p) => delete p.commitments.find(({ id }) => id === 'opportunity.no_activity')!.rungs[0]!.happens,
      'opportunityTriggers[1].when.missed[0] is "opportunity.no_activity": no rung of it has happens: [no_activity], which starts remedy.no_activity',
    ],
    [
      'a rung before what nobody has agreed on',
      (p) => (p.commitments[0]!.rungs[0]!.at = { beforeAppointed: 'PT1H' }),
      'allowed only with a target like before:PT24H or after:PT2H',
    ],
    [
      'a percentage of what was agreed on',
      (p) => (p.commitments.find(({ id }) => id === 'meeting.debrief')!.rungs[0]!.at = { percent: 150 }),
      'counts to what was agreed on; allowed: 100, or beforeAppointed',
    ],
    [
      'a target that no execution could wait for',
      (p) => (p.commitments.find(({ id }) => id === 'sal.resolve')!.target = 'P250D'),
      'target is "P250D": comes after about 350 days; an execution waits for 335 at most',
    ],
    [
      'a rung that comes too long after a breach',
      (p) => (p.commitments[0]!.rungs[5]!.at = { afterBreach: 'PT2500H' }),
      'rungs[5].at is {"afterBreach":"PT2500H"}: comes after about 350 days',
    ],
    [
      'a check-in in a year',
      (p) => (p.recycling.find(({ id }) => id === 'not_ready')!.checkInAfter = 'P12M'),
      'recycling[1].checkInAfter is "P12M": comes after about 379 days; an execution waits for 335 at most',
    ],
    [
      'a check-in of a code in as many days',
      (p) => (p.aeRejections[1]!.checkInAfter = 'P330D'),
      'aeRejections[1].checkInAfter is "P330D": comes after about 337 days',
    ],
    [
      'a check-in that nobody owes',
      (p) => (p.commitments = p.commitments.filter(({ id }) => id !== 'recycle.check_in')),
      'recycling[1].checkInAfter is "P6M": no commitment starts with check_in_agreed: nobody would be told',
    ],
    [
      'an unknown disposition of a closed opportunity',
      (p) => (p.closing.lost = 'gone'),
      'closing.lost is "gone": no such disposition',
    ],
    [
      'an unknown source',
      (p) => (p.tiers[0]!.anyOf[0]!.sources = ['demo']),
      'tiers[0].anyOf[0].sources[0] is "demo": no such source',
    ],
    [
      'an unknown territory',
      (p) => (p.pools[1]!.when.territories = ['mars']),
      'pools[1].when.territories[0] is "mars": no such territory; allowed: us_west',
    ],
    [
      'an unknown pool',
      (p) => (p.pools[0]!.backup.pool = 'all'),
      'pools[0].backup.pool is "all": no such pool',
    ],
    [
      'an unknown commitment',
      (p) => (p.stages[0]!.age = 'nothing'),
      'stages[0].age is "nothing": no such commitment',
    ],
    [
      'an unknown code',
      (p) => (p.routing.creditedReasons = ['REJ-99']),
      'routing.creditedReasons[0] is "REJ-99": no such rejection code',
    ],
    [
      'an unknown act',
      (p) => (p.mqlGate.intent.tier2.acts = ['dance']),
      'mqlGate.intent.tier2.acts[0] is "dance": no such act',
    ],
    [
      'an unknown zone of a pool',
      (p) => (p.pools[0]!.timeZone = 'America/Boston'),
      'pools[0].timeZone is "America/Boston": unknown time zone; allowed are IANA names',
    ],
    [
      'an unknown zone of a region',
      (p) => (p.regionZones['US']!['MA'] = 'EDT5'),
      'regionZones.US.MA is "EDT5": unknown time zone',
    ],
    [
      'a fixed calendar without a zone',
      (p) => delete p.calendars[2]!.timeZone,
      'calendars[2].basis is "fixed": needs a timeZone',
    ],
    [
      'a zone that is never used',
      (p) => (p.calendars[0]!.timeZone = 'UTC'),
      'calendars[0].timeZone is "UTC": allowed only with basis: fixed',
    ],
    [
      'a calendar that never opens',
      (p) => (p.calendars[3]!.weekly = {}),
      'calendars[3].weekly is {}: the calendar never opens',
    ],
    [
      'hours upside down',
      (p) => (p.calendars[0]!.weekly.tue = [['18:00', '08:00']]),
      'calendars[0].weekly.tue[0] is ["18:00","08:00"]: 18:00 to 08:00 does not end after it begins',
    ],
    [
      'hours that overlap',
      (p) =>
        (p.calendars[0]!.weekly.tue = [
          ['08:00', '12:00'],
          ['11:00', '13:00'],
        ]),
      'calendars[0].weekly.tue',
    ],
    [
      'years upside down',
      (p) => (p.holidays.years = [2031, 2021]),
      'holidays.years is [2031,2021]: the first year comes after the last',
    ],
    [
      'segments that overlap',
      (p) => (p.segments[1]!.employees.below = 1500),
      'segments[0].employees.from is 1000: overlaps mid_market; allowed: from 1500',
    ],
    [
      'segments with a gap',
      (p) => (p.segments[1]!.annualRevenueUsd.from = 60e6),
      'segments[1].annualRevenueUsd.from is 60000000: leaves a gap after smb; allowed: from 50000000',
    ],
    [
      'segments that end',
      (p) => (p.segments[0]!.employees.below = 5000),
      'segments[0].employees.below is 5000: larger companies have no segment',
    ],
    [
      'segments that begin above nothing',
      (p) => (p.segments[2]!.employees.from = 1),
      'segments[2].employees.from is 1: leaves a gap after nothing; allowed: from 0',
    ],
    [
      'a last tier with conditions',
      (p) => (p.tiers[2]!.anyOf = [{}]),
      'tiers[2].anyOf is [{}]: the last row takes whatever is left',
    ],
    [
      'a tier that takes all from those below',
      (p) => (p.tiers[0]!.anyOf = []),
      'tiers[0].anyOf is []: without conditions it would take every lead',
    ],
    [
      'a breach threshold within the target',
      (p) => (p.tiers[1]!.breachThreshold = 'PT1H'),
      'tiers[1].breachThreshold is "PT1H": must be longer than the target, PT2H',
    ],
    [
      'a notBefore after the target',
      (p) => (p.sources[9]!.notBefore = 'PT30H'),
      'sources[9].notBefore is "PT30H": must be shorter than the target, PT24H',
    ],
    [
      'a warning before the reminder',
      (p) => (p.commitments[0]!.rungs[1]!.at = { percent: 40 }),
      'commitments[0].rungs[1].at.percent is 40: warn comes after remind; allowed: more than 50',
    ],
    [
      'a reminder after the deadline',
      (p) => (p.commitments[0]!.rungs[0]!.at = { percent: 100 }),
      'commitments[0].rungs[0].at.percent is 100: remind has to come before the deadline',
    ],
    [
      'a breach that is not the deadline',
      (p) => (p.commitments[0]!.rungs[2]!.at = { percent: 110 }),
      'commitments[0].rungs[2].at.percent is 110: a breach is the deadline itself; allowed: 100',
    ],
    [
      'a critical rung before the deadline',
      (p) => (p.commitments[0]!.rungs[3]!.at = { percent: 90 }),
      'commitments[0].rungs[3].at.percent is 90: critical has to come after the deadline',
    ],
    [
      'a threshold before the deadline',
      (p) => (p.commitments[2]!.rungs[1]!.at = { afterStart: 'PT10M' }),
      'commitments[2].rungs[1].at.afterStart is "PT10M": threshold has to be later than the target, PT15M',
    ],
    [
      'a time after a breach that there is not',
      (p) => p.commitments[0]!.rungs.splice(2, 1),
      'at is {"afterBreach":"PT1H"}: the commitment has no breach rung to count from',
    ],
    [
      "a tier's threshold where there is no tier",
      (p) => (p.commitments[2]!.rungs[1]!.at = { tierThreshold: true }),
      'commitments[2].rungs[1].at is {"tierThreshold":true}: only a lead\'s own target has a tier',
    ],
    [
      'rungs that nobody climbs',
      (p) => (p.commitments[2]!.machine = 'none'),
      'commitments[2].machine is "none": climbs no rungs',
    ],
    [
      'a lead that is taken from its owner for what somebody else owes',
      (p) => p.commitments[2]!.rungs[0]!.actions.push('reassign'),
      'commitments[2].rungs[0].actions is "reassign": takes the lead from its owner; allowed with owes: owner, sdr',
    ],
    [
      'two commitments for the response machine',
      (p) => (p.commitments[2]!.machine = 'mql-response'),
      'commitments[2].machine is "mql-response": allowed for one commitment only',
    ],
    [
      'no commitment for the response machine',
      (p) => (p.commitments[0]!.machine = 'commitment-clock'),
      'commitments: one commitment must have machine: mql-response',
    ],
    [
      'backups that go round in a circle',
      (p) => {
        p.pools[5]!.backup.pool = 'smb';
      },
      'pools[3].backup.pool is "all_sdrs": the backups go round in a circle: smb > all_sdrs > smb',
    ],
    [
      'leads that no pool takes',
      (p) => (p.pools[4]!.when = { sources: ['demo_request'] }),
      'pools: some leads have no pool; one must take any lead, with when: {}',
    ],
    [
      'a pool that no lead reaches',
      (p) => (p.pools[0]!.when = {}),
      'warning pools[1].when is {"segments":["enterprise"]}: no lead comes here, since partner takes all',
    ],
    [
      'a country without holidays',
      (p) => p.territories[4]!.countries.push('LI'),
      'warning territories[4].countries[3] is "LI": no public holidays are compiled',
    ],
    [
      'a review that ends above the threshold',
      (p) => (p.scoring.review.below = 70),
      'scoring.review is {"from":40,"below":70',
    ],
    [
      'a decay that lessens with time',
      (p) => {
        p.scoring.decay[1]!.points = -5;
      },
      'scoring.decay[1].points is -5: must take off at least as much as P30D, -10',
    ],
    [
      'an unknown act of a tier',
      (p) => (p.mqlGate.intent.tier1.acts[0] = 'demo_requests'),
      'mqlGate.intent.tier1.acts[0] is "demo_requests": no such act (did you mean demo_request?)',
    ],
    [
      'a signal that is also something unknown',
      (p) => (p.signals[1]!.also = ['visits']),
      'signals[1].also[0] is "visits": no such act (did you mean visit?)',
    ],
    [
      'a signal rule that waits for another rule',
      (p) => (p.signalRules[0]!.all[0]!.act = 'repeated_visits'),
      'signalRules[0].all[0].act is "repeated_visits": no such signal',
    ],
    [
      'a metric upside down',
      (p) => {
        p.metrics[0]!.green = 50;
      },
      'metrics[0].green is 50: must lie above red, 60, since higher is better',
    ],
    [
      'consequences with a gap',
      (p) => (p.consequences.weekly[2]!.from = 5),
      'consequences.weekly[2].from is 5: overlaps or leaves a gap; allowed: 4',
    ],
    [
      'compliance bands out of order',
      (p) => (p.complianceBands[1]!.atLeast = 96),
      'complianceBands[1] is 96: must lie below the band before it, 95',
    ],
    [
      'a benchmark upside down',
      (p) => (p.cadence.benchmark.attempts.to = 7),
      'cadence.benchmark.attempts.to is 7: must not be less than the lower bound, 8',
    ],
  ])('tell of %s', async (_, change, finding) => {
    const found = await findings(change);
    expect(found).toEqual(expect.arrayContaining([expect.stringContaining(finding)]));
  });

  test('tell everything at once', async () => {
    const found = await findings((policy) => {
      policy.sources[12]!.id = 'demo_request';
      policy.commitments[0]!.calendar = 'none';
      policy.segments[1]!.employees.from = 200;
    });
    expect(found.map((text) => text.split(' ')[1])).toEqual([
      'sources[12].id',
      'segments[1].employees.from',
      'commitments[0].calendar',
    ]);
  });

  test('take a calendar that opens only on past days for one that never opens', async () => {
    const change = (policy: CompiledPolicy) => {
      policy.calendars[3]!.weekly = {};
      policy.calendars[3]!.overrides = { '2026-01-05': [['08:00', '12:00']] };
    };
    expect(await findings(change, '2025-12-01T00:00:00Z')).toEqual([]);
    expect(await findings(change, '2026-11-20T00:00:00Z')).toEqual([expect.stringContaining('calendars[3]')]);
  });

  test('warn when the compiled holidays run out within a year', async () => {
    const nothing = () => undefined;
    expect(await findings(nothing, '2029-12-31T00:00:00Z')).toEqual([]);
    expect((await findings(nothing, '2030-01-01T00:00:00Z'))[0]).toMatch(
      /^warning holidays.years is \[2021,2031\]: holidays end/,
    );
  });
});
