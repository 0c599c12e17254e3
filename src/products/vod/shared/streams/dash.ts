/** MPEG-DASH manifests (ISO/IEC 23009-1). */

import { xmlWriter } from '../../../../base/xml-writer.js'

/** One file that a manifest offers. */
export interface Representation {
  id: string
  /** Address beside the manifest. */
  uri: string
  /** `video/mp4` */
  mimeType: string
  /** As RFC 6381 names them, with a comma between. */
  codecs: string
  /** Bits per second. */
  bandwidth: number
  /** Pixels and frames per second, of a picture. */
  width?: number | undefined
  height?: number | undefined
  fps?: number | undefined
}

const write = xmlWriter({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: true, format: true, indentBy: '  ' })

/** The manifest of a film of so many seconds, in which each representation is one file. */
export function manifest(duration: number, representations: readonly Representation[]): string {
  return write({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    MPD: {
      '@xmlns': 'urn:mpeg:dash:schema:mpd:2011',
      '@profiles': 'urn:mpeg:dash:profile:full:2011',
      '@type': 'static',
      '@mediaPresentationDuration': `PT${duration.toFixed(3)}S`,
      '@minBufferTime': 'PT2S',
      Period: {
        '@id': '0',
        '@start': 'PT0S',
        AdaptationSet: representations.map(({ id, uri, mimeType, codecs, bandwidth, width, height, fps }, index) => ({
          '@id': String(index),
          '@mimeType': mimeType,
          '@subsegmentAlignment': 'true',
          Representation: {
            '@id': id,
            '@bandwidth': String(Math.max(1, Math.round(bandwidth))),
            '@codecs': codecs,
            ...(width !== undefined && { '@width': String(width) }),
            ...(height !== undefined && { '@height': String(height) }),
            ...(fps !== undefined && { '@frameRate': frameRate(fps) }),
            BaseURL: uri,
          },
        })),
      },
    },
  })
}

/** A frame rate is a whole number or a fraction. */
const frameRate = (fps: number): string => (Number.isInteger(fps) ? String(fps) : `${Math.round(fps * 1000)}/1000`)
