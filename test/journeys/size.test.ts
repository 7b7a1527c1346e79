import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, settled, type Stage } from './support.ts'

const built = join(import.meta.dirname, '../../dist/web/built')
/** The portal is opened on phones on the way. */
const limitOf = (path: string): number => (path === '/portal' ? 150_000 : 300_000)

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

test.each(['/sign-in', '/today', '/tickets', '/portal'])(
  'the scripts of %s weigh no more compressed than they may',
  async (path) => {
    const context = await stage.window(path === '/sign-in' ? {} : { person: stage.administrator })
    const page = await context.newPage()
    const scripts = new Set<string>()
    page.on('response', (response) => {
      const name = /\/built\/([^/?]+\.js)/.exec(response.url())?.[1]
      if (name !== undefined) scripts.add(name)
    })
    await page.goto(stage.address(path))
    await settled(page)
    const known = new Set(readdirSync(built))
    const bytes = [...scripts]
      .filter((name) => known.has(name))
      .reduce((sum, name) => sum + gzipSync(readFileSync(join(built, name)), { level: 9 }).length, 0)
    await context.close()
    console.info(`${path}: ${Math.round(bytes / 1000)} kB in ${scripts.size} files`)
    expect(scripts.size).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(limitOf(path))
  },
)
