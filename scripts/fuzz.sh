#!/bin/sh
# Sends many times as much random input through all doors as the tests do, from a seed of its own:
# scripts/fuzz.sh [times, default 6: about 100,000 calls] [seed, default the time]
cd "$(dirname "$0")/.." && npm run build --silent && TEST_TIMES="${1:-6}" TEST_SEED="${2:-$(date +%s)}" && export TEST_TIMES TEST_SEED &&
  echo "seed $TEST_SEED" && npx vitest run test/fuzz test/msw/fuzz.test.ts --test-timeout="$((TEST_TIMES * 1200000))"
