/** The light build of hls.js has the types of the whole one, and none of its own. */
declare module 'hls.js/light' {
  export { default } from 'hls.js'
}
