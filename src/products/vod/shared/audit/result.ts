/**
 * What a review has found, worked out anew whenever it is asked for, from what was found and what was reviewed: so its summary, its details and its
 * timeline are always the same thing.
 */

import { type Findings, type Scene, scenes } from '../../../../assets/findings.js'
import type { AuditSubject } from './media-audit.js'
import { type Hit, hitOf, outweighs, type Pictures, pictureHit, picturesOf, worst } from './pictures.js'
import type { AuditResult } from './result-schema.js'
import { sceneResult, scoreText } from './scene-result.js'

/** A review that is to be told of. */
export interface Reviewed {
  findings: Findings
  subject: AuditSubject
  /** What was looked for. */
  items: readonly Scene[]
  /** What of the medium was looked at. */
  ranges: readonly ('video' | 'image-cover' | 'text-title')[]
  /** What made-up scores are made of: the seed of the account, and the medium. */
  seed: readonly string[]
}

/** The scenes that were looked for, in the order in which answers name them. */
export const scenesOf = ({ items }: Pick<Reviewed, 'items'>): Scene[] => scenes.filter((scene) => items.includes(scene))

/** The pictures of a video that were looked at; `undefined` if there were none to look at. */
export function reviewedPictures(reviewed: Reviewed): Pictures | undefined {
  const { findings, subject, ranges, seed } = reviewed
  if (subject.pictures === undefined || !ranges.includes('video')) return undefined
  return picturesOf(findings.video ?? [], scenesOf(reviewed), subject.pictures, ...seed)
}

/** Something that was said, and was found to be in violation or suspected. */
export interface Speech extends Hit {
  /** Seconds. */
  from: number
  to: number
  text: string
}

/** What was found in what is said, in the order of the video; `undefined` if nothing can be heard. */
export function reviewedSpeech({ findings, subject, ranges, seed }: Reviewed): Speech[] | undefined {
  // No item of templates stands for sound: what belongs to the video is listened to.
  if (!subject.sound || !ranges.includes('video')) return undefined
  return (findings.audio ?? [])
    .map(({ from, to, text, ...finding }) => ({ from, to, text, ...hitOf(finding, ...seed, 'audio', from) }))
    .sort((one, other) => one.from - other.from)
}

/** All that a review has found. */
export function auditResult(reviewed: Reviewed, urlOf: (timestamp: number) => string): AuditResult {
  const { subject, ranges } = reviewed
  const pictures = reviewedPictures(reviewed)
  const video = pictures && videoResult(reviewed, pictures, urlOf)
  const image = subject.imageUrl !== undefined && ranges.includes('image-cover') ? imageResult(reviewed, subject.imageUrl) : undefined
  const text = subject.title !== undefined && ranges.includes('text-title') ? titleResult(reviewed, subject.title) : undefined
  const speech = reviewedSpeech(reviewed)
  const audio = speech && audioResult(reviewed, speech)
  const audioSuggestion = worst(audio?.map(({ Suggestion }) => Suggestion) ?? [])
  const modules = [
    ['video', worst([video?.Suggestion ?? 'pass', audioSuggestion])],
    ['image-cover', image?.Suggestion ?? 'pass'],
    ['text-title', text?.Suggestion ?? 'pass'],
  ] as const
  const abnormal = modules.filter(([, suggestion]) => suggestion !== 'pass').map(([name]) => name)
  const labels = new Set([...(video?.Label ?? 'normal').split(','), ...(image?.Label ?? 'normal').split(',')])
  // Titles have no label of their own here: what is nearest is that for words in violation.
  if (text?.Suggestion !== undefined && text.Suggestion !== 'pass') labels.add('ad')
  if (audioSuggestion !== 'pass') labels.add('audio')
  return {
    Suggestion: worst(modules.map(([, suggestion]) => suggestion)),
    ...(abnormal.length > 0 && { AbnormalModules: abnormal.join(',') }),
    Label: joined([...scenes, 'audio'].filter((label) => labels.has(label))),
    ...(video && { VideoResult: video }),
    ...(image && { ImageResult: [image] }),
    ...(text && { TextResult: [text] }),
    ...(audio && { AudioResult: audio }),
  }
}

const joined = (labels: readonly string[]): string => labels.join(',') || 'normal'

type VideoResult = NonNullable<AuditResult['VideoResult']>

/** Names of the results of scenes. */
const RESULTS = { porn: 'PornResult', terrorism: 'TerrorismResult', ad: 'AdResult', live: 'LiveResult', logo: 'LogoResult' } as const

function videoResult(reviewed: Reviewed, pictures: Pictures, urlOf: (timestamp: number) => string): VideoResult {
  const results = scenesOf(reviewed).map((scene) => ({ scene, result: sceneResult(scene, pictures, urlOf) }))
  const hit = results.filter(({ result }) => result.Suggestion !== 'pass')
  return {
    Suggestion: worst(results.map(({ result }) => result.Suggestion)),
    Label: joined(hit.map(({ scene }) => scene)),
    // The schema of each scene has its labels; that they are of the scene is checked where findings come in.
    ...(Object.fromEntries(results.map(({ scene, result }) => [RESULTS[scene], result])) as Partial<VideoResult>),
  }
}

/** How a part looks in which nothing was found. */
const normal = (...seed: readonly (string | number)[]): Hit => ({
  ...hitOf({ label: 'normal', suggestion: 'block' }, ...seed),
  suggestion: 'pass',
})

const fieldsOf = <Label extends string>({ label, suggestion, score }: Hit) => ({
  Suggestion: suggestion,
  // Labels are checked where findings come in.
  Label: label as Label,
  Score: scoreText(score),
})

const heaviest = (hits: readonly Hit[]): Hit | undefined =>
  hits.reduce<Hit | undefined>((best, hit) => (outweighs(hit, best) ? hit : best), undefined)

type ImageResult = NonNullable<AuditResult['ImageResult']>[number]

function imageResult(reviewed: Reviewed, url: string): ImageResult {
  const { findings, seed } = reviewed
  const results = scenesOf(reviewed).map((scene) => {
    const hits = (findings.image ?? []).filter((finding) => finding.scene === scene)
    const hit = heaviest(hits.map((finding) => pictureHit(finding, ...seed, 'image')))
    return { Scene: scene, ...fieldsOf<ImageResult['Result'][number]['Label']>(hit ?? normal(...seed, 'image', scene)) }
  })
  const hit = results.filter(({ Suggestion }) => Suggestion !== 'pass')
  return {
    Suggestion: worst(results.map(({ Suggestion }) => Suggestion)),
    Label: joined(hit.map(({ Scene }) => Scene)),
    Type: 'cover',
    Url: url,
    Result: results,
  }
}

type TextResult = NonNullable<AuditResult['TextResult']>[number]

function titleResult({ findings: { title }, seed }: Reviewed, content: string): TextResult {
  const hit = title ? hitOf(title, ...seed, 'title') : normal(...seed, 'title')
  return { ...fieldsOf<TextResult['Label']>(hit), Type: 'title', Scene: 'antispam', Content: content }
}

type AudioResult = NonNullable<AuditResult['AudioResult']>[number]

/** One entry per label, with what weighs most of it. */
function audioResult({ seed }: Reviewed, speech: readonly Speech[]): AudioResult[] {
  const labels = [...new Set(speech.map(({ label }) => label))]
  const hits = labels.map((label) => heaviest(speech.filter((each) => each.label === label)) as Hit)
  return (hits.length > 0 ? hits : [normal(...seed, 'audio')]).map((hit) => ({
    ...fieldsOf<AudioResult['Label']>(hit),
    Scene: 'antispam',
  }))
}
