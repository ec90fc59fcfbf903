/** What an environment has to be watched, and a row of the table of alarms. */
import type { AlarmProps } from './alarm.ts';
import type { ConsoleLinks } from './console.ts';
import type { MonitoredPolicy } from './policy.ts';

export interface Watched {
  environment: string;
  policy: MonitoredPolicy;
  links: ConsoleLinks;
  apiId: string;
  /** Names of all functions, physical ones. */
  functions: readonly string[];
  machines: readonly { name: string; arn: string }[];
  tables: readonly { title: string; name: string; operations: readonly string[] }[];
  /** Queues for what could not be delivered or has failed. */
  queues: readonly string[];
  rules: readonly { name: string; bus: string | undefined }[];
  busName: string;
  configurationSet: string;
}

/** An alarm: `id` is its construct's and the end of its name. */
export interface AlarmRow extends AlarmProps {
  id: string;
}
