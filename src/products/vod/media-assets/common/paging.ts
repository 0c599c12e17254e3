/** Parameters that the lists of media assets share. */

import { oneOf } from '../../../../params/scalars.js'

/** SortBy: by creation time, newest first unless asked otherwise. */
export const creationOrder = () => oneOf(['CreationTime:Desc', 'CreationTime:Asc']).default('CreationTime:Desc')
