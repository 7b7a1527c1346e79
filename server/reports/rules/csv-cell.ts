/**
 * A cell of comma-separated values (RFC 4180). Text that a spreadsheet would take for a formula begins with an apostrophe instead (OWASP, CSV
 * injection); numbers are no text.
 */
export function inCsv(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
