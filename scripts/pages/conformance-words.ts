/** The words of docs/conformance.md, in each of its languages. */

import type { Kind } from '../../conformance/cases/case.js'
import type { Choice } from '../../conformance/compare/choices.js'

/** What the page says beside its figures. */
export interface ConformanceWords {
  title: string
  /** The link to the same page in the other language. */
  other: string
  introduction: (cases: number, actions: number) => readonly string[]
  evidence: string
  kindColumns: readonly string[]
  kinds: Readonly<Record<Kind, string>>
  errors: string
  errorCounts: (all: number, provoked: number, fault: number, open: number) => string
  errorColumns: readonly string[]
  choices: string
  aboutChoices: readonly string[]
  choiceColumns: readonly string[]
  all: string
  holds: Readonly<Record<Choice['holds'], string>>
  unproven: string
  notProven: readonly string[]
  byAction: string
}

export const english: ConformanceWords = {
  title: 'Conformance',
  other: '[中文](zh/conformance.md)',
  introduction: (cases, actions) => [
    `How far the emulator is what the manuals and the interface files of the SDKs say. \`npm run conformance\` compares the catalogue with both, and runs ${cases} cases`,
    `over ${actions} Actions: what each must lead to comes from \`conformance/manual\`, \`conformance/structures\` and \`conformance/wire\`, facts that were written down apart from the code. A case`,
    'passes only on its very outcome: an answer that its schema and the wire know, or exactly this code, with this status, and a reason (`x-emulator-reason`) that names this parameter,',
    'and this member of the JSON in it; or none of its parameters, where it is the account, the caller or a quota that a refusal is about.',
    '`--action <text>` runs some of them. `conformance/baseline.json` holds what was reached; `npm run conformance` fails if there is less, and `--accept` writes it anew.',
    '`GET /_emulator/conformance` answers it. This page is written by `npm run docs`.',
  ],
  evidence: 'Evidence, by kind',
  kindColumns: ['kind', 'what it shows', 'passed', 'cases'],
  kinds: {
    example: "the manual's example succeeds, with both signatures and in both formats",
    optional: 'what need not be given may be left out, or be empty',
    boundary: 'a bound is kept at its very edge, and broken just beyond it',
    enum: 'each documented value is taken, and no other',
    negative: 'what is missing, or not of its type, is refused',
    member: 'the same of each member of the JSON in a parameter, by the structures of the manual, in each form that it can have',
    unchanged: 'a call that is refused changes nothing in the account',
    effect: 'a call that reads changes nothing, and any other that succeeds changes something',
    identifier:
      'however a thing may be called, it is the same thing: host names in capitals, numbers with a zero before them, lists that name it twice',
    echo: 'what is stored is read back, and an update leaves what it does not name',
    paging: 'a list is the same page by page as at once, in the order and of the time that is asked for',
    error: 'a situation leads to a documented error, and the reason names what it is about',
    throttle: 'as many calls as documented are let through, and not one more',
    job: 'a job is told to be what it is, in each of its statuses',
    client: 'the official SDKs call it and understand the answer: `@alicloud/pop-core` (signature 1.0), `@alicloud/openapi-client` (ACS3)',
  },
  errors: 'Documented errors',
  errorCounts: (all, provoked, fault, open) =>
    `Of ${all} rows in the error tables of Actions and services, ${provoked} are provoked by cases, ${fault} are reached by injected faults alone, and of ${open} nothing shows how they come about. Those that only a fault leads to:`,
  errorColumns: ['Action', 'code', 'why'],
  choices: 'Where manual and wire differ from the catalogue',
  aboutChoices: [
    'Every difference is known by its line in `conformance/differences.json`, and has been decided on. Where manual and wire disagree, the wire wins on shape, the manual on',
    'meaning; what is known of the services of today stands in [facts.md](facts.md).',
  ],
  choiceColumns: ['source', 'Actions', 'about', 'differences', 'holds', 'why'],
  all: 'all',
  holds: {
    manual: 'manual',
    wire: 'wire',
    sibling: 'other pages of the manual',
    observed: 'the service of today',
    own: "the emulator's own",
  },
  unproven: 'What is not proven',
  notProven: [
    'Nothing was compared with the real services: nobody who works on this has access to them. What is proven is that the emulator does what their documents say.',
    'Documents say little of the order of checks, of texts of errors beyond their examples, and of what becomes of parameters that they do not name.',
    'What events say, and when, is checked by the tests of events; pictures and streams by those of media.',
  ],
  byAction: 'Evidence, by Action',
}

