/** Event types of VOD (developer guide, event notification). */

import type { z } from 'zod'
import type { EventDefinition } from '../../../../events/definition.js'
import { vodChannel } from './channel.js'
import type { EventSwitch } from './switches.js'

/** One event type of VOD. */
export interface VodEvent<Fields extends z.ZodType = z.ZodType, Type extends string = string> extends EventDefinition<Fields, Type> {
  /** The name that stands for it in EventTypeList, if that is not its own. */
  switch?: EventSwitch
  /** True if the event says which app it belongs to. */
  namesApp?: boolean
}

/** Defines an event type of VOD; its fields are known to the compiler. */
export const defineVodEvent = <Fields extends z.ZodType, const Type extends string>(
  event: Omit<VodEvent<Fields, Type>, 'channel'> & (Type extends EventSwitch ? unknown : { switch: EventSwitch }),
): VodEvent<Fields, Type> => ({
  ...event,
  channel: vodChannel,
})
