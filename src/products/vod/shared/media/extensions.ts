/** Files by their extensions (developer guide, upload overview). All lower case. */

const VIDEO = '3gp asf avi dat dv f4v flv gif m2t m3u8 m4v mj2 mjpeg mkv mov mp4 mpe mpeg mpg mts ogg qt rm rmvb swf ts vob webm wmv'.split(
  ' ',
)

const AUDIO = 'mp3 wma wav aac ra m4a flac ape ac3 amr caf acm'.split(' ')

const videoExtensions: ReadonlySet<string> = new Set(VIDEO)
const audioExtensions: ReadonlySet<string> = new Set(AUDIO)

/** Extension of a file name or path, lower case and without the dot, or `undefined`. */
export const extensionOf = (name: string): string | undefined => /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase()

/** What a file of this extension is taken to be, or `undefined` if it cannot be uploaded as a video or audio. */
export const mediaTypeOf = (extension: string | undefined): 'video' | 'audio' | undefined =>
  extension === undefined ? undefined : videoExtensions.has(extension) ? 'video' : audioExtensions.has(extension) ? 'audio' : undefined

/** What a content type says, for files whose uploader has not said. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  flv: 'video/x-flv',
  ts: 'video/mp2t',
  m3u8: 'application/vnd.apple.mpegurl',
  mpd: 'application/dash+xml',
  vtt: 'text/vtt',
  mp3: 'audio/mpeg',
  webm: 'video/webm',
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
}

/** Content type of a file that the service makes. */
export const contentTypeOf = (extension: string): string => CONTENT_TYPES[extension] ?? 'application/octet-stream'