export const chinese: ConformanceWords = {
  title: '符合性',
  other: '[English](../conformance.md)',
  introduction: (cases, actions) => [
    `模拟器在多大程度上符合手册和 SDK 接口文件。\`npm run conformance\` 将目录与二者比较，并对 ${actions} 个 Action 运行 ${cases} 个用例；预期结果来自 \`conformance/manual\`、\`conformance/structures\` 和 \`conformance/wire\`，`,
    '即独立于代码记录的事实。用例只有得到唯一的预期结果才算通过：符合输出结构和接口文件的应答，或者错误码、状态码完全一致，且原因（`x-emulator-reason`）指出该参数及其 JSON 中该成员的错误；如果拒绝的缘由是账号、调用者或配额，则不得指出任何参数。',
    '`--action <文本>` 只运行部分 Action。`conformance/baseline.json` 记录已达到的结果；结果变差时 `npm run conformance` 失败，`--accept` 重写该文件。',
    '`GET /_emulator/conformance` 返回这些数据。本页由 `npm run docs` 生成。',
  ],
  evidence: '按种类列出的证据',
  kindColumns: ['种类', '说明', '通过', '用例'],
  kinds: {
    example: '手册示例在两种签名、两种格式下均成功',
    optional: '可选参数可以省略，也可以为空',
    boundary: '边界值被接受，刚越过边界即被拒绝',
    enum: '文档中的每个取值都被接受，其他取值被拒绝',
    negative: '缺少的参数和类型错误的参数被拒绝',
    member: '参数内 JSON 的每个成员，按手册中的结构逐一检查，包括其每一种写法',
    unchanged: '被拒绝的调用不改变账号中的任何内容',
    effect: '读取类调用不改变任何内容，其他成功的调用必有所改变',
    identifier: '同一对象的不同写法得到相同应答：大写域名、前导零的数字、重复列出的 ID',
    echo: '写入的内容可以读回，更新不影响未指明的内容',
    paging: '逐页读取的列表与一次读取的列表相同，且按所要求的顺序与时间',
    error: '某种情形导致文档所列的错误，且原因指出与之有关的参数',
    throttle: '恰好允许文档所述的调用次数',
    job: '任务的每种状态都如实返回',
    client: '官方 SDK 能调用并读懂应答：`@alicloud/pop-core`（签名 1.0）、`@alicloud/openapi-client`（ACS3）',
  },
  errors: '文档所列的错误',
  errorCounts: (all, provoked, fault, open) =>
    `各 Action 与各服务的错误表共 ${all} 行：${provoked} 行由用例触发，${fault} 行只能由注入的故障触发，${open} 行尚无触发方法。只能由故障触发的有：`,
  errorColumns: ['Action', '错误码', '原因'],
  choices: '手册、接口文件与目录的差异',
  aboutChoices: [
    '每一处差异都列在 `conformance/differences.json` 中，并已作出取舍。手册与接口文件不一致时，结构以接口文件为准，含义以手册为准；线上服务的现状见 [facts.zh-CN.md](facts.md)。',
  ],
  choiceColumns: ['来源', 'Action', '对象', '差异数', '以何为准', '原因'],
  all: '全部',
  holds: { manual: '手册', wire: '接口文件', sibling: '手册其他页', observed: '线上服务', own: '模拟器自定' },
  unproven: '未经证明的部分',
  notProven: [
    '没有与真实服务对照：项目无法访问真实服务。所证明的是模拟器符合其文档。',
    '文档很少说明检查的顺序、示例之外的错误文本，以及未列出的参数如何处理。',
    '事件的内容和时机由事件的测试检查；图片和码流由媒体的测试检查。',
  ],
  byAction: '按 Action 列出的证据',
}
