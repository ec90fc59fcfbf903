/** What the runner is started with, and what it gives back. */
import type { EpochMs } from '../core/time.ts';
import type { Services } from '../lambdas/shared/services.ts';
import type { KeptEvent } from './aws/event-bridge.ts';
import type { KeptMail } from './aws/mail.ts';
import type { UsageLimits } from './gateway/usage-plan.ts';
import type { Scheduler } from './clock/scheduler.ts';
import type { Engine } from './machines/engine.ts';
import type { Execution } from './machines/execution.ts';

export interface RunnerOptions {
  /** Instant at which the clock starts; where it stood, or now, without it. */
  at?: EpochMs;
  /** How many seconds of its clock pass in a real one; 1 without it. */
  speed?: number;
  /** Folder that keeps everything; a temporary one without it. */
  data?: string;
  /** YAML files; the default policy and sample people without them. */
  policy?: string;
  people?: string;
  /** Port of the API; a free one without it. */
  port?: number;
  /** How often the key may call; as often as one likes without it. */
  limits?: UsageLimits;
  /** Whether the name servers of the internet are asked if a domain takes mail; not without it. */
  mx?: boolean;
  /** Told of everything that happens. */
  watch?: Watcher;
}

export interface Watcher {
  event?(event: KeptEvent): void;
  mail?(mail: KeptMail): void;
  ended?(execution: Execution): void;
  error?(message: string, fields: Record<string, unknown>): void;
  /** The runner cannot go on. */
  crash?(error: unknown): void;
}

export interface Runner {
  /** Address of the API without `/v1`. */
  url: string;
  apiKey: string;
  /** Folder that holds everything. */
  data: string;
  services: Services;
  engine: Engine;
  scheduler: Scheduler;
  now(): EpochMs;
  /** Moves the clock to an instant and answers when every rung due by then has been handled. */
  advanceTo(at: EpochMs): Promise<void>;
  /** Resolves when nothing runs any more that was started. */
  settled(): Promise<void>;
  /** Stops everything; the data stay unless they are temporary. */
  close(): Promise<void>;
}
