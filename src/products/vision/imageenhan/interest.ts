import { assumedInterest, type InterestMap, interestOf } from '../../../media/images/composition.js'
import type { Image } from './images.js'
import { fakerFor } from './store.js'

/** Where an image is interesting; where its pixels are not at hand, somewhere around the middle. */
export async function interestIn(image: Image): Promise<InterestMap> {
  const faker = fakerFor(image)
  const place = (): number => faker.number.float({ min: 0.3, max: 0.7 })
  return (image.picture && (await interestOf(image.picture))) ?? assumedInterest({ x: place(), y: place() })
}
