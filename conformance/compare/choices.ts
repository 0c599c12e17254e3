/** Where manual, wire and catalogue differ, and whose word holds: every difference is one of these, and each of these is a difference that there is. */

import type { Action } from '../../src/index.js'
import type { Difference } from './difference.js'

/** A known difference, or several of one kind, and what was chosen. */
export interface Choice {
  source: Difference['source']
  /** Names of Actions; absent: all. */
  actions?: readonly string[]
  /** What it is about, as `Difference` has it. */
  what: RegExp
  /** Of which side something is missing; absent: both say something, or it is the same for either. */
  lacking?: 'said' | 'held'
  /** Whether it is about vision Actions whose result GetAsyncJobResult answers. */
  deferred?: true
  /** Whose word holds. `sibling`: what the manual says on other pages. */
  holds: 'manual' | 'wire' | 'sibling' | 'observed' | 'own'
  why: string
}

export const choices: readonly Choice[] = [
  {
    source: 'wire',
    what: /^response\.Data/,
    lacking: 'held',
    deferred: true,
    holds: 'manual',
    why: 'The Action is asynchronous: GetAsyncJobResult answers these fields.',
  },
  {
    source: 'wire',
    what: /^params\./,
    lacking: 'held',
    holds: 'manual',
    why: 'The interface knows parameters that the manual lacks. They are accepted and change nothing.',
  },
  {
    source: 'wire',
    what: /^response\./,
    lacking: 'held',
    holds: 'manual',
    why: 'The interface of today has fields that the manual lacks; all of its fields are optional.',
  },
  {
    source: 'wire',
    what: /^response\./,
    lacking: 'said',
    holds: 'manual',
    why: 'The manual documents the field; the interface of today lacks it.',
  },
  {
    source: 'wire',
    actions: ['CreateUploadAttachedMedia'],
    what: /^params\.(CateIds|FileSize)\.type$/,
    holds: 'manual',
    why: 'Text on the wire that holds whole numbers.',
  },
  {
    source: 'manual',
    actions: ['CreateUploadAttachedMedia'],
    what: /^params\.(CateIds|FileSize)\.type$/,
    holds: 'manual',
    why: 'Text on the wire that holds whole numbers.',
  },
  {
    source: 'manual',
    actions: ['MergeVideoFace'],
    what: /^params\.PostURL\./,
    holds: 'wire',
    why: 'Several official clients do not know the parameter, so that it cannot be mandatory.',
  },
  {
    source: 'wire',
    actions: ['MergeVideoFace'],
    what: /^params\.PostURL$/,
    lacking: 'said',
    holds: 'manual',
    why: 'Some clients know it.',
  },
  {
    source: 'wire',
    actions: ['GetPlayInfo'],
    what: /^params\.AuthInfo$/,
    lacking: 'said',
    holds: 'observed',
    why: 'The web player sends it.',
  },
  {
    source: 'manual',
    actions: ['AddVodDomain'],
    what: /^params\.(CdnType|Region|ResourceGroupId)$/,
    lacking: 'said',
    holds: 'sibling',
    why: 'The table of errors speaks of the parameter, which the Action hands on to AddCdnDomain of the CDN. It is checked as that does, and changes nothing.',
  },
  {
    source: 'wire',
    actions: ['AddVodDomain'],
    what: /^params\.(CdnType|Region|ResourceGroupId)$/,
    lacking: 'said',
    holds: 'manual',
    why: 'The table of errors speaks of the parameter; the interface of today lacks it.',
  },
  {
    source: 'manual',
    actions: ['DescribeVodAIData', 'DescribeVodStorageData', 'DescribeVodTranscodeData'],
    what: /^params\.OwnerId$/,
    lacking: 'said',
    holds: 'wire',
    why: 'The interface has it; it is the AliUid of which the table of errors speaks.',
  },
  {
    source: 'manual',
    actions: ['GetPlayInfo', 'CreateUploadImage', 'MakeSuperResolutionImage', 'ProduceEditingProjectVideo', 'DescribeVodDomainUsageData'],
    what: /^params\.\w+$/,
    lacking: 'said',
    holds: 'wire',
    why: 'Clients send the parameter; the interface, or another page of the manual, says what it means.',
  },
  {
    source: 'manual',
    actions: ['EnhanceImageColor'],
    what: /^params\.Mode\.enum$/,
    holds: 'observed',
    why: 'The service takes a third mode today.',
  },
  {
    source: 'manual',
    actions: ['AddVodTemplate', 'ListVodTemplate', 'GetVideoList', 'SearchMedia'],
    what: /^params\.(TemplateType|Status|SortBy)\.enum$/,
    holds: 'sibling',
    why: 'Other pages of the manual name more values.',
  },
  {
    source: 'manual',
    what: /\.min$/,
    lacking: 'said',
    holds: 'own',
    why: 'Pages, sizes, widths and times below it have no meaning, and the manual does not say what becomes of them.',
  },
  {
    source: 'manual',
    actions: ['ChangeVideoSize', 'DescribeVodDomainLog'],
    what: /\.max$/,
    lacking: 'said',
    holds: 'own',
    why: 'Beyond it the value has no meaning.',
  },
  {
    source: 'manual',
    actions: ['ConvertHdrVideo', 'EnhanceVideoQuality'],
    what: /^params\.MaxIlluminance\.(min|max)$/,
    lacking: 'held',
    holds: 'manual',
    why: 'The bound holds for HLG alone; the Action checks it.',
  },
  {
    source: 'manual',
    actions: ['EraseVideoLogo'],
    what: /^params\.Boxes\.N\.\w\.max$/,
    lacking: 'held',
    holds: 'manual',
    why: 'A box has to lie within the picture; the Action checks edge and width together.',
  },
  {
    source: 'manual',
    actions: ['ListSnapshots'],
    what: /^params\.AuthTimeout\.(min|max)$/,
    lacking: 'held',
    holds: 'manual',
    why: 'Less counts as the least, and the most holds for addresses of OSS alone.',
  },
  {
    source: 'manual',
    actions: ['SubmitTranscodeJobs'],
    what: /^params\.Priority\./,
    holds: 'manual',
    why: 'The whole numbers from 1 to 10, written as a list of choices.',
  },
  {
    source: 'manual',
    what: /\.default$/,
    holds: 'manual',
    why: 'What holds if the parameter is left out depends on others, or follows from the text of the page; the Action sees to it.',
  },
  {
    source: 'manual',
    what: /\.(maxItems|minItems)$/,
    lacking: 'said',
    holds: 'sibling',
    why: 'The bound follows from another bound of the page, or from its text.',
  },
  {
    source: 'manual',
    what: /^params\.(DomainName|MediaId)\.maxItems$/,
    lacking: 'held',
    holds: 'manual',
    why: 'One value and no list: of two, neither is found.',
  },
  {
    source: 'manual',
    what: /\.required$/,
    holds: 'wire',
    why: 'One page says both, or the interface has it the other way round; the text of the page, and what clients send, decide.',
  },
  {
    source: 'manual',
    actions: ['GenerateVideoCover', 'GenerateVideo'],
    what: /^params\.(IsGif|DurationAdaption)\.enum$/,
    lacking: 'held',
    holds: 'manual',
    why: 'A truth value: the choices are its type.',
  },
  {
    source: 'manual',
    actions: ['MakeSuperResolutionImage'],
    what: /^params\.UpscaleFactor\.enum$/,
    lacking: 'held',
    holds: 'manual',
    why: 'Whole numbers from 1 to 4, written as bounds.',
  },
  {
    source: 'manual',
    what: /\.enum$/,
    lacking: 'held',
    holds: 'manual',
    why: 'Choices that depend on others, or of which an unknown one is no mistake: it selects nothing, is left at the default, or is named in the answer.',
  },
  {
    source: 'manual',
    actions: ['AddEditingProject', 'CreateUploadAttachedMedia', 'SetMessageCallback', 'SubmitTranscodeJobs'],
    what: /\.enum$/,
    lacking: 'said',
    holds: 'sibling',
    why: 'The values are on other pages of the manual.',
  },
  {
    source: 'manual',
    actions: ['AddVodDomain'],
    what: /^params\.CheckUrl\.format$/,
    lacking: 'held',
    holds: 'manual',
    why: 'It may be written without a scheme; the Action checks its form.',
  },
  {
    source: 'manual',
    what: /^asynchronous$/,
    holds: 'own',
    why: 'Whether one Action starts one job, several, or a task of several is not what the manual counts as asynchronous.',
  },
  {
    source: 'manual',
    what: /^errors\..*\.message$/,
    holds: 'sibling',
    why: 'The page shows a filled-in example of the text, or a text that other pages have for another code.',
  },
  {
    source: 'manual',
    actions: ['DeleteVodSpecificConfig'],
    what: /^errors\.Invalid%s/,
    lacking: 'held',
    holds: 'manual',
    why: 'A placeholder: the parameter stands in it.',
  },
  {
    source: 'manual',
    what: /^errors\./,
    lacking: 'said',
    holds: 'sibling',
    why: 'Other pages of the manual document the code for the same situation.',
  },
]

