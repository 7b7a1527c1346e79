/** The last act that can be taken back, for `z` and for the link in its message. */
let last: { sentence: string; run: () => void } | null = null

export const canUndo = (sentence: string, run: () => void): void => {
  last = { sentence, run }
}
export const undoLast = (): string | null => {
  const act = last
  last = null
  act?.run()
  return act?.sentence ?? null
}
