/** Editing projects, created, changed, found and deleted. */

import { describe, expect, test } from 'vitest'
import { editingWorld, timelineOf } from './support.js'

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

test('a project is what was said of it, its timeline byte for byte', async () => {
  const { call, get } = editingWorld()
  const Timeline =
    '{ "VideoTracks" : [ {"VideoTrackClips":[{"MediaId":"a","In":"1.50","Own":{"深":null}}]} ],\n"TimelineIn":0, "Duration":null }'
  const { Project } = (
    await call('AddEditingProject', {
      Title: '剪辑',
      Description: 'words',
      Timeline,
      CoverURL: 'https://example.com/cover.png',
      Division: 'cn-beijing',
    })
  ).body
  const { ProjectId } = Project
  expect(Project).toEqual({
    ProjectId: expect.stringMatching(/^[0-9a-f]{32}$/),
    Title: '剪辑',
    Description: 'words',
    Status: 'Normal',
    CreationTime: expect.stringMatching(TIME),
    ModifiedTime: Project.CreationTime,
  })
  expect(await get(ProjectId)).toEqual({
    ...Project,
    Timeline,
    CoverURL: 'https://example.com/cover.png',
    RegionId: 'cn-beijing',
    StorageLocation: expect.stringMatching(/^outin-\w+\.oss-cn-shanghai\.aliyuncs\.com$/),
  })
})

test('a project without a timeline has an empty one, of no duration and without a cover', async () => {
  const { project, get, call } = editingWorld()
  const { Timeline, CoverURL, RegionId } = await get(await project())
  expect([JSON.parse(Timeline), CoverURL, RegionId]).toEqual([{ VideoTracks: [] }, undefined, 'cn-shanghai'])
  expect((await call('SearchEditingProject')).body.ProjectList.Project[0].Duration).toBe(0)
})

test('the cover of a project is that of its first medium, unless there is another', async () => {
  const { footage, image, project, get, call, video } = editingWorld({
    settings: { vod: { domains: [{ name: 'vod.example.com' }] }, limits: { enabled: false } },
  })
  const [first, picture] = [await footage(30), await image()]
  const { CoverURL } = await video(first)
  const ProjectId = await project({ Timeline: timelineOf({ MediaId: picture, Type: 'Image', Index: 1 }, { MediaId: first, Index: 0 }) })
  expect((await get(ProjectId)).CoverURL).toBe(CoverURL)
  await call('UpdateEditingProject', { ProjectId, Timeline: timelineOf({ MediaId: picture, Type: 'Image', Duration: 1 }) })
  expect((await get(ProjectId)).CoverURL).toMatch(/^http:\/\/vod\.example\.com\/image\/.*\.png$/)
  await call('UpdateEditingProject', { ProjectId, CoverURL: 'https://example.com/own.png' })
  expect((await get(ProjectId)).CoverURL).toBe('https://example.com/own.png')
})

test('what is not given stays, what is given changes, and so does the time of the change', async () => {
  const { project, get, call, advance } = editingWorld()
  const ProjectId = await project({ Description: 'before', Timeline: timelineOf({ MediaId: 'a' }) })
  const before = await get(ProjectId)
  await advance('1h')
  expect((await call('UpdateEditingProject', { ProjectId, Description: 'after' })).status).toBe(200)
  const { ModifiedTime, ...after } = await get(ProjectId)
  expect({ ...after, ModifiedTime: before.ModifiedTime }).toEqual({ ...before, Description: 'after' })
  expect(Date.parse(ModifiedTime) - Date.parse(before.ModifiedTime)).toBe(3_600_000)
})

test('projects are deleted, several at once; those that are missing count for nothing beside others', async () => {
  const { project, call, refusal } = editingWorld()
  const ids = [await project(), await project(), await project()]
  expect((await call('DeleteEditingProject', { ProjectIds: `${ids[0]}, none,${ids[1]}` })).status).toBe(200)
  const { Total, ProjectList } = (await call('SearchEditingProject')).body
  expect([Total, ProjectList.Project[0].ProjectId]).toEqual([1, ids[2]])
  expect((await refusal('DeleteEditingProject', { ProjectIds: `${ids[0]},none` })).code).toBe('InvalidEditingProject.NotFound')
  expect((await refusal('GetEditingProject', { ProjectId: ids[0] as string })).code).toBe('InvalidEditingProject.NotFound')
})

