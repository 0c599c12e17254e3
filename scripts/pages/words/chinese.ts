/** Generated pages in Chinese (简体中文), in the terms of Alibaba Cloud's own documentation. */

import { actionNames } from './chinese-actions.js'
import { patterns, sentences } from './chinese-sentences.js'
import type { Words } from './words.js'

/** A sentence that has no translation stays English; a test names it. */
function sentence(text: string): string {
  const [pattern, translation] = patterns.find(([each]) => each.test(text)) ?? []
  return sentences[text] ?? (pattern === undefined || translation === undefined ? text : text.replace(pattern, translation))
}

const units = { characters: '个字符', bytes: '字节' } as const
const periods: Readonly<Record<string, string>> = { second: '秒', minute: '分钟', day: '天' }

export const chinese: Words = {
  folder: 'docs/zh',
  yes: '是',
  no: '否',
  sentence,
  summary: ({ service, action, summary }) => actionNames[`${service}.${action}`] ?? summary,
  actions: {
    title: '接口',
    introduction: [
      '按服务列出的全部接口（Action）。每个接口单独一页，给出请求参数及其限制、调用示例与返回示例、错误码；同一服务所有接口共有的错误码列在本页。',
      '`GET /_emulator/actions` 以数据形式返回同样的内容。错误信息中的 `{param}` 代表参数名。本页由 `npm run docs` 根据接口定义生成，请勿手工修改。',
    ],
    service: (version, host, count) => `版本 ${version}，域名 \`${host}\`，共 ${count} 个接口。`,
    columns: ['接口', '功能', '方式', '调用频率限制'],
    sharedErrors: '所有接口共有的错误码：',
  },
  action: {
    otherLanguage: 'English',
    allActions: '全部接口',
    columns: ['服务', '版本', '域名', '方式', '调用频率限制', '出处'],
    manual: (product, chapter) => `${product} 手册 ${chapter}`,
    modes: { synchronous: '同步', asynchronous: '异步' },
    limit: ({ limit, per }) => `每${periods[per] ?? per} ${limit} 次`,
    unlimited: '文档未规定',
    accepts: (names) => `手册未列出、但官方客户端会发送的参数（接受，不起作用）：${names.join('、')}。`,
    facts: (link) => `关于此接口，手册与线上服务[有差异](${link})。`,
    parameters: '请求参数',
    noParameters: '无。',
    parameterColumns: ['参数', '类型', '必填', '默认值', '限制'],
    example: '示例',
    given: (states) => `前提（provider state）为 ${states.join('、')}：`,
    answer: '返回：',
    errors: '错误码',
    sharedErrors: (service, link, own) =>
      own ? `除 [${service} 所有接口共有的错误码](${link})外，还有：` : `[${service} 所有接口共有的错误码](${link})。`,
    errorColumns: ['HTTP 状态码', '错误码', '错误信息', '触发方式'],
    provokedBy: { state: '实际情况', fault: '仅能由故障触发' },
    colon: '：',
  },
  limits: {
    oneOf: (choices, ofEach) => `${ofEach ? '每项' : ''}取值：${choices.join('、')}`,
    atLeast: (value) => `不小于 ${value}`,
    atMost: (value) => `不大于 ${value}`,
    length: (bound, value, unit, ofEach) => `${ofEach ? '每项' : ''}${bound === 'min' ? '至少' : '最多'} ${value} ${units[unit]}`,
    maxItems: (count) => `最多 ${count} 项`,
    separatedBy: (separator) => `以 "${separator}" 分隔`,
    formats: { url: 'URL', 'date-time': 'UTC 时间', json: 'JSON' },
    ownLimit: '模拟器自身的限制',
    comma: '，',
  },
  control: {
    introduction: [
      '# 控制接口',
      '',
      '[English](../control.md)',
      '',
      '本页由 `npm run docs` 根据 `src/control` 中的声明生成，请勿手工修改。',
      '',
      '测试对模拟器自身的控制都通过 `/_emulator` 下的接口进行，收发 JSON。`GET /_emulator` 列出全部调用，在浏览器中显示为网页；`GET /_emulator/control.json` 是完整的 OpenAPI 3.1 文档，可由工具生成其他语言的客户端。TypeScript 可使用 [`createControl`](client.md#控制接口)，其中的 `call` 以本页的名称调用任意路由。',
      '',
      '- **针对哪个账号。** 调用针对拥有密钥 `?accessKeyId=` 的账号，缺省为默认账号。',
      '- **请求有误**时返回 400 与 `{"error": "…"}`，其中指明参数；此时没有任何变化。未声明的内容同样被拒绝：拼错的参数不会被悄悄忽略。',
      '- **列表**可以分页获取：先用 `?limit=100`，再用 `?limit=100&after=` 加上一页的最后一项；`?order=desc` 从末尾开始。响应头 `x-total-count` 是总项数，`link` 指向下一页。',
      '- **谁可以使用**：见 [configuration.md](configuration.md#谁可以使用控制接口)。',
    ],
    sent: ['名称', '位置', '类型', '含义'],
    places: { path: '路径', query: '查询参数', body: '请求体' },
    required: '必填。',
    paged: (by) => `可以分页，依据为 \`${by}\`。`,
    answers: (status, what) => `返回 ${status}：${what}。`,
    otherAnswer: (type, what) => `\`${type}\`（${what}）`,
    eachEvent: (type) => `每个事件为一个 ${type}`,
    example: '示例：',
    noAccount: '不针对任何账号。',
    named: '应答的内容',
    member: ['成员', '类型', '含义'],
    listOf: (type) => `${type} 的列表`,
    orListOf: (type) => `${type}，或其列表`,
    any: '任意',
    or: ' 或 ',
    comma: '、',
    semicolon: '；',
    stop: '。',
    space: '',
  },
  events: {
    columns: ['事件', 'EventTypeList 中的名称', '触发时机', '模拟器中会触发它的接口'],
    noAction: '暂无接口触发：使用 `POST /_emulator/events`',
  },
  facts: { columns: ['差异', '手册', '线上', '来源', '时间'] },
  jobs: { columns: ['任务类型', '阶段', '总时限', '尝试次数', '故障可据以匹配的字段'], itsParameters: '接口的请求参数' },
  magic: {
    keys: ['AccessKey', '视频点播', 'imageenhan', 'videoenhan、videorecog、videoseg', 'OSS'],
    files: ['文件名', 'MakeSuperResolutionImage（扩展名为 `.jpg`）', 'SuperResolveVideo', 'UploadMediaByURL', 'CreateUploadVideo'],
    objects: ['对象名', 'HTTP 状态码'],
  },
  scenarios: { columns: ['场景', '客户端看到的现象', '参数'] },
  states: { columns: ['状态', '含义', '参数', '提供'] },
}
