import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'

const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')

/** Points of a millimetre (PDF 32000-1: 72 to the inch). */
export const mm = (length: number): number => (length * 72) / 25.4

/**
 * A document with fonts for names in any script of Europe, as a buffer. `size` in points; margins are none: whoever draws says where. The library is
 * fetched by whoever asks for a document.
 */
export async function drawPdf(
  options: { title: string; size: 'A4' | 'LETTER'; margin: number },
  draw: (pdf: PDFKit.PDFDocument) => void | Promise<void>,
): Promise<Buffer> {
  const { default: Document } = await import('pdfkit')
  const pdf = new Document({
    size: options.size,
    margin: options.margin,
    info: { Title: options.title, Creator: 'Linchpin' },
  })
  pdf.registerFont('plain', join(fonts, 'DejaVuSans.ttf'))
  pdf.registerFont('bold', join(fonts, 'DejaVuSans-Bold.ttf'))
  pdf.font('plain')
  const parts: Buffer[] = []
  pdf.on('data', (part: Buffer) => parts.push(part))
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on('end', resolve)
    pdf.on('error', reject)
  })
  await draw(pdf)
  pdf.end()
  await ended
  return Buffer.concat(parts)
}
