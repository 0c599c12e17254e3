/** What is in the library of the world `demo`. */

/** Categories by name; what is behind a slash is below. */
export const CATEGORIES = ['新闻', '教程', '教程/入门', '教程/进阶', '综艺', '音乐', '图片'] as const

/** One of {@link CATEGORIES}. */
export type Category = (typeof CATEGORIES)[number]

/** What the samples are, by their extensions. */
export const PROBED = {
  mp4: { size: 28_293, duration: 2, bitrate: 68.484, sound: 32.336, channels: 1 },
  mov: { size: 28_348, duration: 2, bitrate: 68.484, sound: 32.336, channels: 1 },
  flv: { size: 28_202, duration: 2.1, bitrate: 66.879, sound: 31.578, channels: 2 },
} as const

/** `mp4`, `mov` or `flv`. */
export type Container = keyof typeof PROBED

/** The sample of sound. */
export const MP3 = { size: 8457, duration: 2.063 }

/** What becomes of a video or audio: of those that are Normal, how they are played. */
export type Fate =
  | { status: 'Normal'; played: 'transcoded' | 'source' | 'encrypted' }
  | { status: 'Uploading' | 'UploadFail' | 'UploadSucc' | 'Transcoding' | 'TranscodeFail' | 'Checking' | 'Blocked' | 'ProduceFail' }

const transcoded: Fate = { status: 'Normal', played: 'transcoded' }
const fromSource: Fate = { status: 'Normal', played: 'source' }
const encrypted: Fate = { status: 'Normal', played: 'encrypted' }

/** Title, category, tags, days ago, and what became of it. */
export type Row = readonly [title: string, category: Category | undefined, tags: string, days: number, fate: Fate, container?: Container]

export const VIDEOS: readonly Row[] = [
  ['2024 年度回顾', '新闻', '新闻,年度', 400, transcoded],
  ['Harbour opening, raw cut', '新闻', 'news,raw', 365, fromSource, 'flv'],
  ['剪辑入门 第一课：素材整理', '教程/入门', '教程,剪辑', 210, transcoded],
  ['剪辑入门 第二课：时间线', '教程/入门', '教程,剪辑', 203, transcoded],
  ['剪辑入门 第三课：转场', '教程/入门', '教程,剪辑', 196, transcoded],
  ['Colour grading for beginners', '教程/入门', 'tutorial,colour', 180, transcoded, 'mov'],
  ['进阶：多机位剪辑', '教程/进阶', '教程,多机位', 150, encrypted],
  ['进阶：调色与 LUT', '教程/进阶', '教程,调色', 143, encrypted],
  ['Advanced audio mixing', '教程/进阶', 'tutorial,audio', 120, transcoded],
  ['周末综艺 EP01', '综艺', '综艺,第一季', 98, transcoded],
  ['周末综艺 EP02', '综艺', '综艺,第一季', 91, transcoded],
  ['周末综艺 EP03', '综艺', '综艺,第一季', 84, transcoded],
  ['周末综艺 EP04（未过审）', '综艺', '综艺,第一季', 77, { status: 'Blocked' }],
  ['周末综艺 EP05', '综艺', '综艺,第一季', 70, transcoded],
  ['Backstage: the making of EP05', '综艺', 'backstage', 69, fromSource],
  ['早间新闻 3月1日', '新闻', '新闻,早间', 30, transcoded],
  ['早间新闻 3月2日', '新闻', '新闻,早间', 29, transcoded],
  ['早间新闻 3月3日', '新闻', '新闻,早间', 28, transcoded],
  ['Interview with the mayor', '新闻', 'news,interview', 27, transcoded],
  ['天气预报片头', '新闻', '片头', 26, fromSource],
  ['City marathon, finish line', '新闻', 'news,sports', 21, transcoded],
  ['手机竖屏短片：街头美食', undefined, '短片,竖屏', 20, transcoded],
  ['Old tape, cannot be decoded', undefined, 'archive', 19, { status: 'TranscodeFail' }],
  ['损坏的上传文件', undefined, '', 18, { status: 'TranscodeFail' }],
  ['演唱会现场 完整版', '音乐', '音乐,现场', 14, transcoded],
  ['MV：夏天', '音乐', '音乐,MV', 13, transcoded],
  ['MV：秋天', '音乐', '音乐,MV', 12, encrypted],
  ['Copyright claim pending', '音乐', 'music', 11, { status: 'Blocked' }],
  ['发布会直播回看', '新闻', '直播', 7, { status: 'Checking' }],
  ['Trailer, summer season', '综艺', 'trailer', 5, transcoded],
  ['合成失败的预告片', '综艺', '预告', 4, { status: 'ProduceFail' }],
  ['被取消的上传', undefined, '', 3, { status: 'UploadFail' }],
  ['Upload given up', undefined, '', 2, { status: 'UploadFail' }],
  ['晚间新闻 今天', '新闻', '新闻,晚间', 0.2, { status: 'Transcoding' }],
  ['Drone footage, river', '新闻', 'drone', 0.15, { status: 'Transcoding' }],
  ['刚刚上传的素材', undefined, '', 0.1, { status: 'UploadSucc' }],
  ['正在上传：访谈 A 机位', undefined, '访谈', 0.05, { status: 'Uploading' }],
  ['正在上传：访谈 B 机位', undefined, '访谈', 0.04, { status: 'Uploading' }],
]

export const AUDIOS: readonly Row[] = [
  ['播客 第 1 期', '音乐', '播客', 60, transcoded],
  ['播客 第 2 期', '音乐', '播客', 53, transcoded],
  ['Jingle, four bars', '音乐', 'jingle', 50, transcoded],
  ['背景音乐：轻快', '音乐', '配乐', 45, transcoded],
  ['背景音乐：舒缓', '音乐', '配乐', 44, transcoded],
  ['Voice-over, take 3', undefined, 'voice', 10, transcoded],
  ['损坏的录音', undefined, '', 9, { status: 'TranscodeFail' }],
  ['正在上传：播客 第 3 期', '音乐', '播客', 0.03, { status: 'Uploading' }],
]

/** Title, type, days ago, and what became of it. */
export const IMAGES = [
  ['台标', 'default', 410, 'Normal'],
  ['演播室全景', 'default', 300, 'Normal'],
  ['City skyline', 'default', 220, 'Normal'],
  ['综艺海报 EP01', 'cover', 98, 'Normal'],
  ['综艺海报 EP02', 'cover', 91, 'Normal'],
  ['Marathon poster', 'cover', 21, 'Normal'],
  ['夏天 单曲封面', 'cover', 13, 'Normal'],
  ['上传失败的截图', 'default', 6, 'UploadFail'],
  ['正在上传的海报', 'cover', 0.02, 'Uploading'],
] as const

/** Title, purpose, name of the file, days ago. */
export const ATTACHED = [
  ['角标水印', 'watermark', 'corner.png', 400],
  ['Station logo', 'watermark', 'logo.png', 390],
  ['剪辑入门 第一课 字幕', 'subtitle', 'lesson-1.vtt', 209],
  ['Interview, English subtitles', 'subtitle', 'interview.srt', 26],
  ['片头动画', 'material', 'opening.mp4', 200],
  ['贴图：烟花', 'material', 'fireworks.png', 120],
] as const
