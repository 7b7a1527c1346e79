import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumFlags, chromiumPath } from '../support/browser.ts'
import { settled } from '../support/settled.ts'
import { openStage, type Stage } from './support.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => await stage?.stop())

const hasPrinter = (() => {
  try {
    execFileSync('pdftoppm', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    process.stderr.write('labels are not scanned: poppler-utils is not installed\n')
    return false
  }
})()

/** The first label of a sheet as a film (YUV4MPEG2) that a browser takes for what its camera sees. */
function filmed(pdf: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'film-'))
  writeFileSync(join(folder, 'labels.pdf'), pdf)
  const [width, height] = [640, 480]
  // the square code of the first label on an L7162 sheet, with white around it
  const cut = ['-x', '0', '-y', '40', '-W', String(width), '-H', String(height)]
  execFileSync('pdftoppm', [
    '-r',
    '250',
    '-gray',
    '-singlefile',
    ...cut,
    join(folder, 'labels.pdf'),
    join(folder, 'seen'),
  ])
  const picture = readFileSync(join(folder, 'seen.pgm'))
  const grey = picture.subarray(picture.length - width * height)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), grey, Buffer.alloc((width * height) / 2, 128)])
  const film = join(folder, 'seen.y4m')
  writeFileSync(
    film,
    Buffer.concat([
      Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`),
      ...Array.from({ length: 5 }, () => frame),
    ]),
  )
  return film
}

test.skipIf(!hasPrinter)(
  'a printed label is read by the camera of a phone, and the thing is chosen',
  async () => {
    const { administrator, company, server } = stage
    const cookie = { cookie: `${administrator.cookie.name}=${administrator.cookie.value}` }
    const page = await (await stage.window({ person: administrator })).newPage()
    await page.goto(stage.address('/labels?assets={asset}'))
    await settled(page)
    const link = await page.getByRole('link', { name: 'Print 1 label' }).getAttribute('href')
    const pdf = Buffer.from(await (await fetch(`${server.base}${link}`, { headers: cookie })).arrayBuffer())
    const browser = await chromium.launch({
      executablePath: chromiumPath() ?? '',
      args: [
        ...chromiumFlags,
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${filmed(pdf)}`,
      ],
    })
    try {
      const context = await browser.newContext({ viewport: { width: 390, height: 844 }, permissions: ['camera'] })
      await context.addCookies([{ ...administrator.cookie, url: server.base }])
      const phone = await context.newPage()
      await phone.goto(stage.address('/custody/desk?do=out'))
      await settled(phone)
      await phone.getByRole('button', { name: 'Scan' }).click()
      await phone.getByRole('dialog').getByRole('link', { name: company.asset }).waitFor({ timeout: 20_000 })
      await phone.getByRole('dialog').getByRole('button').first().click()
      await phone.getByRole('button', { name: `Leave out ${company.asset}` }).waitFor()
      expect(new URL(phone.url()).searchParams.get('assets')).toBe(company.asset)
    } finally {
      await browser.close()
    }
  },
  60_000,
)
