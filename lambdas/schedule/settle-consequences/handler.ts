/** The schedule of consequences: opens what breaches call for, takes back what they no longer do (policy book §11, §13). */
import { services } from '../../shared/services.ts';
import { settleConsequences } from '../../shared/settle-consequences.ts';
import type { Settled } from '../../shared/settle-consequences.ts';

export async function handler(): Promise<Settled> {
  return settleConsequences(await services());
}
