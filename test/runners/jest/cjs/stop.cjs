/** After all tests. */
module.exports = () => globalThis.closeEmulator()
