import { afterAll, beforeAll, expect, test } from 'vitest'
import { scriptWeight } from '../support/script-weight.ts'
import { openStage, type Stage } from './support.ts'

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
    const { bytes, files } = await scriptWeight(context, stage.address(path))
    console.info(`${path}: ${Math.round(bytes / 1000)} kB in ${files} files`)
    expect(files).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(limitOf(path))
  },
)
