/** Letters and digits alone, lower case: what two forms of one text have in common. */
const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

const entities: Record<string, string> = {
  '&amp;': '',
  '&lt;': '',
  '&gt;': '',
  '&quot;': '',
  '&nbsp;': '',
  '&#39;': '',
}

/**
 * Where in sanitised HTML the quoted part begins, found by the words with which it begins in the text; both halves, or null where it is not found, or
 * where answers stand between what is quoted. `reply` is the beginning of `text` that its writer wrote now.
 */
export function cutHtml(html: string, text: string, reply: string): { head: string; tail: string } | null {
  const whole = lettersOf(text)
  const own = lettersOf(reply)
  if (!whole.startsWith(own) || whole.length === own.length) return null
  const quoted = whole.slice(own.length, own.length + 24)
  if (quoted.length < 6) return null
  let letters = ''
  const positions: number[] = []
  for (const piece of html.matchAll(/<[^<>]*>|&[#\w]{1,10};|[^<&]+|[<&]/g)) {
    const [part] = piece
    if (part.startsWith('<') || part in entities || part.startsWith('&')) continue
    let at = piece.index
    for (const char of part) {
      const letter = lettersOf(char)
      for (const one of letter) {
        letters += one
        positions.push(at)
      }
      at += char.length
    }
  }
  // from where it must stand at the earliest; a few letters less, because links are written differently
  const found = letters.indexOf(quoted, Math.max(0, own.length - Math.ceil(own.length / 5)))
  if (found < 0) return null
  const begin = beginOfElements(html, positions[found]!)
  return { head: html.slice(0, begin), tail: html.slice(begin) }
}

/** More opening tags than any client puts before what it quotes. */
const mostTags = 100

/** Back over tags that open right before the words: they belong to what is cut. */
function beginOfElements(html: string, words: number): number {
  let begin = words
  for (let tags = 0; tags < mostTags; tags += 1) {
    let end = begin
    while (end > 0 && /\s/.test(html[end - 1]!)) end -= 1
    if (html[end - 1] !== '>') return begin
    const open = html.lastIndexOf('<', end - 1)
    if (open < 0 || html[open + 1] === '/' || html.slice(open, end - 1).includes('>')) return begin
    begin = open
  }
  return begin
}