describe('SearchEditingProject', () => {
  /** Projects an hour apart: one, two, three. */
  async function library() {
    const world = editingWorld()
    const { project, advance, call } = world
    for (const Title of ['Holiday one', 'holiday two', 'Work']) {
      await project({ Title })
      await advance('1h')
    }
    const titles = async (params: Record<string, string | number>) => {
      const { Total, ProjectList } = (await call('SearchEditingProject', params)).body
      return [Total, ...ProjectList.Project.map(({ Title }: { Title: string }) => Title)]
    }
    return { ...world, titles }
  }

  test.each<[what: string, params: Record<string, string | number>, found: (string | number)[]]>([
    ['newest first', {}, [3, 'Work', 'holiday two', 'Holiday one']],
    ['oldest first', { SortBy: 'CreationTime:Asc' }, [3, 'Holiday one', 'holiday two', 'Work']],
    ['a part of the title, in any letter case', { Title: 'HOLI' }, [2, 'holiday two', 'Holiday one']],
    ['since an instant, which counts', { StartTime: '2026-01-01T01:00:00Z' }, [2, 'Work', 'holiday two']],
    ['until an instant, which counts', { EndTime: '2026-01-01T01:00:00Z' }, [2, 'holiday two', 'Holiday one']],
    ['between two', { StartTime: '2026-01-01T00:00:01Z', EndTime: '2026-01-01T01:59:59Z' }, [1, 'holiday two']],
    ['a page', { PageNo: 2, PageSize: 2 }, [3, 'Holiday one']],
    ['behind the last page', { PageNo: 9 }, [3]],
    ['by status', { Status: 'Produced,ProduceFailed' }, [0]],
    ['by several', { Status: 'Producing,Normal', PageSize: 1 }, [3, 'Work']],
  ])('%s', async (_what, params, found) => {
    expect(await (await library()).titles(params)).toEqual(found)
  })

  test('knows the states of productions', async () => {
    const { footage, project, produce, advance, titles, call } = await library()
    const ProjectId = await project({ Title: 'cut', Timeline: timelineOf({ MediaId: await footage(22.65) }) })
    await produce({ ProjectId })
    expect(await titles({ Status: 'Producing' })).toEqual([1, 'cut'])
    await advance('1m')
    expect(await titles({ Status: 'Produced' })).toEqual([1, 'cut'])
    const [found] = (await call('SearchEditingProject', { Status: 'Produced' })).body.ProjectList.Project
    expect(found).toMatchObject({ ProjectId, Duration: 22.65, RegionId: 'cn-shanghai' })
    expect(found).not.toHaveProperty('Timeline')
  })

  test('knows the duration of a timeline once its media are known', async () => {
    const { create, put, advance, project, call } = editingWorld()
    const ticket = await create()
    await project({ Timeline: timelineOf({ MediaId: ticket.VideoId }, { MediaId: 'unknown', In: 1, Out: 3 }) })
    const duration = async () => (await call('SearchEditingProject')).body.ProjectList.Project[0].Duration
    expect(await duration()).toBe(2)
    await put(ticket, Buffer.from('a film that nobody understands'))
    await advance('1m')
    expect(await duration()).toBe(12)
  })
})

test('others have their turn while long timelines are read again, of which not all was known', async () => {
  const { project, call } = editingWorld()
  for (let count = 0; count < 20; count++) await project({ Timeline: timelineOf({ MediaId: 'not uploaded yet' }) })
  let turns = 0
  const other = (): void => {
    turns++
    next = setImmediate(other)
  }
  let next = setImmediate(other)
  const { ProjectList } = (await call('SearchEditingProject', { PageSize: 20 })).body
  clearImmediate(next)
  expect(ProjectList.Project).toHaveLength(20)
  expect(turns).toBeGreaterThan(0)
})

test('projects are bounded, and the most of them short', async () => {
  const { project, refusal, account } = editingWorld({ settings: { vod: { maxMedia: 1001 }, limits: { enabled: false } } })
  const long = timelineOf({ MediaId: 'a', Title: 'x'.repeat(5000) })
  const ProjectId = await project({ Timeline: long })
  const { projectId: _, ...fields } = account.vod.editingProjects.get(ProjectId) as never as Record<string, unknown>
  for (let count = 1; count < 1000; count++) account.vod.editingProjects.put({ ...fields, projectId: `copy${count}` } as never)
  expect((await refusal('AddEditingProject', { Title: 'long', Timeline: long })).code).toBe('Forbidden')
  const short = await project()
  expect((await refusal('UpdateEditingProject', { ProjectId: short, Timeline: long })).code).toBe('Forbidden')
  expect((await refusal('UpdateEditingProject', { ProjectId, Timeline: long })).code).toBeUndefined()
  expect(await refusal('AddEditingProject', { Title: 'one too many' })).toMatchObject({ status: 403, code: 'Forbidden' })
})
