import axe from 'axe-core'
import type { BrowserContext, ElementHandle, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contractActions } from '../support/contract-actions.ts'
import { settled } from '../support/settled.ts'
import { allPages, complaintsOf, openStage, type Stage } from './support.ts'
import type { PageSpec } from '../../web/page-spec.ts'

const states = ['data', 'empty', 'error', 'noPermission'] as const
type State = (typeof states)[number]

const actions = [...(await contractActions()).values()]
let stage: Stage
/** Of the server, but without the app. */
const elsewhere = '/favicon.ico'

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

/** One page for all states. */
async function pageOf(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.addInitScript(tell)
  await page.addInitScript(stand)
  await page.goto(stage.address(elsewhere))
  return page
}

/** Nothing moves and no colour passes into another: a page is judged as it is in the end, however busy the machine. */
function stand(): void {
  document.addEventListener('DOMContentLoaded', () => {
    const style = document.createElement('style')
    style.textContent = '*, ::before, ::after { transition: none !important; animation: none !important }'
    document.head.append(style)
  })
}

/**
 * Runs in the page before anything of it, and does what the test left for it in the session's storage. Answers come from here and not from `page.route`, which switches the browser's cache off:
 * every page would load and compile every script again.
 */
function tell(): void {
  const ask = window.fetch.bind(window)
  window.fetch = async (input, init) => {
    const request = new Request(input, init)
    const left = window.sessionStorage.getItem('told')
    if (left === null) return await ask(request)
    const { asked, status, answers, lacks } = JSON.parse(left) as Told
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
const recipes: Record<string, Omit<Told, 'asked' | 'lacks'>> = {
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

/** Has the app forget all it was told: it does as its reader is not known any more. Answers the field of the sign-in it comes to. */
async function signedOut(page: Page): Promise<ElementHandle<Element>> {
  await leave(page, {
    asked: [['GET', '^/api/v1/']],
    status: 401,
    answers: always(problem('unauthenticated', 'Sign in first.')),
    lacks: null,
  })
  // a page for everybody, with a question nobody has asked
  await page.evaluate(() => window.history.pushState({}, '', '/my-things/nowhere'))
  const field = await page.waitForFunction(() => document.querySelector('[autocomplete=username]'))
  return field.asElement()!
}

/** Leaves for `tell` what it answers from now on. */
async function leave(page: Page, told: Told | undefined): Promise<void> {
  await page.evaluate((given) => {
    window.sessionStorage.clear()
    if (given !== undefined) window.sessionStorage.setItem('told', JSON.stringify(given))
  }, told)
}

/** Opens a page: within the staff's app by its router, for a browser reads and compiles everything anew with each page that it loads. */
async function open(page: Page, spec: PageSpec, told: Told | undefined): Promise<void> {
  const address = stage.address(spec.states.data)
  const isStaffs = (pathname: string): boolean => pathname !== elsewhere && !pathname.startsWith('/portal')
  if (spec.permission === 'public' || ![page.url(), address].every((one) => isStaffs(new URL(one).pathname))) {
    await leave(page, told)
    await page.goto(address)
    return
  }
  const signIn = await signedOut(page)
  await leave(page, told)
  await page.evaluate((path) => window.history.pushState({}, '', path), address)
  await page.waitForFunction((field) => !field.isConnected, signIn)
}

async function bring(page: Page, spec: PageSpec, state: State): Promise<void> {
  const recipe = spec.states[state]
  const answer = recipes[recipe]
  const told: Told | undefined = answer && {
    ...answer,
    asked: asks(spec),
    lacks: recipe === 'forbidden' ? spec.permission : null,
  }
  if (recipe === 'act-fails')
    await page.route(
      '**/api/auth/**',
      async (route) => await route.fulfill({ status: 500, json: problem('internal', 'Something went wrong.') }),
    )
  await open(page, spec, told)
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

/** What axe finds in the page as it stands. No page has frames, and only what is violated is wanted: so it is asked directly. */
async function violations(page: Page, theme: View['theme']): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return await page.evaluate(
    async (rules) => {
      const { axe: judge } = window as unknown as { axe: typeof axe }
      const found = await judge.run(document, { resultTypes: ['violations'], ...(rules && { runOnly: rules }) })
      return found.violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join(' | ')}`,
      )
    },
    // of all rules only the contrast depends on the theme
    theme === 'dark' ? ['color-contrast'] : null,
  )
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
    for (const violation of await violations(page, theme)) found.push(`${width} ${theme}: ${violation}`)
  }
  return found
}

/** Brings the pages at these places of the list of all into each of their states and looks at them there. */
export function lookAtEachState(isLookedAt: (place: number) => boolean): void {
  let inside: Page
  let outside: Page
  beforeAll(async () => {
    stage = await openStage()
    inside = await pageOf(await stage.window({ person: stage.administrator }))
    outside = await pageOf(await stage.window({}))
  })
  afterAll(async () => await stage?.stop())

  describe.each(allPages.map((spec, place) => ({ id: spec.id, spec, place })).filter(({ place }) => isLookedAt(place)))(
    '$id',
    ({ spec, place }) => {
      test.each(states)('%s', async (state) => {
        const page = spec.permission === 'public' ? outside : inside
        const complaints = complaintsOf(page)
        try {
          await bring(page, spec, state)
          const wanted = mark[spec.states[state]]
          if (wanted !== undefined)
            expect(await page.locator(wanted).count(), 'the state shows itself').toBeGreaterThan(0)
          expect(await findings(page, viewsOf(place, state))).toEqual([])
          expect(complaints).toEqual([])
        } catch (error) {
          // the next one begins with an app of its own
          await page.goto(stage.address(elsewhere))
          throw error
        } finally {
          page.removeAllListeners()
          await page.unroute('**/api/auth/**')
        }
      })
    },
  )
}
