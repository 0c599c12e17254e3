#!/bin/sh
# Kills an emulator with a data folder in the middle of many writes, again and again, and looks for all that it had acknowledged:
# scripts/kills.sh [times as often as the tests do, default 7: twenty-one repetitions with a thousand writes each]
cd "$(dirname "$0")/.." && npm run build --silent && TEST_TIMES="${1:-7}" npx vitest run test/state/killed.test.ts
