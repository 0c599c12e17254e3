/** What a timeline must be like. */

import { describe, expect, test } from 'vitest'
import { editingWorld, timelineOf } from './support.js'

const clip = (members: object) => timelineOf({ MediaId: 'a', ...members })
const effect = (members: object) => clip({ Width: 640, Height: 360, Effects: [{ Type: 'Text', ...members }] })
const CLIP = 'at VideoTracks.0.VideoTrackClips.0'
const EFFECT = `${CLIP}.Effects.0`
const EXTENT = 'is neither a whole number of pixels from 8 to 4096 nor a fraction between 0 and 1'

describe('a timeline is refused, with the member at fault', () => {
  test.each<[timeline: string, reason: string]>([
    ['{"VideoTracks"', 'is not JSON'],
    ['[]', 'at its root: is not an object'],
    ['{"VideoTracks":{}}', 'at VideoTracks: Invalid input: expected array, received object'],
    ['{"VideoTracks":[null]}', 'at VideoTracks.0: is not an object'],
    ['{"VideoTracks":[{"Count":1.5}]}', 'at VideoTracks.0.Count: is 1.5, and not a whole number'],
    ['{"VideoTracks":[{"VideoTrackClips":[7]}]}', `${CLIP}: is not an object`],
    [`{"VideoTracks":[${'{},'.repeat(10)}{}]}`, 'at VideoTracks: has more than 10 elements'],
    [timelineOf(...Array(501).fill({})), 'at VideoTracks.0.VideoTrackClips: has more than 500 elements'],
    [clip({ Width: 1, Height: 1, Effects: Array(21).fill({}) }), `${CLIP}.Effects: has more than 20 elements`],
    ['{"Duration":"long"}', 'at Duration: is not a number'],
    ['{"CurrentPosition":-1}', 'at CurrentPosition: is -1, less than 0'],
    ['{"Id":{}}', 'at Id: is not text'],
    [timelineOf({}), `${CLIP}.MediaId: is not given`],
    [timelineOf({ MediaId: null, VideoId: '' }), `${CLIP}.MediaId: is not given`],
    [timelineOf({ MediaId: 'a' }, { MediaId: 'a', Out: 'x' }), 'at VideoTracks.0.VideoTrackClips.1.Out: is not a number'],
    [timelineOf({ MediaId: 'a', Id: 1 }, { MediaId: 'b', Id: '1' }), 'at VideoTracks.0.VideoTrackClips.1.Id: is that of another clip: "1"'],
    [clip({ Type: 'Audio' }), `${CLIP}.Type: is none of Video, Image`],
    [clip({ Index: -1 }), `${CLIP}.Index: is -1, less than 0`],
    [clip({ In: -0.5 }), `${CLIP}.In: is -0.5, less than 0`],
    ['{"VideoTracks":[{"VideoTrackClips":[{"MediaId":"a","Out":1e999}]}]}', `${CLIP}.Out: is not a number`],
    [clip({ Out: '1e999' }), `${CLIP}.Out: is Infinity, more than 31622400`],
    [clip({ In: 5, Out: 5 }), `${CLIP}.Out: is not later than In`],
    [clip({ TimelineIn: 2, TimelineOut: 1 }), `${CLIP}.TimelineOut: is not later than TimelineIn`],
    [clip({ CutFlag: 'perhaps' }), `${CLIP}.CutFlag: is neither true nor false`],
    [clip({ Width: 0 }), `${CLIP}.Width: is 0, less than 1`],
    [clip({ Effects: [{ Type: 'Text' }] }), `${CLIP}.Width: is not given, and effects need it`],
    [clip({ Width: 1, Effects: [{ Type: 'Text' }] }), `${CLIP}.Height: is not given, and effects need it`],
    [effect({ Type: 'Fade' }), `${EFFECT}.Type: is none of Text, DeWatermark`],
    [effect({ Type: 'DeWatermark', SubType: 'Blur' }), `${EFFECT}.SubType: is not Delogo_Blur, which is the one of DeWatermark`],
    [effect({ X: 7 }), `${EFFECT}.X: ${EXTENT}`],
    [effect({ Y: '4097' }), `${EFFECT}.Y: ${EXTENT}`],
    [effect({ Width: 1.5 }), `${EFFECT}.Width: ${EXTENT}`],
    [effect({ Height: 0 }), `${EFFECT}.Height: ${EXTENT}`],
    [effect({ Font: 'Arial' }), `${EFFECT}.Font: is none of SimSun`],
    [effect({ FontColor: 'white' }), `${EFFECT}.FontColor: is not a colour such as #ffffff`],
    [effect({ FontColorOpacity: 1.1 }), `${EFFECT}.FontColorOpacity: is 1.1, more than 1`],
    [effect({ FontFace: { Bold: 1 } }), `${EFFECT}.FontFace.Bold: is neither true nor false`],
  ])('%s', async (Timeline, reason) => {
    const { refusal, call } = editingWorld()
    const refused = await refusal('AddEditingProject', { Title: 'cut', Timeline })
    expect([refused.status, refused.code, decodeURIComponent(refused.reason ?? '')]).toEqual([
      400,
      'InvalidParameter',
      `Timeline ${reason}`,
    ])
    expect((await call('SearchEditingProject')).body.Total).toBe(0)
  })
})

