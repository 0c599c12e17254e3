#!/bin/sh
# Attacks the built product by hand: hostile calls through all doors, kill -9 under mixed load, and a disk that its own objects fill (for which it takes root):
# scripts/hostile.sh [times as many calls as the tests make, default 50: 100,000] [times as many rounds of each of the others, default 7]
cd "$(dirname "$0")/.." && npm run build --silent &&
  TEST_TIMES="${1:-50}" npx vitest run test/fuzz/hostile.test.ts --test-timeout="$((${1:-50} * 1200000))" &&
  TEST_TIMES="${2:-7}" npx vitest run test/state/killed.test.ts test/state/full-disk.test.ts
