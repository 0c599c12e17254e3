module.exports = {
  testEnvironment: 'node',
  testMatch: ['**/*.test.cjs'],
  transform: {},
  testTimeout: 120_000,
  globalSetup: './start.cjs',
  globalTeardown: './stop.cjs',
}
