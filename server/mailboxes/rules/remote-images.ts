import { unescapedText } from '../../platform/rules/escaped-text.ts'

/** The addresses of the images elsewhere that stored text of a mail names; nothing else of it may be fetched. */
export const remoteImages = (html: string): Set<string> =>
  new Set(
    [...html.matchAll(/<a\b[^>]*>/g)].flatMap(([tag]) => {
      const href = / href="([^"]*)"/.exec(tag)?.[1]
      return href === undefined || !/ data-remote-image(=|[\s>])/.test(tag) ? [] : [unescapedText(href)]
    }),
  )

const kinds: [string, readonly number[], number][] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47], 0],
  ['image/jpeg', [0xff, 0xd8, 0xff], 0],
  ['image/gif', [0x47, 0x49, 0x46, 0x38], 0],
  ['image/webp', [0x57, 0x45, 0x42, 0x50], 8],
]

/** What kind of image the bytes are by their first ones, whatever is said of them; null for anything that is not shown, SVG among it. */
export const imageKind = (content: Uint8Array): string | null =>
  kinds.find(([, bytes, at]) => bytes.every((byte, n) => content[at + n] === byte))?.[0] ?? null
