import { RemovalPolicy } from 'aws-cdk-lib';
import type { EnvironmentSettings } from './environments.ts';

/** Retain where data must outlive its stack, destroy elsewhere. */
export function removalPolicy(settings: EnvironmentSettings): RemovalPolicy {
  return settings.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
