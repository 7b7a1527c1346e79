/** Most characters of one word of an alert; what is longer is cut. */
const longest = 4000

/** The value at a path such as `labels.instance` or `alerts.0.host`; undefined where there is none. Only what is the object's own. */
export function valueAt(body: unknown, path: string): unknown {
  let value = body
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string, unknown>)[part]
  }
  return value
}

/** A value as words: texts, numbers and truth values as they are, other things as JSON; null where there is nothing to say. */
export function asWords(value: unknown): string | null {
  if (value === null || value === undefined) return null
  const words = typeof value === 'object' ? JSON.stringify(value) : String(value)
  // control characters would break lines and columns; the break of a line is kept
  const plain = words
    .replaceAll('\r\n', '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim()
  return plain === '' ? null : plain.slice(0, longest)
}

/** The first of some paths that says something, in the alert or else in the whole message. */
export function firstAt(alert: unknown, whole: unknown, paths: readonly string[]): unknown {
  for (const path of paths)
    for (const body of [alert, whole]) {
      const value = valueAt(body, path)
      if (asWords(value) !== null) return value
    }
  return undefined
}

/**
 * Fills `{labels.alertname} on {host|labels.instance}`. A field that is not there leaves nothing, and at either end takes with it what stood between it and
 * the next. Null where no field of several was there.
 */
export function fill(template: string, alert: unknown, whole: unknown): string | null {
  const parts = template.split(/(\{[^{}]*\})/).flatMap((part) => {
    if (!part.startsWith('{')) return part === '' ? [] : [{ words: part, kind: 'literal' }]
    const names = part.slice(1, -1).split('|')
    const words = asWords(
      firstAt(
        alert,
        whole,
        names.map((name) => name.trim()),
      ),
    )
    return [{ words: words ?? '', kind: words === null ? 'missing' : 'field' }]
  })
  const hasFields = parts.some((part) => part.kind !== 'literal')
  if (hasFields && !parts.some((part) => part.kind === 'field')) return null
  while (parts[0]?.kind === 'missing') parts.splice(0, parts[1]?.kind === 'literal' ? 2 : 1)
  while (parts.at(-1)?.kind === 'missing') parts.splice(parts.at(-2)?.kind === 'literal' ? -2 : -1)
  const filled = parts
    .map((part) => part.words)
    .join('')
    .trim()
  return filled === '' ? null : filled
}
