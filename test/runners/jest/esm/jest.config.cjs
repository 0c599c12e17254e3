module.exports = { testEnvironment: 'node', testMatch: ['**/*.test.mjs'], transform: {}, testTimeout: 120_000 }
