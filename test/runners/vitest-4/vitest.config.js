export default { test: { testTimeout: 600_000 } }
