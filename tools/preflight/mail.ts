/** Whether mails will be sent, and the alarms reach somebody. */
import { GetIdentityVerificationAttributesCommand, GetSendQuotaCommand } from '@aws-sdk/client-ses';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { idsOf } from '../shared/stacks.ts';
import { domainOf, isPlaceholder, looking, required, warning, type Check } from './finding.ts';

/** Mails in a day that an account may send while SES keeps it in the sandbox. */
const SANDBOX_MAILS = 200;
const SETTINGS = 'lib/environments.ts';

/** Whether SES lets the environment send as its sender. */
export const sender: Check = looking(
  'the sender of the mails',
  'ses:GetIdentityVerificationAttributes',
  async ({ settings, aws }) => {
    const domain = domainOf(settings.sender);
    if (settings.keepData && isPlaceholder(domain)) {
      return [
        required(
          `A sender in place of ${settings.sender}`,
          'The domain belongs to nobody: no mail would ever be sent.',
          `Set \`sender\` of ${settings.name} in ${SETTINGS} to an address of a domain of yours.`,
        ),
      ];
    }
    const answer = await aws.ses.send(
      new GetIdentityVerificationAttributesCommand({ Identities: [domain, settings.sender] }),
    );
    const verified = (identity: string): boolean =>
      answer.VerificationAttributes?.[identity]?.VerificationStatus === 'Success';
    if (verified(domain)) return [];
    return [
      required(
        `The domain ${domain} as a verified identity of SES`,
        verified(settings.sender)
          ? `Only the address ${settings.sender} is verified; the functions may send as the domain alone.`
          : 'SES refuses every mail of a sender that is not verified: owners would not be told of their leads.',
        `aws sesv2 create-email-identity --email-identity ${domain} (then enter the three DKIM records that it answers into the DNS)`,
      ),
    ];
  },
);

/** Whether SES lets the account send to anybody. */
export const sandbox: Check = looking(
  'whether SES is in its sandbox',
  'ses:GetSendQuota',
  async ({ settings, aws }) => {
    const { Max24HourSend = 0 } = await aws.ses.send(new GetSendQuotaCommand({}));
    if (Max24HourSend > SANDBOX_MAILS) return [];
    const report = settings.keepData ? required : warning;
    return [
      report(
        'SES out of its sandbox',
        `The account may send ${Max24HourSend} mails a day, and only to addresses that are verified.`,
        'aws sesv2 put-account-details --production-access-enabled --mail-type TRANSACTIONAL --website-url URL --use-case-description TEXT (AWS answers within a day)',
      ),
    ];
  },
);

/** Whether somebody gets the alarms. */
export const alarmAddress: Check = ({ settings }) => {
  const report = settings.keepData ? required : warning;
  const why = 'Alarms are seen only by those who look into the console.';
  const fix = `Set \`alarmEmail\` of ${settings.name} in ${SETTINGS}.`;
  if (settings.alarmEmail === undefined) return Promise.resolve([report('An alarm address', why, fix)]);
  if (!isPlaceholder(settings.alarmEmail)) return Promise.resolve([]);
  return Promise.resolve([
    report(`An alarm address in place of ${settings.alarmEmail}, which nobody reads`, why, fix),
  ]);
};

/** Whether whoever gets the alarms has said yes to it. */
export const alarmConfirmed: Check = looking(
  'whether the alarm address is confirmed',
  'sns:ListSubscriptionsByTopic',
  async ({ settings, aws, deployed }) => {
    const { alarmEmail } = settings;
    if (deployed === null || alarmEmail === undefined) return [];
    const waiting: string[] = [];
    for (const TopicArn of idsOf(deployed, 'AWS::SNS::Topic')) {
      const { Subscriptions = [] } = await aws.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
      const pending = Subscriptions.filter(
        ({ Endpoint, SubscriptionArn }) =>
          Endpoint === alarmEmail && SubscriptionArn === 'PendingConfirmation',
      );
      if (pending.length > 0) waiting.push(TopicArn);
    }
    return waiting.map((topic) =>
      warning(
        `The confirmation of ${alarmEmail}`,
        'SNS sends no alarm to an address that has not agreed to it.',
        `Follow the link in the mail "AWS Notification - Subscription Confirmation"; sent again by: aws sns subscribe --topic-arn ${topic} --protocol email --notification-endpoint ${alarmEmail}`,
      ),
    );
  },
);
