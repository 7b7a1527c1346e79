/** Names by which firmware and people call the same maker. */
const others = new Map(
  Object.entries({
    'hewlett packard': 'hp',
    'hewlett packard enterprise': 'hpe',
    'international business machines': 'ibm',
    'asustek computer': 'asus',
    asustek: 'asus',
    'micro star international': 'msi',
    innotek: 'oracle',
    vmware: 'vmware',
    'cisco systems': 'cisco',
    'apple computer': 'apple',
    'samsung electronics': 'samsung',
    'lg electronics': 'lg',
    'xiaomi communications': 'xiaomi',
    'dell computer': 'dell',
  }),
)
const forms = /\b(?:inc|incorporated|corp|corporation|co|company|ltd|limited|llc|gmbh|ag|kg|sa|bv|oy|ab|plc|pty|kk)\b/g

/** A maker's name as it is compared: without its legal form, in one of its spellings. */
export function makerKey(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(forms, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return others.get(plain) ?? plain
}

const fillers =
  /^(?:to be filled by o\.?e\.?m\.?|system (?:manufacturer|product name|name)|default string|not (?:specified|applicable|available)|o\.?e\.?m\.?|unknown|none|product name|all series|invalid|n\/a|x\.x|0+|-+)$/i

/** What firmware leaves in place of a maker or a model. */
export const isFiller = (text: string): boolean => text.trim() === '' || fillers.test(text.trim())
