/** The compiled policy, put into each bundle when functions are built. */
declare module '#policy' {
  // An ambient module may not import by a relative path, but may name the type by one.
  const policy: import('../core/policy/compiled.ts').CompiledPolicy;
  export default policy;
}
