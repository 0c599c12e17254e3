/** An Action that is tried out. */

import type { Action, Cloud } from '../../src/index.js'
import type { World } from '../cases/plan.js'
import type { Facts } from '../facts/facts.js'
import type { Recipe } from './world.js'

/** An Action in its world. */
export interface Trial {
  cloud: Cloud
  facts: Facts
  action: Action
  world: World
  /** How its world is made. */
  recipe: Recipe
  /** Constraints that are known not to be as the manual has them. */
  known: ReadonlySet<string>
}
