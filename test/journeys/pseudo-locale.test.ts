import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settled } from '../support/settled.ts'
import { allPages, complaintsOf, openStage, type Stage } from './support.ts'

let stage: Stage
let inside: Page
let outside: Page
const complaints = new Map<Page, string[]>()
/** Every text that came from the server: data, not the app's own words. */
const data = new Set<string>()

function remember(value: unknown): void {
  if (typeof value === 'string') {
    data.add(
      value
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    for (const block of value.split(/<[^>]*>/)) data.add(block.replace(/\s+/g, ' ').trim())
  } else if (Array.isArray(value)) value.forEach(remember)
  else if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) {
      data.add(key)
      remember(inner)
    }
}

beforeAll(async () => {
  stage = await openStage()
  inside = await (await stage.window({ person: stage.administrator })).newPage()
  outside = await (await stage.window({})).newPage()
  for (const page of [inside, outside]) {
    complaints.set(page, complaintsOf(page))
    page.on('response', (response) => {
      if (response.url().includes('/api/v1/') && response.headers()['content-type']?.includes('json') === true)
        void response.json().then(remember, () => undefined)
    })
  }
})
afterAll(async () => await stage?.stop())

/** The same in every language: the product, keys of the keyboard, zones, initials. */
const own = /^(Linchpin|ctrl|enter|ctrl k|ctrl\+k|space|escape|arrowdown|arrowup|[a-z/?]|UTC|\p{Lu}{1,2})$/u
/** Dates and zones are put into words by the browser, in the reader's locale. */
const byBrowser =
  /\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|GMT|CES?T|[A-Z]\w+\/[\w/]+)\b/g
const noWords = /^[^\p{L}]*$/u

/** What is left of a text without the sentences of the catalogue, the data and what the browser words itself. */
function hardCodedIn(text: string): string {
  if (data.has(text)) return ''
  let left = text
  for (let before = ''; before !== left;) {
    before = left
    left = left.replace(/⟦[^⟦⟧]*⟧/g, ' ')
  }
  if (noWords.test(left)) return ''
  for (const value of [...data].filter((known) => known.length > 2).sort((a, b) => b.length - a.length))
    left = left.replaceAll(value, ' ')
  const words = left.replace(byBrowser, ' ').split(/[\s,·:()]+/)
  return words.filter((word) => !noWords.test(word) && !own.test(word) && !data.has(word)).join(' ')
}

// also the place where each page is loaded anew: page-states.ts goes from one to the next within the app
test.each(allPages.map((spec) => ({ id: spec.id, spec })))(
  'every sentence of $id comes from the catalogue',
  async ({ spec }) => {
    const page = spec.permission === 'public' ? outside : inside
    const path = spec.states.data
    await page.goto(stage.address(`${path}${path.includes('?') ? '&' : '?'}locale=pseudo`))
    await settled(page)
    const texts = await page.evaluate(() => {
      const found: string[] = []
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      while (walker.nextNode() !== null) {
        const parent = walker.currentNode.parentElement
        if (
          parent === null ||
          !parent.checkVisibility() ||
          parent.closest('script, style, noscript, time, textarea, [role=img], [aria-hidden=true], pre') !== null
        )
          continue
        found.push(walker.currentNode.nodeValue ?? '')
      }
      for (const element of [...document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')].filter(
        // what a library keeps for measuring is for nobody to read
        (one) => one.checkVisibility() && one.closest('[aria-hidden=true]') === null,
      ))
        for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
          if (element.closest('time') === null) found.push(element.getAttribute(name) ?? '')
      found.push(document.title)
      return found.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '')
    })
    expect(
      texts.some((text) => text.includes('⟦')),
      'the pseudo-locale is on',
    ).toBe(true)
    expect([...new Set(texts.filter((text) => hardCodedIn(text) !== ''))]).toEqual([])
    expect(complaints.get(page)!.splice(0)).toEqual([])
  },
)
