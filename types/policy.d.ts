/** The compiled policy, put into each bundle when functions are built. */
declare module '#policy' {
  import type { CompiledPolicy } from '../core/policy/compiled.ts';
  const policy: CompiledPolicy;
  export default policy;
}
