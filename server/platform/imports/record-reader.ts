export type LineEnds = 'LF' | 'CRLF' | 'CR'

/** A record of a table as text; `cells` is null where it could not be read, and reading went on with the next line. */
export interface RawRecord {
  cells: string[] | null
}

/** A record longer than this is not believed: its quotation mark was never closed. */
const longestRecord = 1024 * 1024

/**
 * Cuts text into records and cells (RFC 4180), in whatever pieces the text comes. Quotation marks inside an unquoted cell
 * stand for themselves. A quotation mark that is never closed costs its own line only: that is why this is not a library's
 * reader, which gives up the rest of the file.
 */
export class RecordReader {
  readonly #delimiter: string
  readonly #newline: string
  #rest = ''

  constructor(delimiter: string, lineEnds: LineEnds) {
    this.#delimiter = delimiter
    this.#newline = lineEnds === 'CR' ? '\r' : '\n'
  }

  /** The records that are complete with this text. */
  push(text: string): RawRecord[] {
    return this.#read(this.#rest + text, false)
  }

  /** The last record, where the text did not end with a line end. */
  end(): RawRecord[] {
    const text = this.#rest
    return text === '' ? [] : this.#read(text.endsWith(this.#newline) ? text : text + this.#newline, true)
  }

  #read(text: string, atEnd: boolean): RawRecord[] {
    const records: RawRecord[] = []
    let at = 0
    while (at < text.length) {
      const lineEnd = text.indexOf(this.#newline, at)
      if (lineEnd < 0) break
      const quote = text.indexOf('"', at)
      if (quote < 0 || quote > lineEnd) {
        records.push({ cells: withoutCr(text.slice(at, lineEnd)).split(this.#delimiter) })
        at = lineEnd + 1
        continue
      }
      const found = this.#quoted(text, at)
      if (found === 'open' && !atEnd && text.length - at < longestRecord) break
      if (typeof found === 'string') {
        records.push({ cells: null })
        at = lineEnd + 1
      } else {
        records.push({ cells: found.cells })
        at = found.next
      }
    }
    this.#rest = text.slice(at)
    return records
  }

  /** A record with quotation marks: `open` if one is not closed in this text, `torn` if text follows a closing one. */
  #quoted(text: string, from: number): { cells: string[]; next: number } | 'open' | 'torn' {
    const cells: string[] = []
    let at = from
    for (;;) {
      let cell: string
      if (text[at] === '"') {
        const closing = closingQuote(text, at + 1)
        if (closing < 0) return 'open'
        cell = text.slice(at + 1, closing).replaceAll('""', '"')
        at = closing + 1
        if (text[at] === '\r' && this.#newline === '\n' && text[at + 1] === '\n') at += 1
        if (at >= text.length) return 'open'
        if (text[at] !== this.#delimiter && text[at] !== this.#newline) return 'torn'
      } else {
        const lineEnd = text.indexOf(this.#newline, at)
        if (lineEnd < 0) return 'open'
        const delimiter = text.indexOf(this.#delimiter, at)
        const end = delimiter >= 0 && delimiter < lineEnd ? delimiter : lineEnd
        cell = end === lineEnd ? withoutCr(text.slice(at, end)) : text.slice(at, end)
        at = end
      }
      cells.push(cell)
      if (text[at] === this.#newline) return { cells, next: at + 1 }
      at += 1
    }
  }
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at
  return -1
}

const withoutCr = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)
