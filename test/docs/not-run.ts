/** Code blocks that are not run as they stand, each with the reason. What else is in the documentation is run. */

const ENGINE = 'needs a container engine; scripts/container-root.sh does what the Dockerfile says'
const FRESH_CLONE = 'what a fresh clone is begun with: CI does it'
const ELSEWHERE = 'names what is not there; test/control/contract.test.ts calls the route'
const RUNNER = 'for another runner; test/runners has it'
const NO_ANSWER = 'a part of an answer, abbreviated'

/** The reason, by the name of the block. */
export const notRun: Readonly<Record<string, string>> = {
  'README.md 0': FRESH_CLONE,
  'README.md 1': ENGINE,
  'README.md 5': 'runs in test/contracts, with pacts that are there',
  'README.zh-CN.md 0': FRESH_CLONE,
  'README.zh-CN.md 1': ENGINE,
  'README.zh-CN.md 5': 'runs in test/contracts, with pacts that are there',
  'docs/console.md 0': 'how the emulator is started for people; test/cli does',
  'docs/configuration.md 1': 'has a token of your own, and is reached from another machine; test/control holds both',
  'docs/contracts.md 0': 'abbreviated; examples/consumer has the whole of it, and its own tests',
  'docs/contracts.md 1': 'abbreviated; examples/consumer has the whole of it, and its own tests',
  'docs/contracts.md 2': 'abbreviated; examples/consumer has the whole of it, and its own tests',
  'docs/contracts.md 3': 'runs in test/contracts, with pacts that are there',
  'docs/contracts.md 5': 'runs in test/contracts, with pacts that are there',
  'docs/contracts.md 6': 'needs a broker; test/contracts has one',
  'docs/contracts.md 7': 'steps of a CI',
  'docs/contracts.md 8': 'the form of files in fixtures/examples, abbreviated; test/contracts holds those',
  'docs/control.md 9': ELSEWHERE,
  'docs/control.md 14': ELSEWHERE,
  'docs/control.md 24': ELSEWHERE,
  'docs/control.md 30': ELSEWHERE,
  'docs/control.md 31': ELSEWHERE,
  'docs/control.md 33': ELSEWHERE,
  'docs/decisions/0014-versions-of-state.md 0': 'a declaration, abbreviated; test/state has such upgrades',
  'docs/docker.md 0': ENGINE,
  'docs/docker.md 1': ENGINE,
  'docs/docker.md 2': 'a workflow of GitHub Actions',
  'docs/docker.md 3': ENGINE,
  'docs/events.md 1': 'about what a server of your own has received; test/events has such servers',
  'docs/extending.md 0': 'needs the product that the page builds: examples/own-service runs these calls',
  'docs/languages.md 0': 'how the emulator is started for the examples, which test/languages starts by itself',
  'docs/replay.md 0': 'commands between which tests run; runs in test/record',
  'docs/signatures.md 0': NO_ANSWER,
  'docs/soak.md 0': 'takes minutes; test/soak has its parts',
  'docs/state.md 1': NO_ANSWER,
  'docs/state.md 2': 'goes around a test of your own; test/state/history.test.ts forks at calls',
  'docs/state.md 3': 'a data folder in your own folder, or in a volume; test/state holds both',
  'docs/testing.md 0': FRESH_CLONE,
  'docs/testing.md 8': RUNNER,
  'docs/testing.md 9': RUNNER,
  'docs/testing.md 10': RUNNER,
  'docs/vod-workflows.md 1': 'needs the workflows of the block before it; runs in test/vod',
}
