// Sources are ES modules for Node; Jest runs them as CommonJS, so that ESM-only packages are transformed as well.
const transpile = [
  '@swc/jest',
  {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023', experimental: { keepImportAttributes: true } },
    module: { type: 'commonjs' },
  },
];

const esmOnly = ['@middy', 'aws-local-stepfunctions', 'temporal-polyfill', 'temporal-utils'];

export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '\\.[jt]s$': transpile },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/dist', '<rootDir>/.python'],
  // Far above what any test takes: a busy machine is no failure, a test that hangs is.
  testTimeout: 180_000,
  maxWorkers: 2,
};
