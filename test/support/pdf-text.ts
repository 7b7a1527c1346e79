import { execFileSync } from 'node:child_process'

/** The words of a PDF as poppler reads them; null, saying so, where poppler-utils is not installed. */
export function textOf(pdf: Buffer): string | null {
  try {
    return execFileSync('pdftotext', ['-', '-'], { input: pdf, encoding: 'utf8' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    process.stderr.write('the words of a PDF are not read back: poppler-utils is not installed\n')
    return null
  }
}
