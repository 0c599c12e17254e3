#!/bin/sh
# Kills an emulator with a data folder in the middle of many writes, again and again, and looks for all that it had acknowledged:
# scripts/kills.sh [repetitions, default 20] [writes each, default 1000]
cd "$(dirname "$0")/.." && npm run build --silent && KILLS="${1:-20}" WRITES="${2:-1000}" npx vitest run test/state/killed.test.ts
