/** What automated reviews have found, picture by picture and word by word (VOD manual 10.2.5 to 10.2.7). */

import { z } from 'zod'
import { perSecond } from '../../../actions/action.js'
import type { Scene } from '../../../assets/findings.js'
import { integer } from '../../../params/scalars.js'
import { resourceErrors } from '../media-assets/common/errors.js'
import type { Picture } from '../shared/audit/pictures.js'
import { reviewedPictures, reviewedSpeech, scenesOf } from '../shared/audit/result.js'
import { pictureUrl, reviewedOf } from '../shared/audit/result-of.js'
import { NORMAL, scoreText } from '../shared/audit/scene-result.js'
import { vod } from '../shared/service/service.js'
import { id } from '../upload/params.js'
import { auditOf } from './results.js'

/** Records of a page. */
const PAGE = 20

const pageNo = () => integer({ min: 1 })

/** How answers begin the names of what belongs to a scene. */
const NAMES = { porn: 'Porn', terrorism: 'Terrorism', ad: 'Ad', live: 'Live', logo: 'Logo' } as const satisfies Record<Scene, string>

/** Label and score of each scene that was looked for. */
const ofScenes = z.object({
  PornLabel: z.string().optional(),
  PornScore: z.string().optional(),
  TerrorismLabel: z.string().optional(),
  TerrorismScore: z.string().optional(),
  AdLabel: z.string().optional(),
  AdScore: z.string().optional(),
  LiveLabel: z.string().optional(),
  LiveScore: z.string().optional(),
  LogoLabel: z.string().optional(),
  LogoScore: z.string().optional(),
})

export const getMediaAuditResultDetail = vod.action('GetMediaAuditResultDetail', {
  summary: 'Lists the pictures of a video in which the latest automated review has found something.',
  source: 'VOD manual 10.2.5',
  limit: perSecond(10),
  // Marked mandatory, with a default.
  input: () => ({ MediaId: id(), PageNo: pageNo().default(1) }),
  output: () =>
    z.object({
      MediaAuditResultDetail: z.object({
        Total: z.number(),
        /** Timestamp in milliseconds. */
        List: z.array(ofScenes.extend({ Timestamp: z.string(), Url: z.string() })),
      }),
    }),
  errors: resourceErrors,
  run({ input: { MediaId, PageNo }, account, fail }) {
    const audit = auditOf(account, MediaId, fail)
    const reviewed = reviewedOf(account, audit)
    const { flagged = [] } = reviewedPictures(reviewed) ?? {}
    const looked = scenesOf(reviewed)
    return {
      MediaAuditResultDetail: {
        Total: flagged.length,
        List: pageOf(flagged, PageNo).map((picture) => ({
          ...labelled(picture, looked),
          Timestamp: String(picture.timestamp),
          Url: pictureUrl(account, audit, picture.timestamp),
        })),
      },
    }
  },
})

const labelled = ({ hits }: Picture, looked: readonly Scene[]): z.input<typeof ofScenes> =>
  Object.fromEntries(
    looked.flatMap((scene) => {
      const { label, score } = hits[scene] ?? NORMAL
      return [
        [`${NAMES[scene]}Label`, label],
        [`${NAMES[scene]}Score`, scoreText(score)],
      ]
    }),
  )

const pageOf = <Row>(rows: readonly Row[], page: number): Row[] => rows.slice((page - 1) * PAGE, page * PAGE)

const moments = z.array(z.object({ Label: z.string(), Score: z.string(), Timestamp: z.string() }))

export const getMediaAuditResultTimeline = vod.action('GetMediaAuditResultTimeline', {
  summary: 'Lists, scene by scene, when in a video the latest automated review has found something.',
  source: 'VOD manual 10.2.6',
  limit: perSecond(10),
  input: () => ({ MediaId: id() }),
  output: () =>
    z.object({
      /** Timestamps in milliseconds. */
      MediaAuditResultTimeline: z.object({ Porn: moments, Terrorism: moments, Ad: moments, Live: moments, Logo: moments }),
    }),
  errors: resourceErrors,
  run({ input: { MediaId }, account, fail }) {
    const { flagged = [] } = reviewedPictures(reviewedOf(account, auditOf(account, MediaId, fail))) ?? {}
    const of = (scene: Scene): z.input<typeof moments> =>
      flagged.flatMap(({ timestamp, hits: { [scene]: hit } }) =>
        hit ? [{ Label: hit.label, Score: scoreText(hit.score), Timestamp: String(timestamp) }] : [],
      )
    return {
      MediaAuditResultTimeline: { Porn: of('porn'), Terrorism: of('terrorism'), Ad: of('ad'), Live: of('live'), Logo: of('logo') },
    }
  },
})

export const getMediaAuditAudioResultDetail = vod.action('GetMediaAuditAudioResultDetail', {
  summary: 'Lists what is said in a video or audio that the latest automated review has found fault with.',
  source: 'VOD manual 10.2.7',
  limit: perSecond(10),
  input: () => ({ MediaId: id(), PageNo: pageNo().optional() }),
  output: () =>
    z.object({
      MediaAuditAudioResultDetail: z.object({
        // The manual glosses them as the number of pages and the number of the page; these are what their names and the sample (10 and 1) say.
        /** Records in all. */
        Total: z.number(),
        /** Pages; without PageNo all records are on one. */
        PageTotal: z.number(),
        /** Times in seconds. */
        List: z.array(z.object({ StartTime: z.number(), EndTime: z.number(), Text: z.string(), Label: z.string() })),
      }),
    }),
  errors: resourceErrors,
  run({ input: { MediaId, PageNo }, account, fail }) {
    const speech = reviewedSpeech(reviewedOf(account, auditOf(account, MediaId, fail))) ?? []
    return {
      MediaAuditAudioResultDetail: {
        Total: speech.length,
        PageTotal: PageNo === undefined ? Math.min(1, speech.length) : Math.ceil(speech.length / PAGE),
        List: (PageNo === undefined ? speech : pageOf(speech, PageNo)).map(({ from, to, text, label }) => ({
          // Whole seconds, as the interface has them.
          StartTime: Math.floor(from),
          EndTime: Math.ceil(to),
          Text: text,
          Label: label,
        })),
      },
    }
  },
})
