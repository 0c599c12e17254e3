/**
 * The floors of the code, from the ground up. A folder may import what stands before it in this list, and nothing that stands behind it, types
 * included. From this list `npm run docs` writes biome.floors.json, which holds the rule, and the table in docs/architecture.md.
 */

/** Folders that belong together. */
export interface Floor {
  name: string
  /** Each folder, in order, and in a line what is in its files; folders within it are listed by themselves. */
  folders: Readonly<Record<string, string>>
}

export const floors: readonly Floor[] = [
  {
    name: 'ground',
    folders: {
      'src/base': 'what everybody needs: errors, clock, ids, turns, bounds of JSON, schemas of times',
      'src/patterns': 'wildcards and regular expressions from users, in linear time',
      'src/bytes': 'the bytes of objects: in memory and in files, and their checksums',
      'src/media/images': 'reading, making and changing images',
      'src/media': 'what a media file is: its kind, length, streams',
      'src/params': 'types of parameters: from the text of a call to a value, or to what is wrong with it',
    },
  },
  {
    name: 'account',
    folders: {
      'src/state': 'what an account remembers: collections, tables, documents and their upgrades',
      'src/account': 'what an account, a part and a section of the settings are; snapshots, and the journal of a data folder',
    },
  },
  {
    name: 'capabilities',
    folders: {
      'src/assets': 'files that calls refer to by URL, as a test has declared them',
      'src/http': 'a call and a reply as plain data; encoding of queries and forms',
      'src/identity': 'access keys, RAM users and roles, STS sessions',
      'src/usage': 'what calls and jobs would have cost',
      'src/signing': 'signing calls, as the SDKs do',
      'src/diagnosis': 'why a signature does not match',
      'src/faults': 'what a test asks to go wrong, and what that does to a reply',
      'src/jobs': 'asynchronous jobs: kinds, stages, scripts',
      'src/events': 'event notifications: types, channels, deliveries, queues',
    },
  },
  {
    name: 'protocols',
    folders: {
      'src/actions': 'what a service and an Action are',
      'src/catalogue': 'what is derived from the Actions: look-up, descriptions, OpenAPI',
      'src/rpc': 'reading a call: parameters, service, Action',
      'src/log': 'the call log: entries, queries, cURL lines',
      'src/serving': "the frame of every call, whatever its protocol, and serving in an account's turn",
      'src/gateway': 'the way of a call: a step per file',
      'src/oss': 'OSS: buckets, objects, signatures, policies, errors',
      'src/oss/operations': 'what OSS can be asked for',
      'src/oss/server': 'the way of a request through OSS',
    },
  },
  {
    name: 'help for tests',
    folders: {
      'src/scenarios': 'bundles of faults, settings, clock and world, by name',
      'src/worlds': 'what can be in an account from the start, as data',
      'src/testing': '`expectCalls`, and the check at the end of a test',
    },
  },
  {
    name: 'products',
    folders: {
      'src/product': 'what a product, a route and a provider state are',
      'src/products/vision/common': 'what the vision services share: inputs, jobs, results, errors',
      'src/products/vision/imageenhan': 'imageenhan (图像生产)',
      'src/products/vision/videoenhan': 'videoenhan (视频生产)',
      'src/products/vision/videorecog': 'videorecog (视频理解)',
      'src/products/vision/videoseg': 'videoseg (视频分割)',
      'src/products/vision': 'the four services as one product',
      'src/products/vod/shared/storage': 'storages, domains, and all that is set of VOD',
      'src/products/vod/shared/service': 'the service VOD: its errors, apps, regions',
      'src/products/vod/shared/media': 'videos, images, attached media, their files and streams',
      'src/products/vod/shared/domains': 'domains that media are played through',
      'src/products/vod/shared/traffic': 'what was played through domains: bytes and requests in time',
      'src/products/vod/shared/statistics': 'what statistics are made of: plays, bytes held and sent, seconds of AI',
      'src/products/vod/shared/addresses': 'addresses of media files, signed',
      'src/products/vod/shared/notification': 'what events of VOD say, and where they go',
      'src/products/vod/shared/templates': 'templates of transcoding, snapshots and animated images; watermarks',
      'src/products/vod/shared/streams': 'what of a stream is stored: playlists and segments, encryption, packages',
      'src/products/vod/shared/audit': 'reviews: what they find, and what becomes of a video by them',
      'src/products/vod/shared/workflows': 'working through workflows, whose steps the chapters do',
      'src/products/vod/shared/snapshots': 'which snapshots are taken, how they are laid out, and taking them',
      'src/products/vod/shared/lifecycle': 'from a file that has arrived to a medium that can be played',
      'src/products/vod/shared': 'what a chapter is; records that several chapters work with',
      'src/products/vod/upload/pull': 'uploads that the service fetches from a URL',
      'src/products/vod/upload': 'media upload (manual 5)',
      'src/products/vod/playback': 'playback (manual 6)',
      'src/products/vod/media-assets/common': 'what media assets of all kinds have in common: paging, changes, deletions, errors',
      'src/products/vod/media-assets/categories': 'categories (manual 7.2)',
      'src/products/vod/media-assets/videos': 'videos (manual 7.3)',
      'src/products/vod/media-assets/images': 'images and snapshots (manual 7.4)',
      'src/products/vod/media-assets/attached-media': 'auxiliary media (manual 7.5)',
      'src/products/vod/media-assets/dynamic-images': 'dynamic images (manual 7.6)',
      'src/products/vod/media-assets/search': 'SearchMedia and its search protocol (manual 7.1)',
      'src/products/vod/media-assets': 'media assets (manual 7), put together',
      'src/products/vod/processing/kms': 'data keys for HLS standard encryption, and a server that hands them to players',
      'src/products/vod/processing/transcoding': 'transcoding tasks (manual 8.1.1, 8.1.3, 8.5)',
      'src/products/vod/processing/snapshots': 'snapshots that are asked for (manual 8.1.2)',
      'src/products/vod/processing/dynamic-images': 'animated images (manual 8.1.4)',
      'src/products/vod/processing/workflows': 'workflows (manual 8.1.5)',
      'src/products/vod/processing/transcode-templates': 'transcoding template groups (manual 8.2)',
      'src/products/vod/processing/vod-templates': 'templates of snapshots and animated images (manual 8.3)',
      'src/products/vod/processing/watermarks': 'watermarks (manual 8.4)',
      'src/products/vod/processing': 'media processing (manual 8)',
      'src/products/vod/editing': 'editing (manual 9)',
      'src/products/vod/audit': 'reviews (manual 10)',
      'src/products/vod/ai/common': 'what AI jobs find, their events and errors',
      'src/products/vod/ai/templates': 'AI templates (manual 11.1)',
      'src/products/vod/ai/analysis': 'fingerprints and tags (manual 11.2, 11.3)',
      'src/products/vod/ai/images': 'smart covers (manual 11.4)',
      'src/products/vod/ai': 'AI (manual 11)',
      'src/products/vod/live': 'live to VOD (manual 12)',
      'src/products/vod/cdn/common': 'what Actions about domains have in common: names, times, errors',
      'src/products/vod/cdn/certificates': 'certificates of domains (manual 13.4.4 to 13.4.6)',
      'src/products/vod/cdn/owner': 'proof of who owns a domain (manual 13.3)',
      'src/products/vod/cdn/logs': 'access logs (manual 13.6)',
      'src/products/vod/cdn/playout': 'the nodes of domains: how players are answered',
      'src/products/vod/cdn/configs': 'configuration functions (manual 13.4.1 to 13.4.3)',
      'src/products/vod/cdn/domains': 'domains, added, changed, switched and deleted (manual 13.2)',
      'src/products/vod/cdn/refresh': 'refreshing and preloading of files (manual 13.5)',
      'src/products/vod/cdn/traffic': 'traffic and bandwidth (manual 13.1)',
      'src/products/vod/cdn': 'play domains (manual 13), put together',
      'src/products/vod/statistics/plays': 'what was played (manual 14.2)',
      'src/products/vod/statistics/usage': 'what was used (manual 14.1)',
      'src/products/vod/statistics': 'statistics (manual 14), put together',
      'src/products/vod/notification': 'event notification and cross-domain policy (manual 16)',
      'src/products/vod': 'the chapters as one product',
    },
  },
  {
    name: 'cloud',
    folders: {
      'src/cloud': 'puts parts and products together: `createCloud`, `cloud.handle`',
    },
  },
  {
    name: 'doors',
    folders: {
      'src/client': 'the typed client, and that of the control API',
      src: 'what the package exports: index, msw, vitest',
      'emulator/store': 'the store of a data folder',
      'emulator/record': 'recording runs',
      'emulator/http': 'from HTTP to calls, and from replies to HTTP',
      'contracts/format': 'pacts and example calls',
      'contracts/states': 'the vocabulary of provider states',
      'contracts/generate': 'the pacts in contracts/pacts',
      'contracts/record': 'pacts of recorded calls',
      'emulator/control': 'the control API',
      'emulator/server': 'the HTTP server',
      'emulator/replay': 'replaying recorded runs',
      'contracts/verify': "verifying a consumer's pacts",
      contracts: 'what `vod-viapi-emulator/contracts` exports',
      emulator: 'the command and its options; what `vod-viapi-emulator/emulator` exports',
    },
  },
]

/** The folders, from the ground up. */
export const folders: readonly string[] = floors.flatMap((floor) => Object.keys(floor.folders))
