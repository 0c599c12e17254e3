/** Every event type that the service documents (developer guide, event notification). */

import { z } from 'zod'
import { aiMediaAuditComplete, aiMediaDNAComplete, aiVideoTagComplete } from './ai-events.js'
import type { EventDefinition } from './definition.js'
import * as media from './media-events.js'

/** Event types by name. */
export const eventTypes = {
  FileUploadComplete: media.fileUploadComplete,
  ImageUploadComplete: media.imageUploadComplete,
  AttachedMediaUploadComplete: media.attachedMediaUploadComplete,
  UploadByURLComplete: media.uploadByURLComplete,
  VideoAnalysisComplete: media.videoAnalysisComplete,
  StreamTranscodeComplete: media.streamTranscodeComplete,
  TranscodeComplete: media.transcodeComplete,
  SnapshotComplete: media.snapshotComplete,
  DynamicImageComplete: media.dynamicImageComplete,
  AddLiveRecordVideoComplete: media.addLiveRecordVideoComplete,
  LiveRecordVideoComposeStart: media.liveRecordVideoComposeStart,
  ProduceMediaComplete: media.produceMediaComplete,
  CreateAuditComplete: media.createAuditComplete,
  DeleteMediaComplete: media.deleteMediaComplete,
  MediaBaseChangeComplete: media.mediaBaseChangeComplete,
  AIMediaAuditComplete: aiMediaAuditComplete,
  AIMediaDNAComplete: aiMediaDNAComplete,
  AIVideoTagComplete: aiVideoTagComplete,
} as const satisfies Record<string, EventDefinition>

/** Name of an event type. */
export type EventType = keyof typeof eventTypes

/** What an event of a type is made of. */
export type EventFields<Type extends EventType> = z.input<(typeof eventTypes)[Type]['fields']>

/** The definition of an event type. */
export const definitionOf = (type: EventType): EventDefinition => eventTypes[type]

/** The fields of events of a type, but for those that are structures. */
export function fieldNames(type: EventType): string[] {
  const { fields, namesApp } = definitionOf(type)
  return ['EventTime', 'EventType', 'Extend', ...(namesApp ? ['AppId'] : []), ...plainFields(fields)]
}

function plainFields(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(plainFields)
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape).flatMap(([name, field]) => (isStructure(field) ? [] : [name]))
}

function isStructure(field: z.core.$ZodType): boolean {
  if (field instanceof z.ZodOptional) return isStructure(field.unwrap())
  return field instanceof z.ZodObject || field instanceof z.ZodArray
}

/** The name by which EventTypeList turns an event type on. */
export const switchOf = (type: EventType): string => definitionOf(type).switch ?? type

/** Every name that EventTypeList may hold beside ALL. */
export const eventSwitches: readonly string[] = [...new Set((Object.keys(eventTypes) as EventType[]).map(switchOf))]
