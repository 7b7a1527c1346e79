import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contractActions } from '../support/contract-actions.ts'
import { allPages, complaintsOf, openStage, settled, type Stage } from './support.ts'
import type { PageSpec, PageStates } from '../../web/page-spec.ts'

const states = ['data', 'empty', 'error', 'noPermission'] as const
type State = (typeof states)[number]

const actions = [...(await contractActions()).values()]
let stage: Stage
let inside: BrowserContext
let outside: BrowserContext
beforeAll(async () => {
  stage = await openStage()
  inside = await stage.window({ person: stage.administrator })
  outside = await stage.window({})
})
afterAll(async () => await stage?.stop())

test('every page says how its four states come about', () => {
  const known: Record<keyof PageStates, string[]> = {
    data: [],
    empty: ['no-items', 'not-found', 'form'],
    error: ['query-fails', 'act-fails'],
    noPermission: ['forbidden', 'public'],
  }
  for (const page of allPages) {
    expect(page.states.data, page.id).toMatch(/^\//)
    for (const state of ['empty', 'error', 'noPermission'] as const)
      expect(known[state], `${page.id}: ${state}`).toContain(page.states[state])
    if (page.states.error === 'query-fails')
      expect(page.queries.length, `${page.id} asks nothing that could fail`).toBeGreaterThan(0)
    for (const name of page.queries)
      expect(
        actions.map((action) => action.name),
        page.id,
      ).toContain(name)
  }
})

/** Which addresses of the API a page asks. */
const asks = (spec: PageSpec) => {
  const patterns = actions
    .filter((action) => spec.queries.includes(action.name))
    .map((action) => ({
      method: action.method,
      path: new RegExp(`^/api/v1${action.path.replace(/\{\w+\}/g, '[^/]+')}$`),
    }))
  return (route: Route): boolean => {
    const url = new URL(route.request().url())
    return patterns.some(({ method, path }) => method === route.request().method() && path.test(url.pathname))
  }
}
const problem = (status: number, code: string, message: string) => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify({ error: { code, message, requestId: '0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000' } }),
})
const nothing = { total: 0, totalCapped: false, lines: [] }
const emptyAnswer = (path: string): object =>
  path.endsWith('/today')
    ? {
        asOf: new Date().toISOString(),
        zone: 'UTC',
        late: nothing,
        dueSoon: nothing,
        waiting: nothing,
        ageing: nothing,
        unowned: nothing,
        unusual: [],
      }
    : path.endsWith('/reports/promises')
      ? {
          by: 'level',
          from: '2026-01-05',
          to: '2026-03-30',
          rows: [],
          total: { id: null, name: null, week: null, kept: 0, missed: 0, firstResponse: null, resolution: null },
          pending: 0,
          asOf: new Date().toISOString(),
        }
      : path.endsWith('/register-accuracy')
        ? { months: [], places: [] }
        : path.endsWith('/ticket-settings')
          ? {
              version: 1,
              matrix: [
                [1, 2, 3],
                [2, 3, 4],
                [3, 4, 5],
              ],
              reopenDays: 14,
            }
          : { items: [], next: null }

