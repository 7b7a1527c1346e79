import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { BrowserContext } from 'playwright-core'
import { settled } from './settled.ts'

const built = join(import.meta.dirname, '../../dist/web/built')

/** The scripts a page loads until it stands, on its first visit: how many, and how large they are compressed (bytes, gzip). */
export async function scriptWeight(
  context: BrowserContext,
  address: string,
): Promise<{ bytes: number; files: number }> {
  const page = await context.newPage()
  const asked = new Set<string>()
  page.on('response', (response) => {
    const name = /\/built\/([^/?]+\.js)/.exec(response.url())?.[1]
    if (name !== undefined) asked.add(name)
  })
  await page.goto(address)
  await settled(page)
  await context.close()
  const scripts = readdirSync(built).filter((name) => asked.has(name))
  const sizes = scripts.map((name) => gzipSync(readFileSync(join(built, name)), { level: 9 }).length)
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), files: scripts.length }
}
