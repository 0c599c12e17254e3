/** States of editing projects. */

import { z } from 'zod'
import { defineProviderState, type ProviderState } from '../../../product/provider-state.js'
import { playableVideo } from '../upload/states.js'

const editingProject = defineProviderState({
  name: 'an editing project',
  means: 'A video can be played, and there is a project that has it on its timeline and among its materials.',
  params: z.looseObject({}).describe('parameters of AddEditingProject, instead of those of its example'),
  gives: {
    ProjectId: 'id of the project',
    ProjectIds: 'the same',
    Timeline: 'its timeline',
    MaterialIds: 'id of the video',
    ProduceConfig: 'JSON with the id of a template group',
  },
  meantFor: ['ProjectId', 'ProjectIds', 'MaterialIds'],
  async apply(world, words, params) {
    const { VideoId = '' } = (await playableVideo.apply(world, words, {} as never)).values ?? {}
    const Timeline = JSON.stringify({ VideoTracks: [{ VideoTrackClips: [{ MediaId: VideoId }] }] })
    const { Project } = await world.call('vod.AddEditingProject', { Timeline, ...params })
    const { ProjectId } = Project
    await world.call('vod.SetEditingProjectMaterials', { ProjectId, MaterialIds: VideoId })
    const TemplateGroupId = world.account.vod.videos.get(VideoId)?.templateGroupId
    return {
      values: { ProjectId, ProjectIds: ProjectId, Timeline, MaterialIds: VideoId, ProduceConfig: JSON.stringify({ TemplateGroupId }) },
    }
  },
})

export const editingStates: readonly ProviderState[] = [editingProject]
