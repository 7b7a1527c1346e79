/** What is being worked on: drawn over on a terminal, elsewhere left out. */
export function steps(out: NodeJS.WriteStream) {
  let shown = false
  return {
    show(what: string): void {
      if (!out.isTTY) return
      shown = true
      out.write(`\r${what.slice(0, 76).padEnd(76)}`)
    },
    end(): void {
      if (shown) out.write(`\r${' '.repeat(76)}\r`)
      shown = false
    },
  }
}
