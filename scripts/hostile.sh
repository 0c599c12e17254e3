#!/bin/sh
# Attacks the built product by hand: hostile calls through all doors, kill -9 under mixed load, and a disk that its own objects fill (for which it takes root):
# scripts/hostile.sh [calls, default 100000] [rounds of each of the others, default 20]
cd "$(dirname "$0")/.." && npm run build --silent &&
  HOSTILE="${1:-100000}" npx vitest run test/fuzz/hostile.test.ts &&
  KILLS="${2:-20}" WRITES=1000 npx vitest run test/state/killed.test.ts &&
  DISKS="${2:-20}" npx vitest run test/state/full-disk.test.ts
