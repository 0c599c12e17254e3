/** Before all tests: an emulator, whose address the tests find in their environment. */
module.exports = async () => {
  const { startEmulator } = await import('vod-viapi-emulator/emulator')
  const emulator = await startEmulator({ port: 0, seed: 7, clock: 'manual' })
  process.env.EMULATOR = emulator.url
  globalThis.closeEmulator = emulator.close
}
