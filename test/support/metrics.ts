/** Metrics that are kept instead of written. */
import type { MetricName } from '../../lambdas/shared/metric-names.ts';
import type { Metrics } from '../../lambdas/shared/services.ts';

export class KeptMetrics implements Metrics {
  measured: { name: MetricName; value: number; of?: string }[] = [];
  flushes = 0;
  /** Whether values that have to be read first are wanted. */
  observing = false;

  add(name: MetricName, value = 1, of?: string): void {
    this.measured.push({ name, value, ...(of !== undefined && { of }) });
  }

  async observe(read: () => Promise<readonly { name: MetricName; value: number }[]>): Promise<void> {
    if (this.observing) this.measured.push(...(await read()));
  }

  flush(): void {
    this.flushes += 1;
  }

  /** The values of a metric, in order. */
  values(name: MetricName, of?: string): number[] {
    return this.measured
      .filter((one) => one.name === name && (of === undefined || one.of === of))
      .map(({ value }) => value);
  }

  sum(name: MetricName, of?: string): number {
    return this.values(name, of).reduce((total, value) => total + value, 0);
  }

  forget(): void {
    [this.measured, this.flushes, this.observing] = [[], 0, false];
  }
}
