/** Worlds: which there are, what one has, and adding one to an account; and the files that calls refer to. */

import { basename } from 'node:path'
import { worldRoutes } from '../../src/control/worlds.js'
import { type Control, serveRoutes } from './serve.js'

export const serveWorlds = (control: Control): void =>
  serveRoutes(control, worldRoutes, {
    // Clients are not told where the files of this machine are.
    'GET /worlds': ({ account }) => account.worlds.list().map((world) => ({ ...world, file: basename(world.file) })),
    'GET /worlds/{name}': ({ account, params }) => account.worlds.get(params.name),
    'POST /worlds': ({ account, body }) => account.worlds.apply(body),
    'POST /worlds/{name}': ({ account, params }) => account.worlds.apply(params.name),
    'GET /assets': ({ account: { turn, assets } }) => turn.take(() => assets.list().rows),
    'PUT /assets': ({ account, body }) =>
      account.turn.take(async () => {
        await account.putAssets(body)
        return account.assets.list().rows
      }),
    'DELETE /assets': ({ account: { turn, assets } }) =>
      turn.take(() => {
        assets.clear()
        return assets.list().rows
      }),
  })