async function bring(page: Page, spec: PageSpec, state: State): Promise<void> {
  const asked = asks(spec)
  const recipe = spec.states[state]
  if (recipe === 'no-items')
    await page.route('**/api/v1/**', async (route) =>
      asked(route)
        ? await route.fulfill({ json: emptyAnswer(new URL(route.request().url()).pathname) })
        : await route.fallback(),
    )
  if (recipe === 'not-found')
    await page.route('**/api/v1/**', async (route) =>
      asked(route)
        ? await route.fulfill(problem(404, 'not-found', 'There is no such record, or you may not see it.'))
        : await route.fallback(),
    )
  if (recipe === 'query-fails')
    await page.route('**/api/v1/**', async (route) =>
      asked(route) ? await route.fulfill(problem(500, 'internal', 'Something went wrong.')) : await route.fallback(),
    )
  if (recipe === 'act-fails')
    await page.route(
      '**/api/auth/**',
      async (route) => await route.fulfill(problem(500, 'internal', 'Something went wrong.')),
    )
  if (recipe === 'forbidden')
    await page.route('**/api/v1/**', async (route) => {
      if (asked(route))
        return await route.fulfill(
          problem(403, 'forbidden', 'Your role does not allow this. An administrator can grant it.'),
        )
      if (!new URL(route.request().url()).pathname.endsWith('/me')) return await route.fallback()
      const me = (await (await route.fetch()).json()) as { permissions: string[] }
      await route.fulfill({
        json: { ...me, permissions: me.permissions.filter((permission) => permission !== spec.permission) },
      })
    })
  await page.goto(stage.address(spec.states.data))
  await settled(page)
  if (recipe === 'act-fails') {
    await page.getByLabel('E-mail address').fill('marta@brightwater.example')
    await page.locator('input[type=password]').fill('a sentence that is long')
    await page.locator('button[type=submit]').click()
    await page.getByRole('alert').waitFor()
  }
}

/** What must be on the page for a state to be that state, and not another that happens to pass. */
const mark: Partial<Record<string, string>> = {
  'no-items': '[data-state=empty], [data-state=no-match], p.soft',
  'not-found': '[data-state=not-found]',
  'query-fails': '[data-state=error]',
  forbidden: '[data-state=no-permission]',
}

interface View {
  theme: 'light' | 'dark'
  width: number
}
const views: View[] = [1440, 390].flatMap((width) => (['light', 'dark'] as const).map((theme) => ({ theme, width })))
/**
 * The quick run looks at a page with data at both widths and in both themes, in turns which with which, and at each other state in one view, in turns:
 * a page is met in all four.
 */
function viewsOf(place: number, state: State): View[] {
  if (process.env['LINCHPIN_LONG'] === '1') return views
  if (state === 'data') return place % 2 === 0 ? [views[0]!, views[3]!] : [views[1]!, views[2]!]
  return [views[(place + states.indexOf(state)) % views.length]!]
}

/** The page in those views: what axe finds, and how far it is too wide. */
async function findings(page: Page, views: readonly View[]): Promise<string[]> {
  const found: string[] = []
  for (const { theme, width } of views) {
    await page.setViewportSize({ width, height: width < 768 ? 844 : 900 })
    await page.emulateMedia({ colorScheme: theme })
    await page.waitForFunction(
      (scheme) => document.documentElement.getAttribute('data-mantine-color-scheme') === scheme,
      theme,
    )
    await settled(page)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (overflow > 0) found.push(`${width} ${theme}: ${overflow} px too wide`)
    // of all rules only the contrast depends on the theme
    // no page has frames, so axe need not open a blank page for each of its answers
    const axe = new AxeBuilder({ page }).setLegacyMode(true)
    // of all rules only the contrast depends on the theme
    if (theme === 'dark') axe.withRules(['color-contrast'])
    for (const violation of (await axe.analyze()).violations)
      found.push(
        `${width} ${theme}: ${violation.id}: ${violation.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join(' | ')}`,
      )
  }
  return found
}

describe.each(allPages.map((spec, place) => ({ id: spec.id, spec, place })))('$id', ({ spec, place }) => {
  test.each(states)('%s', async (state) => {
    const page = await (spec.permission === 'public' ? outside : inside).newPage()
    try {
      const complaints = complaintsOf(page)
      await bring(page, spec, state)
      const wanted = mark[spec.states[state]]
      if (wanted !== undefined) expect(await page.locator(wanted).count(), 'the state shows itself').toBeGreaterThan(0)
      expect(await findings(page, viewsOf(place, state))).toEqual([])
      expect(complaints).toEqual([])
    } finally {
      await page.close()
    }
  })
})
