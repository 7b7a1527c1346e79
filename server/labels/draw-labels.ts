import { labelSheets, type SheetName } from '../../contract/labels.ts'
import { drawPdf, mm } from '../platform/pdf.ts'
import { placeOf } from './rules/places.ts'

export interface Label {
  tag: string
  /** What the square code leads to. */
  address: string
  lines: readonly string[]
}

interface SquareCode {
  pixs: number[]
  pixx: number
  pixy: number
}
interface BarCode {
  /** Widths of bars and spaces in turns, in modules. */
  sbs: number[]
}

/** Modules of quiet around a square code (ISO/IEC 18004). */
const quietSquare = 4
/** Modules of quiet beside a bar code (ISO/IEC 15417). */
const quietBars = 10
/** Distance from the edge of a label, in millimetres. */
const inset = 2

/**
 * Sheets of labels, exact to the millimetre: a square code with the address of the thing (QR, ISO/IEC 18004), its tag as Code 128 (ISO/IEC 15417)
 * and in letters. Codes are drawn as areas, not as pictures.
 */
export async function drawLabels(
  labels: readonly Label[],
  { sheet: name, skip, title }: { sheet: SheetName; skip: number; title: string },
): Promise<Buffer> {
  const { default: bwip } = await import('bwip-js/node')
  const raw = bwip.raw as unknown as (options: object) => unknown[]
  const sheet = labelSheets[name]
  return drawPdf({ title, size: sheet.page.name, margin: 0 }, (pdf) => {
    let page = 0
    labels.forEach((label, n) => {
      const place = placeOf(name, n, skip)
      for (; page < place.page; page++) pdf.addPage()
      const { width, height } = sheet.label
      const side = height - 2 * inset
      const [square] = raw({ bcid: 'qrcode', text: label.address, eclevel: 'M' }) as SquareCode[]
      drawSquare(pdf, square!, place.x + inset, place.y + inset, side)
      const left = place.x + inset + side + 1
      const room = width - 2 * inset - side - 1
      const [bars] = raw({ bcid: 'code128', text: label.tag }) as BarCode[]
      const barsHigh = Math.min(9, height * 0.3)
      drawBars(pdf, bars!, left, place.y + height - inset - barsHigh, room, barsHigh)
      drawWords(pdf, label, left, place.y + inset, room, height - 2 * inset - barsHigh - 0.5)
    })
  })
}

function drawSquare(pdf: PDFKit.PDFDocument, code: SquareCode, x: number, y: number, side: number): void {
  const module = side / (code.pixx + 2 * quietSquare)
  code.pixs.forEach((dark, i) => {
    if (dark === 0) return
    const column = i % code.pixx
    const row = Math.floor(i / code.pixx)
    // a little wider than it is, so that no printer leaves a line between two
    pdf.rect(
      mm(x + (quietSquare + column) * module),
      mm(y + (quietSquare + row) * module),
      mm(module * 1.01),
      mm(module * 1.01),
    )
  })
  pdf.fill('#000')
}

function drawBars(pdf: PDFKit.PDFDocument, code: BarCode, x: number, y: number, room: number, height: number): void {
  const modules = code.sbs.reduce((sum, width) => sum + width, 0) + 2 * quietBars
  const module = Math.min(0.5, room / modules)
  let at = x + quietBars * module
  code.sbs.forEach((width, i) => {
    if (i % 2 === 0) pdf.rect(mm(at), mm(y), mm(width * module), mm(height))
    at += width * module
  })
  pdf.fill('#000')
}

function drawWords(pdf: PDFKit.PDFDocument, label: Label, x: number, y: number, room: number, high: number): void {
  const words = { width: mm(room), lineBreak: false, ellipsis: true, height: mm(high) }
  pdf
    .fillColor('#000')
    .font('bold')
    .fontSize(Math.min(12, high * 1.1))
    .text(label.tag, mm(x), mm(y), words)
  pdf.font('plain').fontSize(6.5)
  label.lines.forEach((line, i) => {
    const top = y + Math.min(5, high * 0.42) + i * 2.8
    if (top + 2.8 <= y + high) pdf.text(line, mm(x), mm(top), words)
  })
}
