import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Page } from 'playwright-core'
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

/** Which addresses of the API a page asks: method and pattern of the path. */
const asks = (spec: PageSpec): [method: string, path: string][] =>
  actions
    .filter((action) => spec.queries.includes(action.name))
    .map((action) => [action.method, `^/api/v1${action.path.replace(/\{\w+\}/g, '[^/]+')}$`])

/** What the page is told instead of the truth: the same for each address it asks, or by path; and what its reader lacks. */
interface Told {
  asked: [method: string, path: string][]
  status: number
  answers: { path: string; body: object }[]
  lacks: string | null
}

/**
 * Runs in the page before anything of it. Answers come from here and not from `page.route`, which switches the browser's cache off:
 * every page would load and compile every script again.
 */
function tell({ asked, status, answers, lacks }: Told): void {
  const ask = window.fetch.bind(window)
  window.fetch = async (input, init) => {
    const request = new Request(input, init)
    const { pathname } = new URL(request.url)
    if (asked.some(([method, path]) => method === request.method && new RegExp(path).test(pathname)))
      return Response.json(answers.find((answer) => pathname.endsWith(answer.path))!.body, { status })
    const answer = await ask(request)
    if (lacks === null || !pathname.endsWith('/me')) return answer
    const me = (await answer.json()) as { permissions: string[] }
    return Response.json({ ...me, permissions: me.permissions.filter((permission) => permission !== lacks) })
  }
}
const problem = (code: string, message: string) => ({
  error: { code, message, requestId: '0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000' },
})
const nothing = { total: 0, totalCapped: false, lines: [] }
/** What an address answers when it has nothing; the last of them is the answer of every list. */
const emptyAnswers = [
  {
    path: '/today',
    body: {
      asOf: new Date().toISOString(),
      zone: 'UTC',
      late: nothing,
      dueSoon: nothing,
      waiting: nothing,
      ageing: nothing,
      unowned: nothing,
      unusual: [],
    },
  },
  {
    path: '/reports/promises',
    body: {
      by: 'level',
      from: '2026-01-05',
      to: '2026-03-30',
      rows: [],
      total: { id: null, name: null, week: null, kept: 0, missed: 0, firstResponse: null, resolution: null },
      pending: 0,
      asOf: new Date().toISOString(),
    },
  },
  { path: '/saved-views', body: { items: [], arrangement: { tabs: [], opensWith: null } } },
  { path: '/register-accuracy', body: { months: [], places: [] } },
  {
    path: '/ticket-settings',
    body: {
      version: 1,
      matrix: [
        [1, 2, 3],
        [2, 3, 4],
        [3, 4, 5],
      ],
      reopenDays: 14,
    },
  },
  { path: '', body: { items: [], next: null } },
]
const always = (body: object) => [{ path: '', body }]
const told: Record<string, Omit<Told, 'asked' | 'lacks'>> = {
  'no-items': { status: 200, answers: emptyAnswers },
  'not-found': {
    status: 404,
    answers: always(problem('not-found', 'There is no such record, or you may not see it.')),
  },
  'query-fails': { status: 500, answers: always(problem('internal', 'Something went wrong.')) },
  forbidden: {
    status: 403,
    answers: always(problem('forbidden', 'Your role does not allow this. An administrator can grant it.')),
  },
}

async function bring(page: Page, spec: PageSpec, state: State): Promise<void> {
  const recipe = spec.states[state]
  const answer = told[recipe]
  if (answer !== undefined)
    await page.addInitScript(tell, {
      ...answer,
      asked: asks(spec),
      lacks: recipe === 'forbidden' ? spec.permission : null,
    })
  if (recipe === 'act-fails')
    await page.route(
      '**/api/auth/**',
      async (route) => await route.fulfill({ status: 500, json: problem('internal', 'Something went wrong.') }),
    )
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
    // what passes from one colour to the other is at its end
    await page.evaluate(() =>
      document
        .getAnimations()
        .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
        .forEach((one) => one.finish()),
    )
    await page.evaluate(
      async () => await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    )
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
