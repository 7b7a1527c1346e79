import { storable } from '../rules/storable-text.ts'

/** A tag of an XML text, without the prefix of its name, and the text before it. */
export interface XmlTag {
  name: string
  attributes: string
  isEnd: boolean
  isEmpty: boolean
  before: string
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text of XML as it reads: entities, and what spreadsheets write for control characters (`_x000D_`). */
export const xmlText = (text: string): string =>
  storable(
    text
      .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, name) => {
        if (name !== undefined) return named[String(name).toLowerCase()] ?? whole
        const code = decimal === undefined ? parseInt(String(hex), 16) : Number(decimal)
        return code <= 0x10ffff ? String.fromCodePoint(code) : ''
      })
      .replace(/_x([0-9A-F]{4})_/g, (_whole, hex) => String.fromCharCode(parseInt(String(hex), 16))),
  )

export function attributeOf(attributes: string, name: string): string | null {
  const found = new RegExp(String.raw`(?:^|\s)(?:\w+:)?${name}\s*=\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes)
  return found === null ? null : xmlText(found[1] ?? found[2] ?? '')
}

/** The tags of an XML text one after the other. What is no XML gives none. */
export function* xmlTags(text: string): Generator<XmlTag> {
  const tags = /<(\/?)(?:[\w.-]+:)?([\w.-]+)((?:\s[^<>]*?)?)(\/?)>/g
  let last = 0
  for (let found = tags.exec(text); found !== null; found = tags.exec(text)) {
    yield {
      name: found[2]!,
      attributes: found[3]!,
      isEnd: found[1] === '/',
      isEmpty: found[4] === '/',
      before: text.slice(last, found.index),
    }
    last = tags.lastIndex
  }
}
