/** The console of an emulator, in a real browser. */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium as driver, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import type { EmulatorOptions } from '../../emulator/index.js'
import { chromium } from '../support/chromium.js'
import { testEmulator } from '../support/sdk.js'

if (chromium === undefined) process.stderr.write('No Chromium is installed: the tests of the console are skipped.\n')

/** True where there is no browser. */
export const noBrowser = chromium === undefined

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Milliseconds: this ends what would never end. */
const WATCHDOG = Number(process.env.CONSOLE_WATCHDOG ?? 300_000)

/** The views, without anything opened in them. */
export const VIEWS = [
  'calls',
  'jobs',
  'faults',
  'media',
  'media/templates',
  'oss',
  'events',
  'accounts',
  'accounts/settings',
  'accounts/state',
  'actions',
] as const

/** How a page is opened. */
export interface Look {
  locale?: 'en-US' | 'zh-CN'
  theme?: 'light' | 'dark'
}

/** Starts a browser for the tests of a file. Its `open` shows a view of the console of an emulator. */
export function useBrowser() {
  let browser: Browser
  beforeAll(async () => {
    if (!noBrowser) browser = await driver.launch({ executablePath: pathOf(chromium as string), args: ['--no-sandbox', '--disable-gpu'] })
  })
  afterAll(() => browser?.close())

  /** An emulator, and a page that shows its console. */
  async function open(view = '', { look = {}, ...options }: EmulatorOptions & { look?: Look } = {}) {
    const emulator = await testEmulator(options)
    const context = await browser.newContext({
      locale: look.locale ?? 'en-US',
      colorScheme: look.theme ?? 'light',
      viewport: { width: 1280, height: 800 },
    })
    context.setDefaultTimeout(WATCHDOG)
    const page = await context.newPage()
    const complaints = listenTo(page)
    onTestFinished(async () => {
      await context.close()
      await emulator.close()
    })
    const show = (of: string) => page.goto(`${emulator.url}/_emulator/console/#/${of}`)
    await show(view)
    return { ...emulator, page, complaints, show }
  }
  return { open }
}

/** Whereto a command leads. */
const pathOf = (command: string): string => execFileSync('which', [command], { encoding: 'utf8' }).trim()

/** What a page complains of from now on, and whatever it asks of anybody else than the emulator. */
function listenTo(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    // A refusal is an answer, which the browser takes for a failure.
    if (['error', 'warning'].includes(message.type()) && !/^Failed to load resource/.test(message.text())) complaints.push(message.text())
  })
  page.on('request', (request) => {
    if (!/^(?:http:\/\/127\.0\.0\.1:\d+\/|blob:|data:)/.test(request.url())) complaints.push(`asks ${request.url()}`)
  })
  return complaints
}

/** What is wrong with a page for those who do not see it, or use no mouse; or with its colours alone. */
export async function barriersOf(page: Page, colours = false): Promise<string[]> {
  await page.evaluate(axe)
  const only = colours ? ['color-contrast'] : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']
  return page.evaluate(async (runOnly) => {
    type Found = { id: string; nodes: { target: unknown; failureSummary?: string }[] }
    const { axe, document } = globalThis as unknown as {
      axe: { run: (context: object, options: object) => Promise<{ violations: Found[] }> }
      document: object
    }
    const { violations } = await axe.run(document, { runOnly })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${String(target)} ${failureSummary ?? ''}`),
    )
  }, only)
}

/** Waits until the page says something. */
export const says = (page: Page, text: string | RegExp): Promise<void> => expect.poll(() => page.locator('body').innerText()).toMatch(text)
