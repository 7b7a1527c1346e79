const most = 200
const longest = 2000

/** The fields of the head of a message as they stand there, unfolded, for people who look into it. */
export function headersOf(raw: Buffer): { name: string; value: string }[] {
  const head = raw
    .subarray(0, 256 * 1024)
    .toString('utf8')
    .split(/\r?\n\r?\n/)[0]!
    .replace(/\r?\n[ \t]+/g, ' ')
  return head
    .split(/\r?\n/)
    .flatMap((line) => {
      const at = line.indexOf(':')
      const tame = (text: string) =>
        text
          .replace(/\p{Cc}/gu, '')
          .trim()
          .slice(0, longest)
      return at <= 0 ? [] : [{ name: tame(line.slice(0, at)), value: tame(line.slice(at + 1)) }]
    })
    .slice(0, most)
}