/** A difference, and the choice that was made. */
export interface Chosen {
  difference: Difference
  choice: Choice
}

/** Differences by what was chosen: those that nobody has decided on, and choices that are about nothing, are mistakes. */
export function decide(
  differences: readonly Difference[],
  actions: readonly Action[],
): { chosen: Chosen[]; undecided: Difference[]; idle: Choice[] } {
  const deferred = new Set(actions.filter(({ service, job }) => service.name !== 'vod' && job !== undefined).map(({ id }) => id))
  const chosen: Chosen[] = []
  const undecided: Difference[] = []
  for (const difference of differences) {
    const choice = choices.find((each) => isAbout(each, difference, deferred))
    if (choice === undefined) undecided.push(difference)
    else chosen.push({ difference, choice })
  }
  const used = new Set(chosen.map(({ choice }) => choice))
  return { chosen, undecided, idle: choices.filter((each) => !used.has(each)) }
}

function isAbout({ source, actions, what, lacking, deferred: ofDeferred }: Choice, difference: Difference, deferred: Set<string>): boolean {
  const name = difference.action.split('.')[1] ?? ''
  return (
    source === difference.source &&
    (actions?.includes(name) ?? true) &&
    what.test(difference.what) &&
    (lacking === undefined || difference[lacking] === undefined) &&
    (!ofDeferred || deferred.has(difference.action))
  )
}
