/** In place of what Fastify compiles the schemas of routes with, half a megabyte: no route here has one. See emulator/server/app.ts. */
module.exports = () => () => {
  throw new Error('the emulator is built without what compiles the schemas of routes')
}
