/** Jobs that fall due in large numbers. */

import { atMost, type Figure } from '../figure.js'
import { quartiles } from '../statistics.js'
import { measureTranscoding } from '../transcoding.js'
import { measureVisionJobs } from '../vision.js'

const milliseconds = (en: string, zh: string, figures: readonly number[], aim = {}): Figure => ({
  what: { en, zh },
  values: figures.length === 1 ? figures : [quartiles(figures)],
  unit: 'ms',
  ...aim,
})

const MEANWHILE = { en: 'a call of another account meanwhile, the longest wait', zh: '其间另一账号的调用，最长等待' }

/** Vision jobs, and transcoding jobs, each of which is many times the work: it makes a stream, and changes its video. */
export async function jobFigures(quick: boolean): Promise<Figure[]> {
  const vision = await measureVisionJobs(quick ? 3 : 7)
  const transcoding = await measureTranscoding(quick ? 1 : 5)
  return [
    milliseconds('10,000 vision jobs due in one advance', '10,000 个视觉任务在一次推进中到期', vision.atOnce, atMost(1000)),
    milliseconds(`10,000 vision jobs: ${MEANWHILE.en}`, `10,000 个视觉任务：${MEANWHILE.zh}`, vision.longestWait, atMost(50)),
    milliseconds('1,000 transcoding jobs, ten at a time', '1,000 个转码任务，每次十个', transcoding.inLine),
    milliseconds('1,000 transcoding jobs of one video at once', '同一视频的 1,000 个转码任务同时到期', transcoding.ofOneVideo),
    milliseconds('10,000 transcoding jobs at once', '10,000 个转码任务同时到期', transcoding.atOnce),
    milliseconds(`10,000 transcoding jobs: ${MEANWHILE.en}`, `10,000 个转码任务：${MEANWHILE.zh}`, transcoding.longestWait, atMost(50)),
  ]
}
