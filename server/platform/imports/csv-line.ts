/** A cell that a spreadsheet would take for a formula (OWASP, CSV injection) is shown as text. */
const tamed = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)

/** One line of CSV (RFC 4180), formulas escaped. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells
    .map((cell) => tamed(cell))
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',')}\r\n`
