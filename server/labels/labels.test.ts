import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assetCategories } from '../../contract/asset-models.ts'
import { assets } from '../../contract/assets.ts'
import { labelSheets, type SheetName } from '../../contract/labels.ts'
import { startTestServer, type TestPerson, type TestServer } from '../../test/support/server.ts'
import { placeOf } from './rules/places.ts'

const has = (program: string): boolean => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}
const whyNoReader = ['zbarimg', 'pdftoppm'].every(has) ? null : 'zbar-tools or poppler-utils is not installed'
if (whyNoReader !== null) process.stderr.write(`labels are not read back: ${whyNoReader}\n`)

let server: TestServer
let tess: TestPerson
let rita: TestPerson
const tags: string[] = []
beforeAll(async () => {
  server = await startTestServer()
  tess = await server.person({ name: 'Tess', role: 'technician' })
  rita = await server.person({ name: 'Rita', role: 'requester' })
  const cora = await server.person({ name: 'Cora', role: 'coordinator' })
  const { id: category } = await cora.client(assetCategories.create, { name: 'Łaptops', class: 'device' })
  for (let i = 0; i < 18; i++)
    tags.push((await cora.client(assets.register, { category, serial: `PF2ABC${i}`, name: 'Büro 3 – Øst' })).tag)
})
afterAll(() => server.stop())

const get = (person: TestPerson, query: string) =>
  fetch(`${server.base}/api/v1/labels.pdf?${query}`, {
    headers: { cookie: `${person.cookie.name}=${person.cookie.value}` },
  })

const dpi = 300
const dots = (length: number): number => Math.round((length * dpi) / 25.4)

/** Prints one label as a printer would, cut out where it lies on the sheet; answers what a reader that is not ours reads, and where the square code is. */
function readLabel(file: string, sheet: SheetName, n: number, skip: number) {
  const place = placeOf(sheet, n, skip)
  const { width, height } = labelSheets[sheet].label
  const page = String(place.page + 1)
  const corner = ['-x', String(dots(place.x)), '-y', String(dots(place.y))]
  const size = ['-W', String(dots(width)), '-H', String(dots(height))]
  const image = `${file}-${n}`
  execFileSync('pdftoppm', [
    '-r',
    String(dpi),
    '-f',
    page,
    '-l',
    page,
    '-gray',
    '-singlefile',
    ...corner,
    ...size,
    file,
    image,
  ])
  const codes = execFileSync('zbarimg', ['--quiet', '--nodbus', `${image}.pgm`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return { codes: codes.trim().split('\n').toSorted(), square: squareIn(readFileSync(`${image}.pgm`), height) }
}

/** The dark part of the first `side` millimetres, without the words beside it, of a grey picture (PGM): its middle, in millimetres. */
function squareIn(picture: Buffer, side: number): { x: number; y: number } {
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(picture.subarray(0, 40).toString('latin1'))!
  const [columns, rows] = [Number(header[1]), Number(header[2])]
  const dark = { x: [] as number[], y: [] as number[] }
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < Math.min(columns, dots(side - 1.5)); x++)
      if (picture[header[0].length + y * columns + x]! < 128) {
        dark.x.push(x)
        dark.y.push(y)
      }
  const middle = (all: number[]): number => {
    let [least, most] = [Infinity, -Infinity]
    for (const n of all) [least, most] = [Math.min(least, n), Math.max(most, n)]
    return (((least + most + 1) / 2) * 25.4) / dpi
  }
  return { x: middle(dark.x), y: middle(dark.y) }
}

describe.skipIf(whyNoReader !== null)('a sheet of labels', () => {
  it.each([
    ['L7162', 0],
    ['L7163', 3],
    ['5520', 14],
  ] as [SheetName, number][])(
    '%s, the first %i used already, is read back where each label is, to the millimetre',
    async (sheet, skip) => {
      const response = await get(tess, `sheet=${sheet}&skip=${skip}&assets=${tags.join(',')}`)
      expect(response.headers.get('content-type')).toBe('application/pdf')
      const file = join(mkdtempSync(join(tmpdir(), 'labels-')), 'labels.pdf')
      writeFileSync(file, Buffer.from(await response.arrayBuffer()))
      const { height } = labelSheets[sheet].label
      tags.forEach((tag, n) => {
        const { codes, square } = readLabel(file, sheet, n, skip)
        expect(codes).toEqual([`CODE-128:${tag}`, `QR-Code:${server.opened.platform.config.publicUrl}/assets/${tag}`])
        // the square code lies in the middle of a square as high as the label
        expect(Math.abs(square.x - height / 2), tag).toBeLessThan(0.2)
        expect(Math.abs(square.y - height / 2), tag).toBeLessThan(0.2)
      })
    },
    60_000,
  )
})

it('is refused in words', async () => {
  expect((await get(rita, `assets=${tags[0]}`)).status).toBe(403)
  expect((await fetch(`${server.base}/api/v1/labels.pdf?assets=${tags[0]}`)).status).toBe(401)
  expect((await get(tess, 'assets=AST-9999')).status).toBe(404)
  const wrong = await get(tess, `assets=${tags[0]}&sheet=X1&skip=99`)
  expect(wrong.status).toBe(400)
  const { error } = (await wrong.json()) as { error: { fields: { path: string }[] } }
  expect(error.fields.map((f) => f.path)).toEqual(['sheet', 'skip'])
})
