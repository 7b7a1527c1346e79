import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'
import type { Role } from '../../contract/permissions.ts'
import { pages } from '../../web/pages.ts'
import { portalPages } from '../../web/portal-pages.ts'
import type { PageSpec } from '../../web/page-spec.ts'
import { chromiumFlags, chromiumPath } from '../support/browser.ts'
import { startTestServer, type TestPerson, type TestServer } from '../support/server.ts'
import { furnish, type Company } from './company.ts'
import { type Discovered, furnishDiscovery } from './discovered.ts'
import { furnishMail, type Mailed } from './mailed.ts'
import { furnishMonitoring, type Watched } from './watched.ts'

/** Linchpin with a furnished company and a browser: what every journey needs. */
export interface Stage {
  server: TestServer
  company: Company & Discovered & Mailed & Watched
  browser: Browser
  administrator: TestPerson
  /** A browser window of one person; without a person nobody is signed in. `keeps`: pages may keep themselves on the device, and no request can be told what to answer. */
  window(given: {
    person?: TestPerson
    width?: number
    theme?: 'light' | 'dark'
    keeps?: boolean
  }): Promise<BrowserContext>
  person(name: string, role: Role): Promise<TestPerson>
  address(path: string): string
  stop(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  const server = await startTestServer({ work: true, config: { outgoingAllow: '127.0.0.1' } })
  const administrator = await server.person({ name: 'Marta Keller', role: 'administrator' })
  const furnished = await furnish(administrator.client)
  const company = {
    ...furnished,
    ...(await furnishDiscovery(server, administrator.client)),
    ...(await furnishMail(server, administrator.client)),
    ...(await furnishMonitoring(server, administrator.client, furnished.queue)),
  }
  const browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: chromiumFlags })
  return {
    server,
    company,
    browser,
    administrator,
    window: async ({ person, width = 1440, theme = 'light', keeps = false }) => {
      const context = await browser.newContext({
        viewport: { width, height: width < 768 ? 844 : 900 },
        colorScheme: theme,
        reducedMotion: 'reduce',
        serviceWorkers: keeps ? 'allow' : 'block',
      })
      if (person !== undefined) await context.addCookies([{ ...person.cookie, url: server.base }])
      return context
    },
    person: async (name, role) => await server.person({ name, role, teams: ['Field services'] }),
    address: (path) =>
      `${server.base}${path.replace(/\{(\w+)\}/g, (_, name: keyof typeof company) => company[name] ?? 'none')}`,
    stop: async () => {
      await browser.close()
      await server.stop()
    },
  }
}

/** Everything the page complained about; a refused request that a state is about is no complaint. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  return complaints
}

/** Types words into a field that has the server search, and waits until what it found stands there: an option that moves between pressing and letting go is not chosen. */
export async function searched(field: Locator, words: string): Promise<void> {
  const page = field.page()
  const answered = page.waitForResponse((answer) => new URL(answer.url()).searchParams.get('q') === words)
  await field.fill(words)
  await answered
  await page.evaluate(
    () =>
      new Promise((drawn) => {
        requestAnimationFrame(() => requestAnimationFrame(drawn))
      }),
  )
}

export const allPages: readonly PageSpec[] = [...pages, ...portalPages]
