/**
 * Tags of a video. Nobody looks at it: the tags are made up of its bytes and length, so that the same file always has the same ones, and they change
 * with what they are to be made of as those of the service do.
 */

import { seedOf } from '../../../../base/ids.js'
import type { TagResult } from '../common/results.js'
import type { AIJob } from './ai-job.js'

type AnalyseType = NonNullable<AIJob['analyseTypes']>[number]

/** What tags are made up of. */
export interface Subject {
  /** Where the tags come from: the same seed gives the same tags. */
  seed: string
  /** Seconds. */
  duration: number
  /** Where the picture of a face can be seen, by the number of the picture. */
  faceUrl: (number: number) => string
}

const WORDS = {
  Person: ['张三', '李四', '王五', '赵六'],
  Time: ['早晨', '中午', '夜晚', '夏天', '冬天'],
  Location: ['亚洲', '北京', '上海', '海滩', '城市'],
  Keyword: ['音乐', '足球', '美食', '旅行', '新品', '科技', '优惠'],
  Category: ['体育', '美容', '教育', '新闻', '娱乐'],
} as const

/** What was said, sentence by sentence. */
const SENTENCES = ['大家好。', '今天我们来看一看这个视频。', 'hello，中午好。', '这里的风景很美。', '谢谢观看。']

/** Milliseconds from one sentence to the next, and that one lasts. */
const SENTENCE = { every: 4000, lasts: 2500 }

const MAX_SENTENCES = 200

/** Points in time of one tag. */
const MAX_TIMES = 5

/** What each kind of analysis finds. */
const FINDS: Readonly<Record<AnalyseType, readonly (keyof typeof WORDS)[]>> = {
  Face: ['Person'],
  ASR: ['Keyword', 'Time'],
  OCR: ['Keyword'],
  Category: ['Category'],
  Annotation: ['Keyword', 'Location'],
}

/** The tags of a video, by what they are to be made of. */
export function tagsOf(subject: Subject, analyseTypes: readonly AnalyseType[], withSpeech: boolean): TagResult {
  const kinds = new Set(analyseTypes.flatMap((type) => FINDS[type]))
  const result: TagResult = {}
  for (const kind of kinds) result[kind] = wordsOf(subject, kind).map((Tag, index) => ({ Tag, ...detailsOf(subject, kind, index) }))
  if (withSpeech && analyseTypes.includes('ASR')) result.OrigASRData = [speechOf(subject)]
  return result
}

/** One to three words, no two the same. */
function wordsOf({ seed }: Subject, kind: keyof typeof WORDS): string[] {
  const words = WORDS[kind]
  const first = seedOf(seed, kind) % words.length
  const count = 1 + (seedOf(seed, kind, 'count') % 3)
  return [...words, ...words].slice(first, first + count)
}

function detailsOf({ seed, duration, faceUrl }: Subject, kind: keyof typeof WORDS, index: number) {
  if (kind === 'Category') return {}
  const count = 1 + (seedOf(seed, kind, index, 'times') % MAX_TIMES)
  const instants = Array.from(
    { length: count },
    (_, number) => seedOf(seed, kind, index, number) % Math.max(1, Math.round(duration * 1000)),
  )
  const Times = [...new Set(instants)].sort((a, b) => a - b).map(String)
  return kind === 'Person' ? { Times, FaceUrl: faceUrl(index + 1) } : { Times }
}

function speechOf({ seed, duration }: Subject) {
  const milliseconds = Math.round(duration * 1000)
  const count = Math.min(MAX_SENTENCES, Math.ceil(milliseconds / SENTENCE.every))
  const AsrTextList = Array.from({ length: count }, (_, number) => {
    const StartTime = number * SENTENCE.every
    const EndTime = Math.min(milliseconds, StartTime + SENTENCE.lasts)
    const Text = SENTENCES[seedOf(seed, 'sentence', number) % SENTENCES.length] as string
    return { StartTime, EndTime, Text, ChannelId: 0, SpeechRate: 60 + (seedOf(seed, 'rate', number) % 120) }
  })
  return { Duration: String(milliseconds), AsrTextList }
}
