// What runs against the deployed stacks: the acceptance suite, and the checks that only they can show.
import base from '../../jest.config.js';

export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/acceptance/scenarios.test.ts', '<rootDir>/test/e2e/**/*.e2e.ts'],
  testTimeout: 300_000,
  maxWorkers: 1,
};
