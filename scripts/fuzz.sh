#!/bin/sh
# Sends many times as much random input through all doors as the tests do, from a seed of its own:
# scripts/fuzz.sh [times, default 6: about 100,000 calls] [seed, default the time]
cd "$(dirname "$0")/.." && npm run build --silent && FUZZ_TIMES="${1:-6}" FUZZ_SEED="${2:-$(date +%s)}" && export FUZZ_TIMES FUZZ_SEED &&
  echo "seed $FUZZ_SEED" && npx vitest run test/fuzz test/msw/fuzz.test.ts --test-timeout="$((FUZZ_TIMES * 120000))"
