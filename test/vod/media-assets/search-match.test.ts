/** Match, as the search protocol of the manual has it: its examples, what each field of each kind of media takes, and what is refused. */

import { describe, expect, test } from 'vitest'
import { searchWorld } from './support.js'

describe('what a Match says', () => {
  const library = () => {
    const world = searchWorld()
    world.video('v1', { title: '测试影片 One', description: '描述', cateId: 10, tags: ['news', '体育'], status: 'Normal', size: 100 })
    world.video('v2', { title: '测试 Two', description: 'other', cateId: 20, status: 'Transcoding', size: 200 })
    world.video('v3', { title: 'It\'s (3), "quoted" \\ and more', status: 'Blocked', size: 300, facts: { duration: 12.5 } as never })
    world.video('v4', { title: 'AND', description: 'x', appId: 'app-2', status: 'UploadFail', createdAt: Date.UTC(2026, 0, 2) })
    return world
  }

  test.each<[match: string, found: string[]]>([
    // The examples of the manual and of the service's samples, with names of fields and values filled in.
    ['CateId = 10', ['v1']],
    ["Title = '测试'", ['v1', 'v2']],
    ["Title in ('One','Two')", ['v1', 'v2']],
    ["Status in ('Normal','Transcoding')", ['v1', 'v2']],
    ['Size = (100,300)', ['v2']],
    ["Size = ('100','300')", ['v2']],
    ["Size = ['100','300']", ['v1', 'v2', 'v3']],
    ["Title = '测试' and Description = '描述'", ['v1']],
    [" (Title='测试'  and Description = '描述') ", ['v1']],
    ["(Title = 'One' or Description = 'other')", ['v1', 'v2']],
    ["Title='one' AND Status='Normal'", ['v1']],
    ["Status in ('Normal','Checking') and CreationTime = ('2025-07-01T08:00:00Z','2026-01-01T08:00:00Z')", ['v1']],
    // Intervals.
    ['Size = [100,300)', ['v1', 'v2']],
    ['Size = (100,300]', ['v2', 'v3']],
    ['Size = [200,]', ['v2', 'v3']],
    ['Size = (200,)', ['v3']],
    ['Size = (,200)', ['v1']],
    ['Size = [,200]', ['v1', 'v2']],
    ['Size = [300,100]', []],
    ['Duration = [12.5,12.5]', ['v3']],
    ["CreationTime = ['2026-01-02T00:00:00Z','2026-01-02T00:00:00Z']", ['v4']],
    ["CreationTime = ('2026-01-02T00:00:00Z',)", []],
    // Texts.
    ['Title = "it\'s (3), \\"quoted\\" \\\\ and"', ['v3']],
    ["Title = 'It\\'s'", ['v3']],
    ["Title = 'and'", ['v3', 'v4']],
    ["Tags = '体育'", ['v1']],
    ["Tags = 'news,体育'", ['v1']],
    // Combinations.
    ["Status = 'Normal' and CateId = 10 and Title = 'two'", []],
    ["(CateId = 10 or CateId = 20 and Title = 'none')", ['v1']],
    ["(Status = 'Normal' or Status = 'Blocked') and (CateId = 10 or (Size = [300,] and Title = 'more'))", ['v1', 'v3']],
    ['((CateId = 10))', ['v1']],
    ["VideoId in ('v3','v1','none','v1')", ['v1', 'v3']],
    ["VideoId = 'v2' and Status = 'Transcoding'", ['v2']],
    ["VideoId = 'v2' and CateId = 10", []],
    ['CateId = 10 and CateId = 20', []],
    ["(VideoId = 'v2' or VideoId = 'v4')", ['v2', 'v4']],
    // What is not: of any kind.
    ["Status != 'Normal'", ['v2', 'v3', 'v4']],
    ["Status not in ('Normal', 'Blocked')", ['v2', 'v4']],
    ["Title != '测试'", ['v3', 'v4']],
    ['CateId != 10', ['v2', 'v3', 'v4']],
    ["VideoId NOT IN ('v1') And AppId = 'app-2'", ['v4']],
  ])('%s', async (match, found) => {
    expect(await library().match(match)).toEqual(found)
  })

  test.each<[match: string, at: string, reason: RegExp]>([
    ["Title = '😀' or", 'or', /^Match at character 13 \(or\)/],
    ['   ', 'end', /^Match at character 4 \(end\): .* where a field should be/],
    ['and', 'and', /character 1 .*"and" where a field should be/],
    ['= 1', '=', /character 1 .*"=" where a field should be/],
    ['Title', 'Title', /character 6 .*nothing more where "=", "!=", "in" or "not in" should be/],
    ['Title =', 'Title', /character 8 .*nothing more where a value should be/],
    ["Title = 'a", 'Title', /character 9 .*has no ' at its end/],
    ['Title = "a\\"', 'Title', /character 9 .*has no " at its end/],
    ["Title == 'a'", 'Title', /character 8 .*"=" where a value should be/],
    ["Title > 'a'", 'Title', /character 7 .*">" where/],
    ["Title ! 'a'", 'Title', /character 7 .*"!", which means nothing/],
    ["Title not 'a'", 'Title', /character 11 .*"a" where "in" should be/],
    ["Title in 'a'", 'Title', /character 10 .*"a" where "\(" should be/],
    ['Title in ()', 'Title', /character 11 .*"\)" where a value should be/],
    ["Title in ('a',)", 'Title', /character 15 .*"\)" where a value should be/],
    ["Title in ('a' 'b')", 'Title', /character 15 .*"b" where "," or "\)" should be/],
    ["Status = ('Normal')", 'Status', /character 19 .*where "," and the upper end of a range \(a list of values follows "in"\) should be/],
    ['Size = (,)', 'Size', /character 10 .*"\)" where a value should be/],
    ['Size = (1,2', 'Size', /character 12 .*nothing more where "\)" or "]" should be/],
    ["Title = 'a' Status = 'b'", 'Status', /character 13 .*"Status" where "and" or the end should be/],
    ["Title = 'a' and", 'end', /character 16 .*nothing more where a field should be/],
    ["Title = 'a' or Title = 'b'", 'or', /character 13 .*stand in brackets/],
    ["(Title = 'a' or Title = 'b'", 'end', /character 28 .*nothing more where "and", "or" or "\)" should be/],
    ["Title = 'a')", ')', /character 12 .*"\)" where "and" or the end should be/],
    ["Title=（'a'）", 'Title', /character 7 .*half-width/],
    ['Title = ‘a’', 'Title', /character 9 .*half-width/],
    ["Title＝'a'", 'Title', /character 6 .*half-width/],
    ['Title = film', 'Title', /character 9 .*quotation marks/],
    ['CreationTime = (2026-01-01T00:00:00Z,)', 'CreationTime', /character 17 .*quotation marks/],
    ['('.repeat(21), '(', /character 21 .*more than 20 brackets/],
    [`(${Array.from({ length: 201 }, () => 'Size=[1,]').join(' or ')})`, 'Size', /more than 200 values/],
  ])('%s is no Match', async (Match, at, reason) => {
    const { status, code, message, reason: told } = await library().search({ Match })
    expect([status, code, message]).toEqual([400, 'ErrorMatchSyntax', `The parameter Match.${at} has an error syntax, please check it.`])
    expect(told).toMatch(reason)
  })

  test.each<[match: string, reason: RegExp]>([
    ["Titel = 'a'", /^Match at character 1 \(Titel\): .*no such field; did you mean "Title"\?/],
    ["Title = '😀测试' and Titel = 'a'", /^Match at character 19 \(Titel\)/],
    ["Title = 'a' and AudioId = 'b'", /character 17 \(AudioId\): .*SearchType video knows no such field/],
    ["constructor = 'a'", /no such field/],
    ["CateName = 'a'", /\(CateName\): this field can be answered, and not searched for/],
    ['Size = 1', /\(Size\): .*as in Size = \(from,to\)/],
    ['Size in (1,2)', /as in Size = \(from,to\)/],
    ['CateId in (1,2)', /\(CateId\): .*as in CateId = 'value'/],
    ["Title = ('a','b')", /as in Title = 'part of a value', Title in \('value1','value2'\)/],
    ['CateId = ten', /character 10 \(CateId\): "ten" is not a whole number/],
    ['CateId = 1.5', /"1.5" is not a whole number/],
    ['Size = (1,many)', /character 11 \(Size\): "many" is not a whole number/],
    ['Duration = (1e3,)', /"1e3" is not a number/],
    ["CreationTime = ('2026-02-30T00:00:00Z',)", /"2026-02-30T00:00:00Z" is not a UTC time/],
    ["Title = ''", /\(Title\): the value is empty/],
    [`VideoId in (${Array.from({ length: 101 }, (_, n) => `'${n}'`)})`, /\(VideoId\): a list has at most 100 values, and this one has 101/],
  ])('%s is more than the protocol allows', async (Match, reason) => {
    const { status, code, reason: told } = await library().search({ Match })
    expect([status, code]).toEqual([400, 'InvalidParameter'])
    expect(told).toMatch(reason)
  })

  test('of one VideoId in a list there may be a hundred', async () => {
    expect(await library().match(`VideoId in (${Array.from({ length: 100 }, (_, n) => `'v${n}'`)})`)).toEqual(['v1', 'v2', 'v3', 'v4'])
  })

  test('a Match is as long as 8192 characters', async () => {
    const { search } = library()
    const Match = `Title = '${'a'.repeat(8192 - 10)}'`
    expect([(await search({ Match })).total, (await search({ Match: `${Match} ` })).code]).toEqual([0, 'InvalidParameter'])
  })
})

/** The tables of the manual: r is returned, e exact, f fuzzy, m multiple, g range, s sorted by. */
const tables = {
  video: `
    VideoId re-m--  AppId r--m--  CateId re----  CateName r-----  StorageLocation re-m--  Title r-fm--  Tags r-fm--  Description r-fm--
    Status r--m--  MediaSource r--m--  PreprocessStatus r--m--  Size r---g-  Duration r---g-  CreationTime r---gs  ModificationTime r---gs
    CoverURL r-----  Snapshots r-----  SpriteSnapshots r-----  DownloadSwitch r-----  TranscodeMode r-----`,
  audio: `
    AudioId re----  AppId r--m--  CateId re----  CateName r-----  StorageLocation r--m--  Title r-fm--  Tags r-fm--  Description r-fm--
    Status r--m--  MediaSource r--m--  PreprocessStatus r--m--  Size r---g-  Duration r---g-  CreationTime r---gs  ModificationTime r---gs
    CoverURL r-----  Snapshots r-----  SpriteSnapshots r-----  DownloadSwitch r-----  TranscodeMode r-----`,
  image: `
    ImageId re----  AppId r--m--  CateId re----  CateName r-----  StorageLocation re-m--  FileName r-fm--  Title r-fm--  Tags r-fm--
    Description r-fm--  Status r--m--  CreationTime r---gs  ModificationTime r---gs  URL r-----`,
  attached: `
    MediaId re----  AppId r--m--  CateId -e----  Categories r-----  StorageLocation re-m--  FileName r-fm--  Title r-fm--  Tags r-fm--
    Description r-fm--  Status r--m--  CreationTime r---gs  ModificationTime r---gs  URL r-----  BusinessType re----`,
}

/** What the medium of the tests has: a value of each field, and a part of it. */
const values: Record<string, [value: string, part: string]> = {
  VideoId: ["'medium'", "'medi'"],
  AudioId: ["'medium'", "'medi'"],
  ImageId: ["'medium'", "'medi'"],
  MediaId: ["'medium'", "'medi'"],
  AppId: ["'app-77'", "'app'"],
  CateId: ['1234', '12'],
  StorageLocation: ["'library.oss-cn-shanghai.aliyuncs.com'", "'library'"],
  FileName: ["'medium.png'", "'DIUM'"],
  Title: ["'A film 影片'", "'影'"],
  Tags: ["'one,two'", "'two'"],
  Description: ["'about it'", "'ABOUT'"],
  Status: ["'Normal'", "'Norm'"],
  MediaSource: ["'general'", "'gen'"],
  PreprocessStatus: ["'UnPreprocess'", "'Un'"],
  Size: ['500', '5'],
  Duration: ['12.5', '12'],
  CreationTime: ["'2026-01-01T00:00:00Z'", "'2026-01-01'"],
  ModificationTime: ["'2026-01-01T00:00:00Z'", "'2026-01-01'"],
  BusinessType: ["'watermark'", "'water'"],
}

const rows = Object.entries(tables).flatMap(([type, table]) =>
  [...table.matchAll(/(\w+) ([-refmgs]{6})/g)].map(([, field = '', cells = '']) => [type, field, cells] as const),
)

describe('every field and every way to ask for it', () => {
  function world(type: string) {
    const made = searchWorld()
    const fields = { title: 'A film 影片', tags: ['one', 'two'], description: 'about it', appId: 'app-77' }
    if (type === 'image') made.image('medium', { ...fields, cateId: 1234 })
    else if (type === 'attached') made.attached('medium', { ...fields, cateIds: [1234, 5678] })
    else {
      const mediaType = type as 'video' | 'audio'
      made.video('medium', { ...fields, cateId: 1234, size: 500, facts: { duration: 12.5 } as never, mediaType })
    }
    return made
  }

  test.each(rows)('%s: %s is %s', async (SearchType, field, cells) => {
    const { search } = world(SearchType)
    const may = (letter: string): boolean => cells.includes(letter)
    const [value, part] = values[field] ?? ["'x'", "'x'"]
    const ask = async (params: Record<string, string>): Promise<unknown> => {
      const { code, total } = await search({ SearchType, ...params })
      return code ?? total
    }
    const refused = 'InvalidParameter'
    expect({
      returned: await ask({ Fields: field }),
      whole: await ask({ Match: `${field} = ${value}` }),
      part: await ask({ Match: `${field} = ${part}` }),
      list: await ask({ Match: `${field} in (${value}, ${value})` }),
      listOfParts: await ask({ Match: `${field} in (${part}, ${part})` }),
      range: await ask({ Match: `${field} = [${value}, ${value}]` }),
      sorted: await ask({ SortBy: `${field}:Asc` }),
    }).toEqual({
      returned: may('r') ? 1 : refused,
      // The manual has no cell for one value of those of which there may be several, and its samples ask so.
      whole: may('e') || may('f') || may('m') ? 1 : refused,
      part: may('f') ? 1 : may('e') || may('m') ? 0 : refused,
      list: may('m') ? 1 : refused,
      listOfParts: may('f') ? 1 : may('m') ? 0 : refused,
      range: may('g') ? 1 : refused,
      sorted: may('s') ? 1 : refused,
    })
  })
})
