/** An attachment as a file gives it. */
export interface GivenFile {
  name: string
  type: string
  content: Buffer
}

const largest = 64 * 1024 ** 2

/** Attachments of a JSON cell, `[{"name": …, "type": …, "base64": …}]`. What is no attachment, not readable or above 64 MB is named. */
export function readFiles(cell: string): { files: GivenFile[]; problems: { kind: string; name: string }[] } {
  let list: unknown
  try {
    list = JSON.parse(cell)
  } catch {
    return { files: [], problems: [{ kind: 'attachments-by-name', name: cell.slice(0, 100).toWellFormed() }] }
  }
  const files: GivenFile[] = []
  const problems: { kind: string; name: string }[] = []
  for (const one of Array.isArray(list) ? (list as unknown[]) : [list]) {
    const given = (one !== null && typeof one === 'object' ? one : {}) as Record<string, unknown>
    const text = (key: string) => (typeof given[key] === 'string' ? given[key] : '')
    const name = (text('name') || text('filename') || 'attachment').slice(0, 200).toWellFormed()
    const base64 = text('base64') || text('content')
    if (base64 === '' || !/^[A-Za-z0-9+/=_\-\s]*$/.test(base64)) problems.push({ kind: 'attachment-missing', name })
    else if (base64.length > largest * 1.4) problems.push({ kind: 'attachment-large', name })
    else files.push({ name, type: text('type') || text('content_type'), content: Buffer.from(base64, 'base64') })
  }
  return { files, problems }
}
