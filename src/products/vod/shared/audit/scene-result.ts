/** What was found of one scene in the pictures of a video. */

import type { Scene } from '../../../../assets/findings.js'
import { type Hit, outweighs, type Pictures, type Suggestion, TOP } from './pictures.js'

/** A score as answers have it: ten decimals. */
export const scoreText = (score: number): string => score.toFixed(10)

/** How sure a review is that nothing of a scene is in a picture. */
export const NORMAL: Hit = { label: 'normal', suggestion: 'pass', score: 100 }

/** Labels that are counted even where no picture has them (developer guide, AIMediaAuditComplete). */
const counted: Readonly<Record<Scene, readonly string[]>> = {
  porn: ['porn', 'sexy'],
  terrorism: ['terrorism', 'outfit', 'logo', 'weapon', 'politics', 'others'],
  ad: ['ad'],
  live: ['live'],
  logo: ['logo'],
}

/** See {@link sceneResult}. */
export interface SceneResult {
  Suggestion: Suggestion
  Label: string
  MaxScore: string
  AverageScore: string
  CounterList: { Label: string; Count: number }[]
  TopList: { Label: string; Score: string; Timestamp: string; Url: string }[]
}

/** Sums up one scene. Each picture is counted once, under the label that it has in it. */
export function sceneResult(scene: Scene, { flagged, total, first }: Pictures, urlOf: (timestamp: number) => string): SceneResult {
  const hits = flagged.flatMap(({ timestamp, hits: { [scene]: hit } }) => (hit ? [{ timestamp, ...hit }] : []))
  const heaviest = hits.reduce<Hit | undefined>((best, hit) => (outweighs(hit, best) ? hit : best), undefined) ?? NORMAL
  const { label, suggestion } = heaviest
  const listed = hits.length > 0 ? hits.filter((hit) => hit.label === label) : first.map((timestamp) => ({ timestamp, ...NORMAL }))
  const scores = listed.map(({ score }) => score)
  const labels = new Set([...counted[scene], ...hits.map((hit) => hit.label)])
  return {
    Suggestion: suggestion,
    Label: label,
    MaxScore: scoreText(Math.max(...scores)),
    AverageScore: scoreText(scores.reduce((sum, score) => sum + score, 0) / scores.length),
    CounterList: [
      ...[...labels].map((each) => ({ Label: each, Count: hits.filter((hit) => hit.label === each).length })),
      { Label: NORMAL.label, Count: total - hits.length },
    ],
    TopList: listed
      .toSorted((one, other) => other.score - one.score || one.timestamp - other.timestamp)
      .slice(0, TOP)
      .map(({ timestamp, score }) => ({
        Label: label,
        Score: scoreText(score),
        Timestamp: String(timestamp),
        Url: urlOf(timestamp),
      })),
  }
}
