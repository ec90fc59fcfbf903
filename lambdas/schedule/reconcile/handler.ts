/** The schedule of the reconciler: finishes what was accepted and then interrupted (design: nothing accepted is lost). */
import { reconcile } from '../../shared/reconcile.ts';
import { services } from '../../shared/services.ts';

export async function handler(): Promise<{ looked: number; finished: number }> {
  return reconcile(await services());
}