test('everything that the manual has is taken, as numbers and as text, and what it has not, too', async () => {
  const { project, get } = editingWorld()
  const effects = [
    { Type: 'Text', Name: 'banner', In: 0, Out: 1, TimelineIn: '0', TimelineOut: '1', X: 8, Y: '0.9999', Width: '4096', Height: 0.5 },
    { Type: 'DeWatermark', SubType: 'Delogo_Blur', X: '0.1', Y: null, FEWidth: 640.5, FEHeight: '360' },
    {
      Type: 'Text',
      Font: 'SimSun',
      FontFace: { Bold: true, Italic: 'False', Underline: null },
      FontColor: '#FFffff',
      FontSize: '12',
      FontColorOpacity: 0,
      Content: '标题',
      Own: {},
    },
  ]
  const clips = [
    {
      Id: 7,
      VideoId: 'a',
      Type: 'Video',
      Title: 'clip',
      Index: '0',
      CutFlag: 'true',
      TextFlag: false,
      DeWatermarkFlag: 'FALSE',
      URL: 'https://example.com/a.mp4',
      CoverURL: '',
      SpriteURLs: 'https://example.com/1.jpg,https://example.com/2.jpg',
      Width: '640',
      Height: 360,
      Fps: 25,
      Bitrate: '400.5',
      In: '0.0001',
      Out: 2,
      Duration: 1.9999,
      VirginDuration: 10,
      TimelineIn: 0,
      TimelineOut: 1.9999,
      Effects: effects,
    },
    { MediaId: 'b', Type: 'Image', Effects: [] },
  ]
  const Timeline = JSON.stringify({
    Id: 'x',
    Title: 't',
    CreationTime: '2017-01-11T12:00:00Z',
    ModifiedTime: null,
    Duration: '12.5',
    CurrentRuler: 1.5,
    CurrentPosition: 0,
    VideoTracks: [{ Count: '2', Duration: '12.5', VideoTrackClips: clips }, { VideoTrackClips: null }],
    AudioTracks: [{ AudioTrackClips: [{ MediaId: 'c' }] }],
  })
  expect((await get(await project({ Timeline }))).Timeline).toBe(Timeline)
})

test('a timeline has at most 65,536 characters', async () => {
  const { refusal } = editingWorld()
  const frame = timelineOf({ MediaId: 'a', Title: '' }).length
  const ofLength = (length: number) => timelineOf({ MediaId: 'a', Title: 'x'.repeat(length - frame) })
  expect((await refusal('AddEditingProject', { Title: 'cut', Timeline: ofLength(65_536) })).code).toBeUndefined()
  expect(await refusal('AddEditingProject', { Title: 'cut', Timeline: ofLength(65_537) })).toMatchObject({
    code: 'InvalidParameter',
    reason: 'Timeline has more than 65536 characters; this is a limit of the emulator, not of the service',
  })
})
