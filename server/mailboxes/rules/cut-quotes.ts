import { attributionLines, isHeadOfQuote, isRule, isSeparator } from './quote-headers.ts'
import { signatureBegins } from './signatures.ts'

/** What its writer wrote now, and how it is signed: what is left out is quoted. Nothing is lost, the whole text is kept beside it. */
export interface CutText {
  reply: string
  signature: string | null
}

/**
 * Parts a reply from what it quotes and from its signature; `sender` is the name of who wrote it, if known. Answers between quoted lines stay.
 * Where nothing but quoted text would be left out, the text stays whole.
 */
export function cutQuotes(text: string, sender: string | null = null): CutText {
  const lines = text.replace(/\r\n?/g, '\n').split('\n').slice(0, mostLines)
  const { kept, cut } = withoutQuotes(lines)
  const at = signatureBegins(kept, sender)
  const reply = joined(at === -1 ? kept : kept.slice(0, at))
  if (reply === '' && cut) return { reply: text.trim(), signature: null }
  const signature = at === -1 ? null : joined(kept.slice(/^\s*(?:--|_{2,}|-{10,})\s*$/.test(kept[at]!) ? at + 1 : at))
  return { reply: reply === '' ? text.trim() : reply, signature: reply === '' ? null : signature }
}

/** What stands below is not looked at: nobody types that much. */
const mostLines = 20_000

const joined = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

const isQuoted = (line: string): boolean => /^\s{0,3}(?:>|&gt;)/.test(line)

function withoutQuotes(lines: readonly string[]): { kept: string[]; cut: boolean } {
  const kept: string[] = []
  let cut = false
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!
    if (isQuoted(line) || isWrappedQuote(lines, at)) {
      cut = true
      continue
    }
    const count = attributionLines(lines, at)
    const next = lines.slice(at + count, at + count + 4).find((one) => one.trim() !== '')
    if (count > 0 && next !== undefined && isQuoted(next)) {
      // answers may stand between what is quoted
      at += count - 1
      cut = true
    } else if (count > 0 || isSeparator(line) || isHeadOfQuote(lines, at)) {
      while (kept.length > 0 && (kept.at(-1)!.trim() === '' || isRule(kept.at(-1)!))) kept.pop()
      return { kept, cut: true }
    } else kept.push(line)
  }
  return { kept, cut }
}

/** The rest of a quoted line that a client wrapped without its mark. */
function isWrappedQuote(lines: readonly string[], at: number): boolean {
  const before = lines[at - 1] ?? ''
  return (
    isQuoted(before) &&
    before.length >= 60 &&
    !/[.?!:]\s*$/.test(before) &&
    /^\s?\p{Ll}/u.test(lines[at]!) &&
    isQuoted(lines[at + 1] ?? '')
  )
}
