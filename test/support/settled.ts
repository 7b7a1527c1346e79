import type { Page } from 'playwright-core'

/** The page has its title and nothing is loading any more. */
export async function settled(page: Page): Promise<void> {
  // asked with each frame: a locator looks again after half a second only
  await page.waitForFunction(
    () =>
      document.querySelector('h1')?.checkVisibility() === true &&
      document.querySelector('[class*=loading], [aria-busy=true]') === null,
    undefined,
    { timeout: 20_000 },
  )
  await page.evaluate(() => document.fonts.ready)
}
